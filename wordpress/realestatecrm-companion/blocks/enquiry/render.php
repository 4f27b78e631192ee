<?php
/** In: $attributes, $block. */

namespace RealEstateCRM\Companion;

defined('ABSPATH') || exit;

echo render_form(block_post($attributes, $block)); // phpcs:ignore -- made of escaped parts
