<?php
/** One post per id of the CRM, and one picture per digest: whoever comes first wins, under a lock; the others hear 409
    with its number. */

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

add_filter('rest_request_before_callbacks', __NAMESPACE__ . '\\claim_digest', 10, 3);
add_filter('rest_request_after_callbacks', function ($answer, $handler, \WP_REST_Request $request) {
    if (asked_digest($request) !== '') {
        unlock_id(asked_digest($request));
    }
    return $answer;
}, 10, 3);

/** Before a picture is kept: refuse when it is here already, which happens when the answer to its first sending was lost. */
function claim_digest($answer, $handler, \WP_REST_Request $request) {
    $digest = asked_digest($request);
    if ($digest === '' || $answer !== null || !current_user_can('upload_files') || !lock_id($digest)) {
        return $answer;
    }
    $found = find_media([$digest])[$digest];
    return $found
        ? new \WP_Error('crm_exists', __('This picture is already here.', 'realestatecrm-companion'), ['status' => 409, 'id' => $found[0]['id']])
        : $answer;
}

function asked_digest(\WP_REST_Request $request): string {
    $meta = $request->get_method() === 'POST' && $request->get_route() === '/wp/v2/media' ? $request['meta'] : null;
    return is_array($meta) && is_string($meta['crm_photo_digest'] ?? null) ? $meta['crm_photo_digest'] : '';
}

/** Let those who are keeping pictures with these digests right now finish. */
function wait_for(array $digests): void {
    global $wpdb;
    foreach ($digests as $digest) {
        if ($wpdb->get_var($wpdb->prepare('SELECT IS_USED_LOCK(%s)', lock_name($digest))) && lock_id($digest)) {
            unlock_id($digest);
        }
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
