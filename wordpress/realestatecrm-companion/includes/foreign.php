<?php
/** Property types of other plugins: shown in REST, with the fields that the CRM fills writable, and found by our id. */

namespace RealEstateCRM\Companion;

defined('ABSPATH') || exit;

/** Each plugin: is it here, its types with their REST base, its taxonomies, and its keys by type. */
function plugins(): array {
    $estate = array_fill_keys(preg_filter('/^/', 'real_estate_property_', [
        'price', 'price_short', 'price_unit', 'price_prefix', 'price_postfix', 'bedrooms', 'bathrooms', 'size', 'land',
        'garage', 'year', 'address', 'zip', 'country', 'identity', 'images', 'location', 'video_url',
    ]), 'string');
    $easy = array_fill_keys(preg_filter('/^/', 'property_', [
        'price', 'price_global', 'price_view', 'price_display', 'rent', 'rent_period', 'rent_view', 'rent_display',
        'bedrooms', 'bathrooms', 'toilet', 'garage', 'carport', 'building_area', 'building_area_unit', 'land_area',
        'land_area_unit', 'address_display', 'address_lot_number', 'address_sub_number', 'address_street_number',
        'address_street', 'address_suburb', 'address_city', 'address_state', 'address_postal_code', 'address_country',
        'address_coordinates', 'status', 'unique_id', 'heading', 'featured', 'agent', 'authority', 'category',
        'com_listing_type', 'year_built', 'video_url',
    ]), 'string');
    $estatik = array_fill_keys(preg_filter('/^/', 'es_property_', [
        'price', 'bedrooms', 'bathrooms', 'half_baths', 'area', 'area_unit', 'lot_size', 'lot_size_unit', 'year_built',
        'floors', 'floor_level', 'address', 'postal_code', 'latitude', 'longitude', 'mls_number', 'price_note',
        'call_for_price', 'virtual_tour', 'video', 'date_added',
    ]), 'string') + ['es_property_gallery' => 'integer[]'];
    return apply_filters('realestatecrm_companion_plugins', [
        'Property Hive' => [
            'here' => class_exists('PropertyHive', false),
            'types' => ['property' => 'property'], 'taxonomies' => ['availability', 'property_type', 'location'],
            // It shows most of its fields at the top level itself; these it does not.
            // Its description is made of rooms; a single one without a name is the whole text.
            'keys' => array_fill_keys(['_rent_frequency', '_floor_area_from', '_floor_area_from_sqft', '_floor_area_units', '_rooms'], 'string')
                + ['_room_description_0' => 'html', '_photos' => 'integer[]'],
        ],
        'Easy Property Listings' => [
            'here' => class_exists('Easy_Property_Listings', false),
            'types' => ['property' => 'property', 'rental' => 'rental', 'land' => 'land', 'rural' => 'rural',
                'commercial' => 'commercial', 'commercial_land' => 'commercial_land', 'business' => 'business'],
            'taxonomies' => ['location', 'tax_feature'], 'keys' => $easy,
        ],
        'Essential Real Estate' => [
            'here' => class_exists('Essential_Real_Estate', false),
            'types' => ['property' => 'property'],
            'taxonomies' => ['property-status', 'property-type', 'property-feature', 'property-label', 'property-city',
                'property-neighborhood', 'property-state'],
            'keys' => $estate,
        ],
        'Estatik' => [
            'here' => class_exists('Estatik', false),
            'types' => ['properties' => 'properties'],
            'taxonomies' => ['es_status', 'es_category', 'es_type', 'es_feature', 'es_amenity', 'es_location', 'es_rent_period'],
            'keys' => $estatik,
        ],
    ]);
}

function plugins_here(): array {
    return array_filter(plugins(), fn($plugin) => $plugin['here']);
}

/** All post types in which a listing of the CRM may lie: ours, plain posts and pages, and those of other plugins. */
function listing_types(): array {
    $types = [TYPE, 'post', 'page'];
    foreach (plugins_here() as $plugin) {
        $types = array_merge($types, array_keys($plugin['types']));
    }
    return array_values(array_unique(array_filter($types, 'post_type_exists')));
}

add_filter('register_post_type_args', function (array $arguments, string $type): array {
    foreach (plugins_here() as $plugin) {
        if (isset($plugin['types'][$type])) {
            $arguments['show_in_rest'] = true;
            $arguments['rest_base'] = ($arguments['rest_base'] ?? '') ?: $plugin['types'][$type];
        }
    }
    return $arguments;
}, 100, 2);

add_filter('register_taxonomy_args', function (array $arguments, string $taxonomy): array {
    foreach (plugins_here() as $plugin) {
        if (in_array($taxonomy, $plugin['taxonomies'], true)) {
            $arguments['show_in_rest'] = true;
        }
    }
    return $arguments;
}, 100, 2);

// Late, when all types are there.
add_action('init', function () {
    foreach (array_diff(listing_types(), [TYPE]) as $type) {
        register_key($type, ID_KEY, 'string');
        add_post_type_support($type, 'custom-fields');
    }
    foreach (plugins_here() as $plugin) {
        foreach (array_filter(array_keys($plugin['types']), 'post_type_exists') as $type) {
            add_post_type_support($type, ['custom-fields', 'thumbnail']);
            foreach ($plugin['keys'] as $key => $kind) {
                register_key($type, $key, $kind);
            }
        }
    }
}, 100);
