<?php
/** Three small tables: enquiries waiting for the CRM, numbers by day, and who was here within the last minutes. */

namespace RealEstateCRM\Companion;

defined('ABSPATH') || exit;

const TABLES_OPTION = 'realestatecrm_companion_tables';
const TABLES_VERSION = '1';

function table(string $name): string {
    global $wpdb;
    return "{$wpdb->prefix}crm_$name";
}

register_activation_hook(MAIN, __NAMESPACE__ . '\\make_tables');
add_action('init', function () {
    if (get_option(TABLES_OPTION) !== TABLES_VERSION) {
        make_tables();
    }
}, 1);

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

/** How often this visitor did this within so many seconds, this time not counted. No address is kept, only a hash that
    nobody can turn back, and that only for an hour or so. */
function seen_before(string $what, int $seconds): int {
    global $wpdb;
    $hits = table('hits');
    if (wp_rand(1, 20) === 1) {
        $wpdb->query($wpdb->prepare("DELETE FROM $hits WHERE at < %d", time() - HOUR_IN_SECONDS));
    }
    $who = ($_SERVER['REMOTE_ADDR'] ?? '') . '|' . ($_SERVER['HTTP_USER_AGENT'] ?? '');
    $hash = md5(wp_salt('nonce') . "$what|$who");
    $times = (int) $wpdb->get_var($wpdb->prepare("SELECT COUNT(*) FROM $hits WHERE hash = %s AND at > %d", $hash, time() - $seconds));
    $wpdb->insert($hits, ['hash' => $hash, 'at' => time()]);
    return $times;
}
