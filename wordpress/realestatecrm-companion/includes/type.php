<?php
/** The property type of our own, for sites that have none. */

namespace RealEstateCRM\Companion;

defined('ABSPATH') || exit;

add_action('init', __NAMESPACE__ . '\\register_own_type');
register_activation_hook(MAIN, function () {
    register_own_type();
    flush_rewrite_rules(false);
});
register_deactivation_hook(MAIN, fn() => flush_rewrite_rules(false));

function register_own_type(): void {
    register_post_type(TYPE, [
        'labels' => [
            'name' => __('Properties', 'realestatecrm-companion'),
            'singular_name' => __('Property', 'realestatecrm-companion'),
            'menu_name' => __('CRM properties', 'realestatecrm-companion'),
        ],
        'public' => true,
        'has_archive' => 'listings',
        'rewrite' => ['slug' => 'listing', 'with_front' => false],
        'menu_icon' => 'dashicons-admin-home',
        'show_in_rest' => true,
        'rest_base' => 'crm-properties',
        'supports' => ['title', 'editor', 'excerpt', 'thumbnail', 'custom-fields', 'revisions'],
        'delete_with_user' => false,
    ]);
    foreach (fields() as $name => [$type]) {
        register_key(TYPE, "crm_$name", $type);
    }
    // By these the CRM knows its own pictures again, and sends none twice.
    register_key('attachment', ID_KEY, 'string');
    register_key('attachment', 'crm_photo_digest', 'string');
}
