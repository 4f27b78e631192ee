<?php
/* Plugin Name: Test site
   No mail, no update checks, and calls to nowhere but this machine. */
add_filter('pre_http_request', function ($answer, $arguments, $url) {
    return parse_url($url, PHP_URL_HOST) === '127.0.0.1' && PHP_SAPI !== 'cli' ? $answer : new WP_Error('blocked', 'Calls to elsewhere are off in tests.');
}, 10, 3);
add_filter('realestatecrm_least_seconds', fn() => (int) get_option('test_least_seconds'));  // tests fill in forms at once
add_filter('pre_wp_mail', '__return_true');
foreach (['core', 'plugins', 'themes'] as $what) add_filter("pre_site_transient_update_$what", fn() => (object) ['last_checked' => time(), 'updates' => [], 'response' => []]);
add_action('init', fn() => remove_action('init', 'wp_schedule_update_checks'), 0);
