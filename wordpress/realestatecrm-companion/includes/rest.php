<?php
/** What the CRM asks the site beyond WordPress's own REST API. */

namespace RealEstateCRM\Companion;

defined('ABSPATH') || exit;

add_action('rest_api_init', function () {
    $editors = fn() => current_user_can('edit_posts');
    $ids = ['required' => true, 'type' => 'string'];
    register_rest_route(ROUTES, '/status', [
        'methods' => 'GET', 'callback' => __NAMESPACE__ . '\\rest_status', 'permission_callback' => $editors,
    ]);
    register_rest_route(ROUTES, '/find', [
        'methods' => 'GET', 'callback' => __NAMESPACE__ . '\\rest_find', 'permission_callback' => $editors, 'args' => ['ids' => $ids],
    ]);
    register_rest_route(ROUTES, '/media', [
        'methods' => 'GET', 'callback' => __NAMESPACE__ . '\\rest_media', 'permission_callback' => $editors, 'args' => ['digests' => $ids],
    ]);
});

/** A list in one parameter: "1,2,3". */
function listed(string $text): array|\WP_Error {
    $parts = array_values(array_unique(array_filter(array_map('trim', explode(',', $text)), 'strlen')));
    if (count($parts) > MOST_IDS) {
        return new \WP_Error('crm_too_many', sprintf('At most %d at once.', MOST_IDS), ['status' => 400]);
    }
    return $parts;
}

function rest_find(\WP_REST_Request $request) {
    $ids = listed($request['ids']);
    return is_wp_error($ids) ? $ids : ['found' => (object) find_posts($ids)];
}

function rest_media(\WP_REST_Request $request) {
    $digests = listed($request['digests']);
    if (is_wp_error($digests)) {
        return $digests;
    }
    wait_for($digests);
    return ['found' => (object) find_media($digests)];
}

/** What the CRM's connection test reads. */
function rest_status(): array {
    global $wpdb, $wp_version;
    send_what_is_due();
    return [
        'plugin' => 'realestatecrm-companion',
        'version' => VERSION,
        'wordpress' => $wp_version,
        'php' => PHP_VERSION,
        'database' => $wpdb->db_server_info(),
        'time' => time(),
        'timezone' => wp_timezone_string(),
        'types' => array_map(__NAMESPACE__ . '\\describe_type', listing_types()),
        'plugins' => array_keys(plugins_here()),
        'limits' => [
            'upload_bytes' => wp_max_upload_size(),
            'post_bytes' => wp_convert_hr_to_bytes(ini_get('post_max_size')),
            'ids' => MOST_IDS,
            'batch' => (int) apply_filters('rest_get_max_batch_size', 25),
        ],
        'delivery' => ['configured' => can_send()] + queue_state(),
        'can' => [
            'create' => current_user_can('edit_posts'),
            'publish' => current_user_can('publish_posts'),
            'edit_others' => current_user_can('edit_others_posts'),
            'delete' => current_user_can('delete_published_posts'),
            'upload' => current_user_can('upload_files'),
            'settings' => current_user_can('manage_options'),
        ],
    ];
}

function describe_type(string $name): array {
    $type = get_post_type_object($name);
    return [
        'type' => $name,
        'label' => $type->label,
        'in_rest' => (bool) $type->show_in_rest,
        'rest_base' => $type->rest_base ?: $name,
        'meta' => array_keys(array_filter(get_registered_meta_keys('post', $name), fn($key) => (bool) $key['show_in_rest'])),
        'create' => current_user_can($type->cap->create_posts),
        'publish' => current_user_can($type->cap->publish_posts),
    ];
}
