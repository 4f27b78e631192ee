<?php
/** How often each listing was looked at and asked about, by day in the site's time zone. No cookies, no addresses. */

namespace RealEstateCRM\Companion;

defined('ABSPATH') || exit;

const REPEAT_SECONDS = 1800;
// Cubot makes telephones; browsers that nobody sits at call themselves headless.
const BOTS = '/(?<!cu)bot|crawl|spider|slurp|preview|scanner|monitor|headless|lighthouse|curl|wget|python|java\/|go-http|facebookexternal|whatsapp|^$/i';

// Told by a line of script and not counted while the page is made, so that page caches count too and most robots don't.
// Who works on the site is no visitor.
add_action('wp_enqueue_scripts', function () {
    $post = get_queried_object();
    if (is_singular() && $post instanceof \WP_Post && get_post_meta($post->ID, ID_KEY, true) !== '' && !is_preview() && !current_user_can('edit_posts')) {
        wp_enqueue_script('crm-view', plugins_url('assets/view.js', MAIN), [], VERSION, true);
        wp_add_inline_script('crm-view', 'var crmView=' . wp_json_encode(['url' => rest_url(ROUTES . '/view'), 'post' => $post->ID]), 'before');
    }
});

add_action('rest_api_init', function () {
    register_rest_route(ROUTES, '/view', [
        'methods' => 'POST', 'callback' => __NAMESPACE__ . '\\rest_view', 'permission_callback' => '__return_true',
        'args' => ['post' => ['required' => true, 'type' => 'integer']],
    ]);
    register_rest_route(ROUTES, '/numbers', [
        'methods' => 'GET', 'callback' => __NAMESPACE__ . '\\rest_numbers',
        'permission_callback' => fn() => current_user_can('edit_posts'),
        'args' => ['since' => ['type' => 'string', 'pattern' => '^\d{4}-\d\d-\d\d$', 'default' => '1970-01-01'], 'offset' => ['type' => 'integer', 'default' => 0, 'minimum' => 0]],
    ]);
});

function rest_view(\WP_REST_Request $request) {
    $post = get_post($request['post']);
    $counts = $post && $post->post_status === 'publish' && get_post_meta($post->ID, ID_KEY, true) !== ''
        && !preg_match(BOTS, (string) ($_SERVER['HTTP_USER_AGENT'] ?? ''))
        && !seen_before("view $post->ID", this_visitor(), REPEAT_SECONDS);
    if ($counts) {
        count_one($post->ID, 'views');
    }
    send_what_is_due();
    return new \WP_REST_Response(null, 204, ['Cache-Control' => 'no-store']);
}

function count_one(int $post_id, string $what): void {
    global $wpdb;
    $days = table('days');
    $column = $what === 'views' ? 'views' : 'enquiries';
    $wpdb->query($wpdb->prepare(
        "INSERT INTO $days (day, post_id, $column) VALUES (%s, %d, 1) ON DUPLICATE KEY UPDATE $column = $column + 1",
        wp_date('Y-m-d'), $post_id
    ));
}

function rest_numbers(\WP_REST_Request $request): array {
    global $wpdb;
    send_what_is_due();
    $days = table('days');
    $rows = $wpdb->get_results($wpdb->prepare(
        "SELECT day, post_id, views, enquiries FROM $days WHERE day >= %s ORDER BY day, post_id LIMIT %d, 1001",
        $request['since'], $request['offset']
    ));
    update_meta_cache('post', array_unique(array_column($rows, 'post_id')));
    return ['timezone' => wp_timezone_string(), 'more' => count($rows) > 1000, 'days' => array_map(fn($row) => [
        'day' => $row->day,
        'listing_id' => (string) get_post_meta((int) $row->post_id, ID_KEY, true),
        'reference' => reference_of((int) $row->post_id),
        'post' => (int) $row->post_id,
        'views' => (int) $row->views,
        'enquiries' => (int) $row->enquiries,
    ], array_slice($rows, 0, 1000))];
}
