<?php
/* Plugin Name: A stand-in for Essential Real Estate: its type and taxonomy are not shown in REST, its fields not writable. */
class Essential_Real_Estate {}
add_action('init', function () {
    register_post_type('property', ['public' => true, 'label' => 'Properties', 'supports' => ['title', 'editor']]);
    register_taxonomy('property-status', 'property', ['public' => true]);
});
