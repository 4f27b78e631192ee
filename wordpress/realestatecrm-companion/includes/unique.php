<?php
/** One post per id of the CRM: whoever creates first wins, under a lock; the others hear 409 with the post's number. */

namespace RealEstateCRM\Companion;

defined('ABSPATH') || exit;

const LOCK_SECONDS = 20;

add_action('rest_api_init', function () {
    foreach (listing_types() as $type) {
        add_filter("rest_pre_insert_$type", __NAMESPACE__ . '\\claim_id', 10, 2);
        add_action("rest_after_insert_$type", __NAMESPACE__ . '\\release_id', 10, 2);
    }
});

/** Before a post is written with an id of ours: refuse when another post has it. */
function claim_id($prepared, \WP_REST_Request $request) {
    $ours = asked_id($request);
    if (is_wp_error($prepared) || $ours === '') {
        return $prepared;
    }
    if (!lock_id($ours)) {
        return new \WP_Error('crm_busy', __('Another request is creating this listing.', 'realestatecrm-companion'), ['status' => 503]);
    }
    foreach (find_posts([$ours])[$ours] as $post) {
        if ($post['id'] !== (int) ($prepared->ID ?? 0)) {
            unlock_id($ours);
            return new \WP_Error('crm_exists', __('This listing is already here.', 'realestatecrm-companion'),
                ['status' => 409, 'id' => $post['id'], 'post' => $post]);
        }
    }
    return $prepared;
}

function release_id($post, \WP_REST_Request $request): void {
    $ours = asked_id($request);
    if ($ours !== '') {
        unlock_id($ours);
    }
}

function asked_id(\WP_REST_Request $request): string {
    $meta = $request['meta'];
    $ours = is_array($meta) ? ($meta[ID_KEY] ?? '') : '';
    return is_scalar($ours) ? trim((string) $ours) : '';
}

function lock_name(string $ours): string {
    global $wpdb;
    return 'crm' . md5(DB_NAME . $wpdb->prefix . $ours);
}

function lock_id(string $ours): bool {
    global $wpdb;
    return (bool) $wpdb->get_var($wpdb->prepare('SELECT GET_LOCK(%s, %d)', lock_name($ours), LOCK_SECONDS));
}

/** Ends by itself with the connection, should something go wrong before. */
function unlock_id(string $ours): void {
    global $wpdb;
    $wpdb->get_var($wpdb->prepare('SELECT RELEASE_LOCK(%s)', lock_name($ours)));
}
