<?php
/** The fields of a property: key, type and label. What the REST API accepts, and what the page shows, follow from here. */

namespace RealEstateCRM\Companion;

defined('ABSPATH') || exit;

/** [key without crm_ => [type, label]]; a list is "type[]". */
function fields(): array {
    return [
        'listing_id' => ['string', __('Number in the CRM', 'realestatecrm-companion')],
        'reference' => ['string', __('Reference', 'realestatecrm-companion')],
        'offer' => ['string', __('Offer', 'realestatecrm-companion')],            // sale or rent
        'status' => ['string', __('Status', 'realestatecrm-companion')],          // RESO's standard status
        'price' => ['number', __('Price', 'realestatecrm-companion')],
        'currency' => ['string', __('Currency', 'realestatecrm-companion')],
        'price_period' => ['string', __('Rent is for', 'realestatecrm-companion')],  // Annually, Monthly, Weekly, Daily
        'property_type' => ['string', __('Type', 'realestatecrm-companion')],
        'bedrooms' => ['integer', __('Bedrooms', 'realestatecrm-companion')],
        'bathrooms' => ['integer', __('Bathrooms', 'realestatecrm-companion')],
        'area' => ['number', __('Area', 'realestatecrm-companion')],
        'area_units' => ['string', __('Unit of area', 'realestatecrm-companion')],  // Square Feet or Square Meters
        'floor' => ['integer', __('Floor', 'realestatecrm-companion')],
        'floors' => ['integer', __('Floors of the building', 'realestatecrm-companion')],
        'parking' => ['integer', __('Parking spaces', 'realestatecrm-companion')],
        'furnished' => ['string', __('Furnished', 'realestatecrm-companion')],
        'view' => ['string', __('View', 'realestatecrm-companion')],
        'year_built' => ['integer', __('Built', 'realestatecrm-companion')],
        'occupant' => ['string', __('Occupied by', 'realestatecrm-companion')],
        'development_status' => ['string', __('Development', 'realestatecrm-companion')],
        'new_construction' => ['boolean', __('New', 'realestatecrm-companion')],
        'service_charge' => ['number', __('Service charge', 'realestatecrm-companion')],
        'service_charge_period' => ['string', __('Service charge is for', 'realestatecrm-companion')],
        'available_from' => ['string', __('Available from', 'realestatecrm-companion')],  // YYYY-MM-DD
        'address' => ['string', __('Address', 'realestatecrm-companion')],
        'building' => ['string', __('Building', 'realestatecrm-companion')],
        'community' => ['string', __('Community', 'realestatecrm-companion')],
        'city' => ['string', __('City', 'realestatecrm-companion')],
        'state' => ['string', __('State', 'realestatecrm-companion')],
        'postal_code' => ['string', __('Postal code', 'realestatecrm-companion')],
        'country' => ['string', __('Country', 'realestatecrm-companion')],
        'latitude' => ['number', __('Latitude', 'realestatecrm-companion')],
        'longitude' => ['number', __('Longitude', 'realestatecrm-companion')],
        'permit' => ['string', __('Advertising permit', 'realestatecrm-companion')],
        'amenities' => ['string[]', __('Amenities', 'realestatecrm-companion')],
        'photos' => ['integer[]', __('Photos', 'realestatecrm-companion')],        // numbers in the media library, in order
        'floor_plans' => ['integer[]', __('Floor plans', 'realestatecrm-companion')],
        'video' => ['string', __('Video', 'realestatecrm-companion')],
        'tour' => ['string', __('Virtual tour', 'realestatecrm-companion')],
        'agent_name' => ['string', __('Agent', 'realestatecrm-companion')],
        'agent_phone' => ['string', __('Telephone', 'realestatecrm-companion')],
    ];
}

/** Let the REST API read and write one meta key of a type; who may edit the post may write it. */
function register_key(string $post_type, string $key, string $type): void {
    $list = str_ends_with($type, '[]');
    $schema = $list ? ['type' => 'array', 'items' => ['type' => substr($type, 0, -2)]] : ['type' => $type === 'html' ? 'string' : $type];
    register_post_meta($post_type, $key, [
        'type' => $schema['type'],
        'single' => true,
        // Without a default of the right type, WordPress answers 500 when a number that is not there is set to null.
        'default' => ['integer' => 0, 'number' => 0, 'boolean' => false, 'array' => []][$schema['type']] ?? '',
        'show_in_rest' => ['schema' => $schema, 'prepare_callback' => __NAMESPACE__ . '\\as_read'],
        'auth_callback' => fn($allowed, $meta_key, $post_id, $user_id) => user_can($user_id, 'edit_post', $post_id),
        'sanitize_callback' => ['string' => __NAMESPACE__ . '\\as_text', 'html' => 'wp_kses_post'][$type] ?? null,
    ]);
}

/** WordPress says 0 for a number that is not there; a studio has 0 bedrooms, and unknown is null. */
function as_read($value, $request, array $arguments) {
    $type = $arguments['schema']['type'];
    if (in_array($type, ['integer', 'number', 'boolean'], true)) {
        if (!is_string($value)) {  // stored values come as text, the stand-in for a missing one does not
            return null;
        }
        return $type === 'boolean' ? (bool) $value : ($type === 'integer' ? (int) $value : $value + 0);
    }
    return $type === 'array' ? array_values((array) $value) : (string) $value;
}

/** Text without markup. */
function as_text($value): string {
    return is_scalar($value) ? sanitize_textarea_field((string) $value) : '';
}
