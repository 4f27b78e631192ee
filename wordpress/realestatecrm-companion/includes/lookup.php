<?php
/** Finding what the CRM has put here by the CRM's own ids, many at once: posts, and pictures by their digest. */

namespace RealEstateCRM\Companion;

defined('ABSPATH') || exit;

const MOST_IDS = 100;

/** Where each plugin keeps the reference by which the agency calls a listing. */
const REFERENCE_KEYS = ['crm_reference', 'property_unique_id', 'real_estate_property_identity', 'es_property_mls_number', '_reference_number'];

function reference_of(int $post_id): string {
    foreach (REFERENCE_KEYS as $key) {
        $reference = get_post_meta($post_id, $key, true);
        if (is_scalar($reference) && (string) $reference !== '') {
            return (string) $reference;
        }
    }
    return '';
}

/** Posts by our id, trash included: [our id => [[id, type, status, slug, link, modified_gmt], ...]]. */
function find_posts(array $ids): array {
    global $wpdb;
    $found = array_fill_keys($ids, []);
    if (!$ids) {
        return $found;
    }
    $marks = implode(',', array_fill(0, count($ids), '%s'));
    $types = "'" . implode("','", array_map('esc_sql', listing_types())) . "'";
    $rows = $wpdb->get_results($wpdb->prepare(
        "SELECT m.meta_value AS ours, p.ID FROM $wpdb->postmeta m JOIN $wpdb->posts p ON p.ID = m.post_id
         WHERE m.meta_key = '" . ID_KEY . "' AND m.meta_value IN ($marks) AND p.post_type IN ($types)
           AND p.post_status NOT IN ('auto-draft', 'inherit') ORDER BY p.ID",
        $ids
    ));
    _prime_post_caches(array_map('intval', array_column($rows, 'ID')), false, false);
    foreach ($rows as $row) {
        $found[$row->ours][] = describe_post(get_post((int) $row->ID));
    }
    return $found;
}

function describe_post(\WP_Post $post): array {
    return [
        'id' => $post->ID,
        'type' => $post->post_type,
        'status' => $post->post_status,
        'slug' => $post->post_name,
        'link' => get_permalink($post),
        'modified_gmt' => str_replace(' ', 'T', $post->post_modified_gmt),
    ];
}

/** Pictures by the digest that they were sent with: [digest => [[id, listing_id, parent, source_url], ...]]. */
function find_media(array $digests): array {
    global $wpdb;
    $found = array_fill_keys($digests, []);
    if (!$digests) {
        return $found;
    }
    $marks = implode(',', array_fill(0, count($digests), '%s'));
    $rows = $wpdb->get_results($wpdb->prepare(
        "SELECT m.meta_value AS digest, p.ID FROM $wpdb->postmeta m JOIN $wpdb->posts p ON p.ID = m.post_id
         WHERE m.meta_key = 'crm_photo_digest' AND m.meta_value IN ($marks) AND p.post_type = 'attachment' ORDER BY p.ID",
        $digests
    ));
    _prime_post_caches(array_map('intval', array_column($rows, 'ID')), false, true);
    foreach ($rows as $row) {
        $id = (int) $row->ID;
        $found[$row->digest][] = [
            'id' => $id,
            'listing_id' => (string) get_post_meta($id, ID_KEY, true),
            'parent' => (int) wp_get_post_parent_id($id),
            'source_url' => (string) wp_get_attachment_url($id),
        ];
    }
    return $found;
}
