<?php
/** Blocks: a property, its figures, and the enquiry form. Drawn by the site itself, so that the editor shows what visitors see. */

namespace RealEstateCRM\Companion;

defined('ABSPATH') || exit;

const BLOCKS = ['property', 'figures', 'enquiry'];

add_action('init', function () {
    wp_register_script('crm-blocks', plugins_url('assets/blocks.js', MAIN),
        ['wp-blocks', 'wp-element', 'wp-block-editor', 'wp-components', 'wp-server-side-render', 'wp-i18n', 'wp-api-fetch', 'wp-url'],
        VERSION, true);
    wp_set_script_translations('crm-blocks', 'realestatecrm-companion');
    foreach (BLOCKS as $name) {
        register_block_type(dirname(MAIN) . "/blocks/$name");
    }
}, 20);

function block_post(array $attributes, $block): int {
    return (int) (($attributes['post'] ?? 0) ?: ($block->context['postId'] ?? 0) ?: get_the_ID());
}
