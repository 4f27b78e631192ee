<?php
/** Tools → Export and Erase Personal Data: the enquiries that still lie here. */

namespace RealEstateCRM\Companion;

defined('ABSPATH') || exit;

add_filter('wp_privacy_personal_data_exporters', fn(array $all): array => $all + [
    'realestatecrm-companion' => ['exporter_friendly_name' => __('Enquiries', 'realestatecrm-companion'), 'callback' => __NAMESPACE__ . '\\export_enquiries'],
]);
add_filter('wp_privacy_personal_data_erasers', fn(array $all): array => $all + [
    'realestatecrm-companion' => ['eraser_friendly_name' => __('Enquiries', 'realestatecrm-companion'), 'callback' => __NAMESPACE__ . '\\erase_enquiries'],
]);
add_action('admin_init', fn() => wp_add_privacy_policy_content('RealEstateCRM Companion', wp_kses_post(wpautop(sprintf(
    /* translators: %d: days */
    __('What you write in an enquiry is kept here for %d days and handed to the agency. How often a property was looked at is counted by day, without cookies; no address is kept.', 'realestatecrm-companion'),
    (int) setting('keep_days')
)))));

/** [row number => what was said] of the enquiries with this e-mail address. */
function enquiries_of(string $email): array {
    global $wpdb;
    $table = table('enquiries');
    $rows = $wpdb->get_results($wpdb->prepare("SELECT n, body FROM $table WHERE body LIKE %s", '%' . $wpdb->esc_like($email) . '%'));
    $said = array_map(fn($row) => (array) json_decode($row->body, true), array_column($rows, null, 'n'));
    return array_filter($said, fn(array $one) => strcasecmp((string) ($one['email'] ?? ''), $email) === 0);
}

function export_enquiries(string $email): array {
    $found = [];
    foreach (enquiries_of($email) as $n => $said) {
        $texts = array_filter($said, fn($value, $name) => is_string($value) && $name !== 'id', ARRAY_FILTER_USE_BOTH);
        $found[] = [
            'group_id' => 'realestatecrm-enquiries', 'group_label' => __('Enquiries', 'realestatecrm-companion'), 'item_id' => "enquiry-$n",
            'data' => array_map(fn($name) => ['name' => $name, 'value' => $texts[$name]], array_keys($texts)),
        ];
    }
    return ['data' => $found, 'done' => true];
}

/** What the CRM has not got yet stays: the agency could never answer it. The CRM erases its own copy. */
function erase_enquiries(string $email): array {
    global $wpdb;
    $removed = 0;
    foreach (array_keys(enquiries_of($email)) as $n) {
        $removed += (int) $wpdb->query($wpdb->prepare('DELETE FROM ' . table('enquiries') . " WHERE n = %d AND (state <> 'waiting' OR %d)", $n, (int) !can_send()));
    }
    $kept = count(enquiries_of($email));
    $messages = $kept ? [__('An enquiry is on its way to the CRM. Try again when it has left.', 'realestatecrm-companion')] : [];
    return ['items_removed' => $removed, 'items_retained' => $kept, 'messages' => $messages, 'done' => true];
}
