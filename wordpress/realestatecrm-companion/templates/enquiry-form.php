<?php
/** The enquiry form. In: $post_id, $mark (this form's name on the page), $typed, $wrong (sentences by field), $sent. */

namespace RealEstateCRM\Companion;

defined('ABSPATH') || exit;

$hint = function (string $name) use ($wrong, $mark): void {
    if (isset($wrong[$name])) : ?><span class="crm-hint" id="<?php echo esc_attr("$mark-$name-hint"); ?>" role="alert"><?php echo esc_html($wrong[$name]); ?></span><?php endif;
};
$known = function (string $name, array $more = []) use ($wrong, $mark): void {
    $attributes = ['id' => "$mark-$name", 'name' => "crm_enquiry[$name]"] + $more;
    if (isset($wrong[$name])) {
        $attributes += ['aria-invalid' => 'true', 'aria-describedby' => "$mark-$name-hint"];
    }
    foreach ($attributes as $key => $text) {
        printf(' %s="%s"', esc_attr($key), esc_attr($text));
    }
};
$field = function (string $name, string $label, array $attributes) use ($typed, $wrong, $mark, $known, $hint): void { ?>
    <p class="crm-field<?php echo isset($wrong[$name]) ? ' crm-wrong' : ''; ?>">
        <label for="<?php echo esc_attr("$mark-$name"); ?>"><?php echo esc_html($label); ?></label>
        <?php if (isset($attributes['rows'])) : ?>
            <textarea<?php $known($name, $attributes); ?>><?php echo esc_textarea($typed[$name] ?? ''); ?></textarea>
        <?php else : ?>
            <input<?php $known($name, $attributes + ['value' => $typed[$name] ?? '', 'maxlength' => '254']); ?>>
        <?php endif; ?>
        <?php $hint($name); ?>
    </p>
<?php };
$hidden = [
    'post' => (string) $post_id,
    'stamp' => stamp(),
    'utm_source' => ($typed['utm_source'] ?? '') ?: asked('utm_source'),
    'utm_campaign' => ($typed['utm_campaign'] ?? '') ?: asked('utm_campaign'),
];
?>
<section class="crm-enquiry" id="<?php echo esc_attr($mark); ?>" aria-labelledby="<?php echo esc_attr("$mark-title"); ?>">
    <h2 id="<?php echo esc_attr("$mark-title"); ?>"><?php esc_html_e('Ask about this property', 'realestatecrm-companion'); ?></h2>
    <?php if ($sent) : ?>
        <p class="crm-thanks" role="status"><?php esc_html_e('Thank you. We have your enquiry and will answer soon.', 'realestatecrm-companion'); ?></p>
    <?php else : ?>
        <form method="post" action="<?php echo esc_attr("#$mark"); ?>">
            <?php if (isset($wrong['form'])) : ?><p class="crm-hint" role="alert"><?php echo esc_html($wrong['form']); ?></p><?php endif; ?>
            <?php
            $field('name', __('Name', 'realestatecrm-companion'), ['type' => 'text', 'autocomplete' => 'name', 'required' => 'required']);
            $field('phone', __('Telephone', 'realestatecrm-companion'), ['type' => 'tel', 'autocomplete' => 'tel']);
            $field('email', __('E-mail', 'realestatecrm-companion'), ['type' => 'email', 'autocomplete' => 'email']);
            $field('text', __('Your question', 'realestatecrm-companion'), ['rows' => '4', 'maxlength' => '8000']);
            ?>
            <p class="crm-trap" aria-hidden="true"><label>Website <input name="crm_enquiry[website]" tabindex="-1" autocomplete="off" value=""></label></p>
            <p class="crm-field<?php echo isset($wrong['consent']) ? ' crm-wrong' : ''; ?>">
                <label class="crm-consent"><input type="checkbox" value="1"<?php $known('consent', ['required' => 'required']); checked(!empty($typed['consent'])); ?>> <span><?php echo esc_html(consent_text()); ?></span></label>
                <?php $hint('consent'); ?>
            </p>
            <?php foreach ($hidden as $name => $text) : ?>
                <input type="hidden" name="<?php echo esc_attr("crm_enquiry[$name]"); ?>" value="<?php echo esc_attr($text); ?>">
            <?php endforeach; ?>
            <button type="submit" class="wp-element-button"><?php esc_html_e('Send enquiry', 'realestatecrm-companion'); ?></button>
        </form>
    <?php endif; ?>
</section>
