<?php
// wp-config.php of every test site: each site's process says in its environment where its database and content are.
define('DB_NAME', getenv('CRM_WP_DB')); define('DB_USER', 'root'); define('DB_PASSWORD', '');
define('DB_HOST', 'localhost:' . getenv('CRM_WP_SOCKET')); define('DB_CHARSET', 'utf8mb4');
foreach (['AUTH_KEY', 'SECURE_AUTH_KEY', 'LOGGED_IN_KEY', 'NONCE_KEY', 'AUTH_SALT', 'SECURE_AUTH_SALT', 'LOGGED_IN_SALT', 'NONCE_SALT'] as $key) define($key, 'test-' . $key);
$table_prefix = 'wp_';
// The address as it was called, so that a site behind the fault proxy gives links that lead through it.
$host = $_SERVER['HTTP_HOST'] ?? '';
if (!preg_match('/^127\.0\.0\.1:\d+$/', $host)) $host = '127.0.0.1:' . getenv('CRM_WP_PORT');
define('WP_HOME', "http://$host"); define('WP_SITEURL', "http://$host");
define('WP_CONTENT_DIR', getenv('CRM_WP_CONTENT')); define('WP_CONTENT_URL', WP_HOME . '/wp-content');
define('WP_ENVIRONMENT_TYPE', getenv('CRM_WP_TYPE') ?: 'local');  // application passwords over plain http
define('DISABLE_WP_CRON', true); define('AUTOMATIC_UPDATER_DISABLED', true); define('WP_AUTO_UPDATE_CORE', false);
define('WP_DEBUG', (bool) getenv('CRM_WP_DEBUG')); define('WP_DEBUG_DISPLAY', false); define('FS_METHOD', 'direct');
if (WP_DEBUG) define('WP_DEBUG_LOG', getenv('CRM_WP_CONTENT') . '/debug.log');
require_once ABSPATH . 'wp-settings.php';
