<?php
/** The settings page. In: $notice ([good, sentence] or false), $queue. */

namespace RealEstateCRM\Companion;

defined('ABSPATH') || exit;

$row = function (string $name, string $label, string $hint, array $attributes): void {
    $attributes += ['type' => 'text', 'id' => $name, 'name' => $name, 'class' => 'regular-text'];
    $attributes += ['value' => (string) setting($name)]; ?>
    <tr><th scope="row"><label for="<?php echo esc_attr($name); ?>"><?php echo esc_html($label); ?></label></th><td>
        <input<?php foreach ($attributes as $key => $text) { printf(' %s="%s"', esc_attr($key), esc_attr((string) $text)); } ?>>
        <p class="description"><?php echo esc_html($hint); ?></p></td></tr>
<?php };
$box = function (string $name, string $label): void { ?>
    <tr><td colspan="2"><label><input type="checkbox" name="<?php echo esc_attr($name); ?>"<?php checked((bool) setting($name)); ?>> <?php echo esc_html($label); ?></label></td></tr>
<?php }; ?>
<div class="wrap">
    <h1>RealEstateCRM</h1>
    <?php if (is_array($notice)) : ?>
        <div class="notice notice-<?php echo $notice[0] ? 'success' : 'error'; ?>"><p><?php echo esc_html($notice[1]); ?></p></div>
    <?php endif; ?>
    <form method="post" action="<?php echo esc_url(admin_url('admin-post.php')); ?>">
        <input type="hidden" name="action" value="<?php echo esc_attr(PAGE); ?>">
        <?php wp_nonce_field(PAGE); ?>
        <table class="form-table" role="presentation">
            <?php
            $row('crm_url', __('Address of the CRM', 'realestatecrm-companion'), __('Enquiries are sent there, signed.', 'realestatecrm-companion'), ['type' => 'url', 'placeholder' => 'https://crm.example.com']);
            $row('site', __('Number of this site', 'realestatecrm-companion'), __('As its page in the CRM shows it.', 'realestatecrm-companion'), []);
            $row('key', __('Key', 'realestatecrm-companion'), setting('key') !== '' ? __('There is one. Fill in another to replace it.', 'realestatecrm-companion') : __('The CRM shows it once, when it is made.', 'realestatecrm-companion'), ['type' => 'password', 'value' => '', 'autocomplete' => 'new-password']);
            $row('consent', __('Sentence beside the box to tick', 'realestatecrm-companion'), __('Empty: the sentence that comes with the plugin.', 'realestatecrm-companion'), ['placeholder' => consent_text()]);
            $row('keep_days', __('Days to keep enquiries here', 'realestatecrm-companion'), __('Then they are only in the CRM.', 'realestatecrm-companion'), ['type' => 'number', 'min' => 1, 'max' => 3650, 'class' => 'small-text']);
            $box('form', __('An enquiry form on the page of each property', 'realestatecrm-companion'));
            $box('forms', __('Send enquiries from Contact Form 7, WPForms, Gravity Forms and Ninja Forms too', 'realestatecrm-companion'));
            $box('erase', __('When the plugin is deleted, delete these settings and its counts (properties always stay)', 'realestatecrm-companion'));
            ?>
        </table>
        <p>
            <button class="button button-primary" name="do" value="save"><?php esc_html_e('Save', 'realestatecrm-companion'); ?></button>
            <button class="button" name="do" value="test"><?php esc_html_e('Save and test', 'realestatecrm-companion'); ?></button>
            <button class="button" name="do" value="send"><?php esc_html_e('Send now what waits', 'realestatecrm-companion'); ?></button>
        </p>
    </form>
    <h2><?php esc_html_e('Enquiries', 'realestatecrm-companion'); ?></h2>
    <p><?php printf(esc_html__('%1$d waiting, %2$d refused by the CRM.', 'realestatecrm-companion'), (int) $queue['waiting'], (int) $queue['refused']); ?>
        <?php echo esc_html($queue['trouble']); ?></p>
</div>
