<?php
/** Removing the plugin. Properties stay where they are, and show again when it comes back. */

defined('WP_UNINSTALL_PLUGIN') || exit;

function realestatecrm_companion_remove(): void {
    global $wpdb;
    $saved = get_option('realestatecrm_companion');
    wp_clear_scheduled_hook('realestatecrm_daily');
    wp_clear_scheduled_hook('realestatecrm_deliver');
    if (!is_array($saved) || empty($saved['erase'])) {
        return;
    }
    foreach (['enquiries', 'days', 'hits'] as $table) {
        $wpdb->query("DROP TABLE IF EXISTS {$wpdb->prefix}crm_$table");
    }
    delete_option('realestatecrm_companion');
    delete_option('realestatecrm_companion_tables');
}

foreach (is_multisite() ? get_sites(['fields' => 'ids', 'number' => 0]) : [0] as $realestatecrm_site) {
    if ($realestatecrm_site) {
        switch_to_blog($realestatecrm_site);
    }
    realestatecrm_companion_remove();
    if ($realestatecrm_site) {
        restore_current_blog();
    }
}
