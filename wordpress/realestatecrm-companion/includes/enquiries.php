<?php
/** Enquiries: taken down first, then sent to the CRM; the CRM may also fetch them. */

namespace RealEstateCRM\Companion;

defined('ABSPATH') || exit;

/** Take an enquiry down and send it when the visitor has the answer. Returns its own id.
    $said: name, phone, email, text, consent, consent_text, page, source, campaign. */
function take_enquiry(array $said, int $post_id = 0): string {
    global $wpdb;
    $said['page'] = esc_url_raw((string) ($said['page'] ?? ''), ['http', 'https']);
    $uid = str_replace('-', '', wp_generate_uuid4());
    $body = ['id' => $uid, 'sent_at' => gmdate('Y-m-d\TH:i:s\Z')];
    if ($post_id) {
        $body['listing'] = [
            'reference' => reference_of($post_id),
            'post' => $post_id,
            'id' => (string) get_post_meta($post_id, ID_KEY, true),
        ];
    }
    $lengths = ['name' => 200, 'phone' => 60, 'email' => 254, 'text' => 8000, 'consent_text' => 1000, 'page' => 500, 'source' => 200, 'campaign' => 200];
    foreach ($lengths as $name => $most) {
        $text = mb_substr(plain((string) ($said[$name] ?? ''), $name === 'text'), 0, $most);
        if ($text !== '') {
            $body[$name] = $text;
        }
    }
    if (!empty($said['consent'])) {
        $body['consent'] = $said['consent'];
    }
    $wpdb->insert(table('enquiries'), [
        'uid' => $uid, 'created' => gmdate('Y-m-d H:i:s'), 'post_id' => $post_id, 'trouble' => '',
        'body' => wp_json_encode($body, JSON_UNESCAPED_SLASHES | JSON_UNESCAPED_UNICODE), 'due' => time(),
    ]);
    if ($post_id) {
        count_one($post_id, 'enquiries');
    }
    send_after_answer();
    return $uid;
}

/** As it was typed, without what can't be seen; on one line where it is no message. The CRM shows it as text. */
function plain(string $text, bool $lines): string {
    $text = preg_replace('/[^\P{C}\n\t\x{200C}\x{200D}]/u', '', str_replace("\r\n", "\n", wp_check_invalid_utf8($text, true)));
    return trim($lines ? (string) $text : preg_replace('/\s+/u', ' ', (string) $text));
}

add_action('rest_api_init', function () {
    register_rest_route(ROUTES, '/enquiries', [
        'methods' => 'GET', 'callback' => __NAMESPACE__ . '\\rest_enquiries',
        'permission_callback' => fn() => current_user_can('edit_others_posts'),
        'args' => ['after' => ['type' => 'integer', 'default' => 0, 'minimum' => 0]],
    ]);
});

function rest_enquiries(\WP_REST_Request $request): array {
    global $wpdb;
    $table = table('enquiries');
    send_what_is_due();
    $rows = $wpdb->get_results($wpdb->prepare("SELECT n, body FROM $table WHERE n > %d ORDER BY n LIMIT 101", $request['after']));
    return [
        'enquiries' => array_map(fn($row) => ['n' => (int) $row->n] + (array) json_decode($row->body, true), array_slice($rows, 0, 100)),
        'more' => count($rows) > 100,
    ];
}

// Once a day: what is old goes, and what was forgotten is sent.
add_action('init', function () {
    if (!wp_next_scheduled('realestatecrm_daily')) {
        wp_schedule_event(time() + HOUR_IN_SECONDS, 'daily', 'realestatecrm_daily');
    }
});
add_action('realestatecrm_daily', function () {
    global $wpdb;
    $enquiries = table('enquiries');
    $oldest = gmdate('Y-m-d H:i:s', time() - DAY_IN_SECONDS * max(1, (int) setting('keep_days')));
    $wpdb->query($wpdb->prepare("DELETE FROM $enquiries WHERE created < %s", $oldest));
    deliver();
});
register_deactivation_hook(MAIN, function () {
    wp_clear_scheduled_hook('realestatecrm_daily');
    wp_clear_scheduled_hook('realestatecrm_deliver');
});
