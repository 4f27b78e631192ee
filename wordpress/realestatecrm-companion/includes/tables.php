<?php
/** Three small tables: enquiries waiting for the CRM, numbers by day, and who was here within the last minutes. */

namespace RealEstateCRM\Companion;

defined('ABSPATH') || exit;

const TABLES_OPTION = 'realestatecrm_companion_tables';
const TABLES_VERSION = '2';

function table(string $name): string {
    global $wpdb;
    return "{$wpdb->prefix}crm_$name";
}

register_activation_hook(MAIN, __NAMESPACE__ . '\\make_tables');
// A network switches the plugin on for all its sites at once; each sets itself up when it is first asked for something.
add_action('init', function () {
    if (get_option(TABLES_OPTION) !== TABLES_VERSION) {
        make_tables();
        add_action('wp_loaded', fn() => flush_rewrite_rules(false));
    }
}, 1);
// With a site of a network go its tables.
add_filter('wpmu_drop_tables', fn(array $tables): array => array_merge($tables, array_map(__NAMESPACE__ . '\\table', ['enquiries', 'days', 'hits'])));

function make_tables(): void {
    global $wpdb;
    require_once ABSPATH . 'wp-admin/includes/upgrade.php';
    $collate = $wpdb->get_charset_collate();
    $enquiries = table('enquiries');
    dbDelta("CREATE TABLE $enquiries (
        n bigint(20) unsigned NOT NULL AUTO_INCREMENT,
        uid char(32) NOT NULL,
        created datetime NOT NULL,
        post_id bigint(20) unsigned NOT NULL DEFAULT 0,
        body longtext NOT NULL,
        state varchar(10) NOT NULL DEFAULT 'waiting',
        attempts int(10) unsigned NOT NULL DEFAULT 0,
        due int(10) unsigned NOT NULL DEFAULT 0,
        trouble text NOT NULL,
        PRIMARY KEY  (n),
        UNIQUE KEY uid (uid),
        KEY state_due (state, due)
    ) $collate");
    $days = table('days');
    dbDelta("CREATE TABLE $days (
        day date NOT NULL,
        post_id bigint(20) unsigned NOT NULL,
        views int(10) unsigned NOT NULL DEFAULT 0,
        enquiries int(10) unsigned NOT NULL DEFAULT 0,
        PRIMARY KEY  (day, post_id)
    ) $collate");
    $hits = table('hits');
    dbDelta("CREATE TABLE $hits (
        hash char(32) NOT NULL,
        at int(10) unsigned NOT NULL,
        KEY hash_at (hash, at),
        KEY at (at)
    ) $collate");
    update_option(TABLES_OPTION, TABLES_VERSION);
}
