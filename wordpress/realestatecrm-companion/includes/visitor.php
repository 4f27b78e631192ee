<?php
/** Who is here, without keeping who it is: enough to count somebody once and to stop a flood. */

namespace RealEstateCRM\Companion;

defined('ABSPATH') || exit;

/** The visitor's address as the server sees it: behind a proxy in the same house, the one that the proxy noted. */
function visitor_address(): string {
    $address = (string) ($_SERVER['REMOTE_ADDR'] ?? '');
    $inside = filter_var($address, FILTER_VALIDATE_IP) && !filter_var($address, FILTER_VALIDATE_IP, FILTER_FLAG_NO_PRIV_RANGE | FILTER_FLAG_NO_RES_RANGE);
    $noted = array_map('trim', explode(',', forwarded_for()));
    $last = (string) end($noted);  // the proxy adds at the end; what stands before may be made up
    return (string) apply_filters('realestatecrm_visitor_address', $inside && filter_var($last, FILTER_VALIDATE_IP) ? $last : $address);
}

function forwarded_for(): string {
    return sanitize_text_field(wp_unslash((string) ($_SERVER['HTTP_X_FORWARDED_FOR'] ?? '')));
}

/** Looks of one person: many share an address, so that browser and what proxies noted count too. */
function this_visitor(): string {
    return visitor_address() . '|' . forwarded_for() . '|' . sanitize_text_field(wp_unslash((string) ($_SERVER['HTTP_USER_AGENT'] ?? '')));
}

/** How often `$who` did this within so many seconds, this time not counted. No address is kept, only a hash that
    nobody can turn back, and that only for an hour or so. */
function seen_before(string $what, string $who, int $seconds): int {
    global $wpdb;
    $hits = table('hits');
    if (wp_rand(1, 20) === 1) {
        $wpdb->query($wpdb->prepare("DELETE FROM $hits WHERE at < %d", time() - HOUR_IN_SECONDS));
    }
    $hash = md5(wp_salt('nonce') . "$what|$who");
    $times = (int) $wpdb->get_var($wpdb->prepare("SELECT COUNT(*) FROM $hits WHERE hash = %s AND at > %d", $hash, time() - $seconds));
    $wpdb->insert($hits, ['hash' => $hash, 'at' => time()]);
    return $times;
}
