<?php
/** Removing the plugin. Properties stay where they are, and show again when it comes back. */

defined('WP_UNINSTALL_PLUGIN') || exit;

$crm_saved = get_option('realestatecrm_companion');
wp_clear_scheduled_hook('realestatecrm_daily');
wp_clear_scheduled_hook('realestatecrm_deliver');
if (is_array($crm_saved) && !empty($crm_saved['erase'])) {
    global $wpdb;
    foreach (['enquiries', 'days', 'hits'] as $crm_table) {
        $wpdb->query("DROP TABLE IF EXISTS {$wpdb->prefix}crm_$crm_table");
    }
    delete_option('realestatecrm_companion');
    delete_option('realestatecrm_companion_tables');
}
