<?php
/** Properties in lists: their figures under the title, and, in themes of blocks, pages of our own for list and property. */

namespace RealEstateCRM\Companion;

defined('ABSPATH') || exit;

/** Price, rooms and size in one line. */
function figures(int $post_id): string {
    if (get_post_type($post_id) !== TYPE || !may_see($post_id)) {
        return '';
    }
    wp_enqueue_style('crm-companion');
    $parts = array_filter([bedrooms_text($post_id), bathrooms_text($post_id), area_text($post_id)], fn($part) => $part !== null);
    return '<p class="crm-figures"><strong>' . esc_html(price_text($post_id)) . '</strong> '
        . implode(' ', array_map(fn($part) => '<span>' . esc_html($part) . '</span>', $parts)) . '</p>';
}

/** Whether the list being drawn for a visitor is at a property of ours, whose figures stand nowhere else. */
function in_list(): bool {
    return get_post_type() === TYPE && in_the_loop() && !is_singular() && !is_admin() && !is_feed() && !showing()
        && !doing_filter('get_the_excerpt')
        && !(is_post_type_archive(TYPE) && uses_our_template('archive-' . TYPE));
}

add_filter('the_content', fn(string $text): string => in_list() ? figures(get_the_ID()) . $text : $text, 20);
add_filter('the_excerpt', fn(string $text): string => in_list() ? figures(get_the_ID()) . $text : $text, 20);
// Themes of blocks make their excerpts without the_excerpt.
add_filter('render_block_core/post-excerpt', function (string $html, array $block, $instance): string {
    $post = (int) ($instance->context['postId'] ?? 0);
    return $post && in_list() ? figures($post) . $html : $html;
}, 10, 3);

// From WordPress 6.7 on a plugin may bring pages for themes of blocks; those of the theme or of its owner come first.
add_action('init', function () {
    if (!function_exists('register_block_template') || !wp_is_block_theme()) {
        return;
    }
    foreach (['single' => __('A property', 'realestatecrm-companion'), 'archive' => __('List of properties', 'realestatecrm-companion')] as $kind => $title) {
        $content = file_get_contents(dirname(MAIN) . "/templates/blocks/$kind.html");
        register_block_template("realestatecrm-companion//$kind-" . TYPE, ['title' => $title, 'post_types' => [TYPE], 'content' => $content]);
    }
}, 20);

/** Whether the page is drawn by that template of ours. */
function uses_our_template(string $slug): bool {
    global $_wp_current_template_id;
    return is_string($_wp_current_template_id) && str_ends_with($_wp_current_template_id, "//$slug");
}

// A page for any kind of post shows the main picture above the text; here it is among the photos.
add_filter('render_block_core/post-featured-image', function (string $html, array $block, $instance): string {
    $post = (int) ($instance->context['postId'] ?? 0);
    return is_singular(TYPE) && $post === get_queried_object_id() && photos($post) ? '' : $html;
}, 10, 3);
