<?php
/** A property. In: $post_id, $text (the description, ready to print). */

namespace RealEstateCRM\Companion;

defined('ABSPATH') || exit;

$photos = photos($post_id);
$plans = photos($post_id, 'floor_plans');
$status = value($post_id, 'status');
$glance = array_filter([bedrooms_text($post_id), bathrooms_text($post_id), area_text($post_id)], fn($part) => $part !== null);
$links = array_filter(['video' => value($post_id, 'video'), 'tour' => value($post_id, 'tour')]);
$labels = array_map(fn($field) => $field[1], fields());
?>
<div class="crm-property">
    <?php if ($photos) : ?>
        <div class="crm-gallery">
            <?php foreach ($photos as $place => $id) : ?>
                <?php echo photo($id, $place, count($photos), $place ? 'medium_large' : 'large'); // phpcs:ignore -- made of escaped parts ?>
            <?php endforeach; ?>
        </div>
    <?php endif; ?>
    <div class="crm-head">
        <p class="crm-price"><?php echo esc_html(price_text($post_id)); ?></p>
        <?php if ($status && $status !== 'Active') : ?><p class="crm-status"><?php echo esc_html($status); ?></p><?php endif; ?>
        <p class="crm-glance"><?php foreach ($glance as $part) : ?><span><?php echo esc_html($part); ?></span><?php endforeach; ?></p>
        <p class="crm-place"><?php echo esc_html(place_text($post_id)); ?></p>
    </div>
    <div class="crm-text"><?php echo $text; // phpcs:ignore -- the post's own content ?></div>
    <dl class="crm-facts">
        <?php foreach (facts($post_id) as $label => $fact) : ?>
            <div><dt><?php echo esc_html($label); ?></dt><dd><?php echo esc_html((string) $fact); ?></dd></div>
        <?php endforeach; ?>
    </dl>
    <?php if (value($post_id, 'amenities')) : ?>
        <h2><?php echo esc_html($labels['amenities']); ?></h2>
        <ul class="crm-amenities"><?php foreach ((array) value($post_id, 'amenities') as $amenity) : ?><li><?php echo esc_html((string) $amenity); ?></li><?php endforeach; ?></ul>
    <?php endif; ?>
    <?php if ($plans) : ?>
        <h2><?php echo esc_html($labels['floor_plans']); ?></h2>
        <div class="crm-plans"><?php foreach ($plans as $place => $id) : ?>
            <?php echo photo($id, $place, count($plans), 'medium_large'); // phpcs:ignore -- made of escaped parts ?>
        <?php endforeach; ?></div>
    <?php endif; ?>
    <?php if ($links) : ?>
        <p class="crm-links"><?php foreach ($links as $name => $address) : ?>
            <a href="<?php echo esc_url((string) $address, ['http', 'https']); ?>" rel="noopener"><?php echo esc_html($labels[$name]); ?></a>
        <?php endforeach; ?></p>
    <?php endif; ?>
    <?php if (value($post_id, 'agent_name')) : ?>
        <p class="crm-agent"><?php echo esc_html((string) value($post_id, 'agent_name')); ?>
            <?php if (value($post_id, 'agent_phone')) : ?>
                <a href="<?php echo esc_url('tel:' . preg_replace('/[^+\d]/', '', (string) value($post_id, 'agent_phone'))); ?>"><?php echo esc_html((string) value($post_id, 'agent_phone')); ?></a>
            <?php endif; ?></p>
    <?php endif; ?>
    <?php echo setting('form') ? render_form($post_id) : ''; // phpcs:ignore -- made of escaped parts ?>
</div>
