<?php
/** Settings → RealEstateCRM: where enquiries go, and what waits there. */

namespace RealEstateCRM\Companion;

defined('ABSPATH') || exit;

const PAGE = 'realestatecrm-companion';

add_action('admin_menu', fn() => add_options_page('RealEstateCRM', 'RealEstateCRM', 'manage_options', PAGE, __NAMESPACE__ . '\\show_settings'));
add_action('admin_post_' . PAGE, __NAMESPACE__ . '\\handle_settings');
add_filter('plugin_action_links_' . plugin_basename(MAIN), function (array $links): array {
    array_unshift($links, '<a href="' . esc_url(admin_url('options-general.php?page=' . PAGE)) . '">' . esc_html__('Settings', 'realestatecrm-companion') . '</a>');
    return $links;
});

function handle_settings(): void {
    if (!current_user_can('manage_options')) {
        wp_die(esc_html__('You may not change these settings.', 'realestatecrm-companion'), 403);
    }
    check_admin_referer(PAGE);
    $posted = wp_unslash($_POST);
    $text = fn(string $name) => sanitize_text_field(is_string($posted[$name] ?? null) ? $posted[$name] : '');
    $changes = [
        'crm_url' => esc_url_raw($text('crm_url'), ['http', 'https']),
        'site' => $text('site'),
        'consent' => $text('consent'),
        'keep_days' => max(1, min(3650, (int) $text('keep_days'))),
        'form' => isset($posted['form']),
        'forms' => isset($posted['forms']),
        'erase' => isset($posted['erase']),
    ];
    if ($text('key') !== '') {  // never shown; left empty, it stays as it is
        $changes['key'] = $text('key');
    }
    save_settings($changes);
    $notice = match ($text('do')) {
        'test' => test_connection(),
        'send' => [true, sprintf(__('%d sent.', 'realestatecrm-companion'), deliver(true)['sent'])],
        default => [true, __('Saved.', 'realestatecrm-companion')],
    };
    set_transient('crm_notice_' . get_current_user_id(), $notice, 60);
    wp_safe_redirect(admin_url('options-general.php?page=' . PAGE));
    exit;
}

function show_settings(): void {
    $notice = get_transient('crm_notice_' . get_current_user_id());
    delete_transient('crm_notice_' . get_current_user_id());
    $queue = queue_state();
    include __DIR__ . '/../templates/settings.php';
}
