<?php
/** The page of a property: price, facts and photos, in any theme. */

namespace RealEstateCRM\Companion;

defined('ABSPATH') || exit;

add_action('init', fn() => wp_register_style('crm-companion', plugins_url('assets/companion.css', MAIN), [], VERSION));
// In the head where it will be needed for certain, so that nothing jumps.
add_action('wp_enqueue_scripts', function () {
    if (is_singular(TYPE) || is_post_type_archive(TYPE)) {
        wp_enqueue_style('crm-companion');
    }
});

// Classic themes get a template of ours unless they bring one; block themes, and builders, get it around the text.
add_filter('single_template', function (string $template): string {
    $theirs = is_singular(TYPE) ? locate_template('single-' . TYPE . '.php') : $template;
    $classic = !function_exists('wp_is_block_theme') || !wp_is_block_theme();
    return $theirs === '' && $classic ? dirname(MAIN) . '/templates/single-crm_property.php' : ($theirs ?: $template);
});
add_filter('the_content', function (string $content): string {
    if (!is_singular(TYPE) || !in_the_loop() || !is_main_query() || showing() || has_block('realestatecrm/property')) {
        return $content;
    }
    return render_property(get_the_ID(), $content);
}, 20);

/** Whether a property is being shown right now, so that its text is not framed a second time. */
function showing(?bool $now = null): bool {
    static $showing = false;
    return $showing = $now ?? $showing;
}

/** The value of a field, or null where the CRM gave none. */
function value(int $post_id, string $name): mixed {
    $key = "crm_$name";
    $value = metadata_exists('post', $post_id, $key) ? get_post_meta($post_id, $key, true) : null;
    return $value === '' || $value === [] ? null : $value;
}

/** Whether whoever is here may see the property: everybody a published one, unless it asks for a password. */
function may_see(int $post_id): bool {
    return (get_post_status($post_id) === 'publish' && !post_password_required($post_id)) || current_user_can('edit_post', $post_id);
}

function render_property(int $post_id, ?string $text = null): string {
    if (get_post_type($post_id) !== TYPE || !may_see($post_id)) {
        return '';
    }
    wp_enqueue_style('crm-companion');
    showing(true);
    $text ??= apply_filters('the_content', get_post_field('post_content', $post_id));
    showing(false);
    ob_start();
    include __DIR__ . '/../templates/property.php';
    return ob_get_clean();
}

function price_text(int $post_id): string {
    $price = value($post_id, 'price');
    if ($price === null) {
        return __('Price on request', 'realestatecrm-companion');
    }
    $amount = number_format_i18n((float) $price, floor((float) $price) == (float) $price ? 0 : 2);
    return trim(value($post_id, 'currency') . " $amount " . period_text(value($post_id, 'price_period')));
}

function period_text(?string $period): string {
    return match ($period) {
        null => '',
        'Annually' => __('a year', 'realestatecrm-companion'),
        'Monthly' => __('a month', 'realestatecrm-companion'),
        'Weekly' => __('a week', 'realestatecrm-companion'),
        'Daily' => __('a day', 'realestatecrm-companion'),
        default => $period,
    };
}

function area_text(int $post_id): ?string {
    $area = value($post_id, 'area');
    if ($area === null) {
        return null;
    }
    $units = ['Square Feet' => __('sq ft', 'realestatecrm-companion'), 'Square Meters' => __('m²', 'realestatecrm-companion')];
    $unit = (string) value($post_id, 'area_units');
    return trim(number_format_i18n((float) $area) . ' ' . ($units[$unit] ?? $unit));
}

function bedrooms_text(int $post_id): ?string {
    $rooms = value($post_id, 'bedrooms');
    if ($rooms === null) {
        return null;
    }
    return (int) $rooms === 0
        ? __('Studio', 'realestatecrm-companion')
        /* translators: %d: number of bedrooms */
        : sprintf(_n('%d bedroom', '%d bedrooms', (int) $rooms, 'realestatecrm-companion'), (int) $rooms);
}

function bathrooms_text(int $post_id): ?string {
    $rooms = value($post_id, 'bathrooms');
    /* translators: %d: number of bathrooms */
    return $rooms === null ? null : sprintf(_n('%d bathroom', '%d bathrooms', (int) $rooms, 'realestatecrm-companion'), (int) $rooms);
}

/** [label => text] of all facts that are known, beyond those at the top. */
function facts(int $post_id): array {
    $labels = array_map(fn($field) => $field[1], fields());
    $found = [];
    $plain = ['reference', 'property_type', 'floor', 'floors', 'parking', 'furnished', 'view', 'year_built', 'occupant', 'development_status', 'permit'];
    foreach ($plain as $name) {
        $found[$labels[$name]] = value($post_id, $name);
    }
    $charge = value($post_id, 'service_charge');
    if ($charge !== null) {
        $found[$labels['service_charge']] = trim(value($post_id, 'currency') . ' ' . number_format_i18n((float) $charge) . ' ' . period_text(value($post_id, 'service_charge_period')));
    }
    $from = date_create_immutable((string) value($post_id, 'available_from'), new \DateTimeZone('UTC'));  // some plugins set PHP's own zone
    if ($from && value($post_id, 'available_from') !== null) {
        $found[$labels['available_from']] = wp_date(get_option('date_format'), $from->getTimestamp(), $from->getTimezone());
    }
    return array_filter($found, fn($text) => $text !== null);
}

/** Media ids of the photos, in order; the main picture alone where no list was sent. */
function photos(int $post_id, string $name = 'photos'): array {
    $ids = array_map('intval', (array) (value($post_id, $name) ?? []));
    if (!$ids && $name === 'photos' && has_post_thumbnail($post_id)) {
        $ids = [get_post_thumbnail_id($post_id)];
    }
    return array_values(array_filter($ids, 'wp_attachment_is_image'));
}

/** A picture of a property as a link to the whole of it; its words, or its number where nobody described it. */
function photo(int $id, int $place, int $all, string $size): string {
    $alt = trim((string) get_post_meta($id, '_wp_attachment_image_alt', true));
    /* translators: 1: number of the photo, 2: how many there are */
    $alt = $alt !== '' ? $alt : sprintf(__('Photo %1$d of %2$d', 'realestatecrm-companion'), $place + 1, $all);
    $first = $place === 0 && $size === 'large';
    $image = wp_get_attachment_image($id, $size, false, [
        'alt' => $alt, 'class' => 'crm-photo', 'loading' => $first ? 'eager' : 'lazy', 'fetchpriority' => $first ? 'high' : 'auto',
    ]);
    return '<a href="' . esc_url((string) wp_get_attachment_url($id)) . '">' . $image . '</a>';
}

function place_text(int $post_id): string {
    $address = value($post_id, 'address');
    $parts = array_map(fn($name) => value($post_id, $name), ['building', 'community', 'city']);
    return $address ?? implode(', ', array_filter($parts));
}
