<?php
/** Blocks: a property, and the enquiry form. Drawn by the site itself, so that the editor shows what visitors see. */

namespace RealEstateCRM\Companion;

defined('ABSPATH') || exit;

add_action('init', function () {
    wp_register_script('crm-blocks', plugins_url('assets/blocks.js', MAIN),
        ['wp-blocks', 'wp-element', 'wp-block-editor', 'wp-components', 'wp-server-side-render', 'wp-i18n'], VERSION, true);
    $number = ['post' => ['type' => 'integer', 'default' => 0]];
    $common = ['api_version' => 2, 'editor_script' => 'crm-blocks', 'style' => 'crm-companion', 'attributes' => $number, 'uses_context' => ['postId']];
    register_block_type('realestatecrm/property', $common + [
        'render_callback' => fn($attributes, $content, $block) => showing() ? '' : render_property(block_post($attributes, $block), null),
    ]);
    register_block_type('realestatecrm/enquiry', $common + [
        'render_callback' => fn($attributes, $content, $block) => render_form(block_post($attributes, $block)),
    ]);
}, 20);

function block_post(array $attributes, $block): int {
    return (int) ($attributes['post'] ?: ($block->context['postId'] ?? 0) ?: get_the_ID());
}
