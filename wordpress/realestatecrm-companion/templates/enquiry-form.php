<?php
/** The enquiry form. In: $post_id, $typed, $wrong (sentences by field), $sent. */

namespace RealEstateCRM\Companion;

defined('ABSPATH') || exit;

$field = function (string $name, string $label, string $type, string $autocomplete) use ($typed, $wrong): void { ?>
    <p class="crm-field<?php echo isset($wrong[$name]) ? ' crm-wrong' : ''; ?>">
        <label for="crm-<?php echo esc_attr($name); ?>"><?php echo esc_html($label); ?></label>
        <?php if ($type === 'textarea') : ?>
            <textarea id="crm-<?php echo esc_attr($name); ?>" name="crm_enquiry[<?php echo esc_attr($name); ?>]" rows="4" maxlength="8000"><?php echo esc_textarea($typed[$name] ?? ''); ?></textarea>
        <?php else : ?>
            <input id="crm-<?php echo esc_attr($name); ?>" name="crm_enquiry[<?php echo esc_attr($name); ?>]" type="<?php echo esc_attr($type); ?>" autocomplete="<?php echo esc_attr($autocomplete); ?>" value="<?php echo esc_attr($typed[$name] ?? ''); ?>" maxlength="254">
        <?php endif; ?>
        <?php if (isset($wrong[$name])) : ?><span class="crm-hint" role="alert"><?php echo esc_html($wrong[$name]); ?></span><?php endif; ?>
    </p>
<?php }; ?>
<section class="crm-enquiry" id="crm-enquiry" aria-label="<?php esc_attr_e('Enquiry', 'realestatecrm-companion'); ?>">
    <h2><?php esc_html_e('Ask about this property', 'realestatecrm-companion'); ?></h2>
    <?php if ($sent) : ?>
        <p class="crm-thanks" role="status"><?php esc_html_e('Thank you. We have your enquiry and will answer soon.', 'realestatecrm-companion'); ?></p>
    <?php else : ?>
        <form method="post" action="#crm-enquiry">
            <?php if (isset($wrong['form'])) : ?><p class="crm-hint" role="alert"><?php echo esc_html($wrong['form']); ?></p><?php endif; ?>
            <?php
            $field('name', __('Name', 'realestatecrm-companion'), 'text', 'name');
            $field('phone', __('Telephone', 'realestatecrm-companion'), 'tel', 'tel');
            $field('email', __('E-mail', 'realestatecrm-companion'), 'email', 'email');
            $field('text', __('Your question', 'realestatecrm-companion'), 'textarea', '');
            ?>
            <p class="crm-trap" aria-hidden="true"><label>Website <input name="crm_enquiry[website]" tabindex="-1" autocomplete="off" value=""></label></p>
            <p class="crm-field<?php echo isset($wrong['consent']) ? ' crm-wrong' : ''; ?>">
                <label><input type="checkbox" name="crm_enquiry[consent]" value="1"<?php checked(!empty($typed['consent'])); ?>> <?php echo esc_html(consent_text()); ?></label>
                <?php if (isset($wrong['consent'])) : ?><span class="crm-hint" role="alert"><?php echo esc_html($wrong['consent']); ?></span><?php endif; ?>
            </p>
            <input type="hidden" name="crm_enquiry[post]" value="<?php echo esc_attr((string) $post_id); ?>">
            <input type="hidden" name="crm_enquiry[nonce]" value="<?php echo esc_attr(wp_create_nonce('crm-enquiry')); ?>">
            <input type="hidden" name="crm_enquiry[utm_source]" value="<?php echo esc_attr(($typed['utm_source'] ?? '') ?: asked('utm_source')); ?>">
            <input type="hidden" name="crm_enquiry[utm_campaign]" value="<?php echo esc_attr(($typed['utm_campaign'] ?? '') ?: asked('utm_campaign')); ?>">
            <button type="submit"><?php esc_html_e('Send enquiry', 'realestatecrm-companion'); ?></button>
        </form>
    <?php endif; ?>
</section>
