<?php
// php run.php install | activate PLUGIN... | eval   (the code of eval comes on standard input)
define('TASK', $argv[1]);
$port = getenv('CRM_WP_PORT');
$_SERVER += ['HTTP_HOST' => "127.0.0.1:$port", 'SERVER_NAME' => '127.0.0.1', 'SERVER_PORT' => $port, 'REQUEST_METHOD' => 'GET', 'REQUEST_URI' => '/', 'SERVER_PROTOCOL' => 'HTTP/1.1', 'REMOTE_ADDR' => '127.0.0.1'];
define(TASK === 'install' ? 'WP_INSTALLING' : 'WP_ADMIN', true);
require getenv('CRM_WP_CORE') . '/wp-load.php';
require_once ABSPATH . 'wp-admin/includes/upgrade.php';
require_once ABSPATH . 'wp-admin/includes/plugin.php';

function install_site() {
    global $wp_rewrite;
    wp_install(getenv('CRM_WP_TITLE'), 'admin', 'admin@example.test', true, '', 'admin');
    $themes = array_map(fn($file) => basename(dirname($file)), glob(WP_CONTENT_DIR . '/themes/*/style.css'));
    $theme = in_array('twentytwentyone', $themes) ? 'twentytwentyone' : end($themes);  // classic: shows a plugin's template
    if ($theme) { update_option('template', $theme); update_option('stylesheet', $theme); }
    update_option('timezone_string', 'Europe/Paris');  // deliberately not UTC
    $wp_rewrite->set_permalink_structure('/%postname%/');
    flush_rewrite_rules(false);
    $users = [];
    foreach (['administrator', 'editor', 'author', 'contributor'] as $role) {
        $login = $role === 'administrator' ? 'admin' : $role;
        $user = get_user_by('login', $login) ?: get_user_by('id', wp_insert_user(['user_login' => $login, 'user_pass' => $login, 'user_email' => "$login@example.test", 'role' => $role]));
        [$password] = WP_Application_Passwords::create_new_application_password($user->ID, ['name' => 'crm']);
        $users[$login] = ['id' => $user->ID, 'password' => WP_Application_Passwords::chunk_password($password)];
    }
    return ['users' => $users, 'version' => get_bloginfo('version')];
}

function activate_plugins_named(array $plugins) {
    wp_set_current_user(1);
    foreach ($plugins as $plugin) {
        $result = activate_plugin($plugin);
        if (is_wp_error($result)) { fwrite(STDERR, $plugin . ': ' . $result->get_error_message()); exit(1); }
    }
    update_option('rewrite_rules', '');
    return ['active' => get_option('active_plugins')];
}

$answer = match (TASK) {
    'install' => install_site(),
    'activate' => activate_plugins_named(array_slice($argv, 2)),
    'eval' => (function () { wp_set_current_user(1); return eval(stream_get_contents(STDIN)); })(),
};
echo "\n--answer--\n", json_encode($answer);
