<?php
// PHP's own server: real files as they are, *.php run, everything else goes to WordPress.
$root = $_SERVER['DOCUMENT_ROOT'];
$path = rawurldecode(parse_url($_SERVER['REQUEST_URI'], PHP_URL_PATH) ?? '/');
if (str_contains($path, '..')) { http_response_code(400); return true; }
if (is_dir($root . $path) && $path !== '/' && is_file("$root$path/index.php")) {
    if (!str_ends_with($path, '/')) { header("Location: $path/", true, 301); return true; }
    $path .= 'index.php';
}
if (is_file($root . $path) && !str_ends_with($path, '.php')) return false;
if (!is_file($root . $path)) $path = '/index.php';
$_SERVER['SCRIPT_NAME'] = $_SERVER['PHP_SELF'] = $path;
$_SERVER['SCRIPT_FILENAME'] = $root . $path;
chdir(dirname($root . $path));
require $root . $path;
return true;
