<?php
/** The page of one property in a classic theme. A theme may bring single-crm_property.php of its own. */

defined('ABSPATH') || exit;

get_header();
while (have_posts()) {
    the_post(); ?>
    <main class="crm-page" id="content">
        <article <?php post_class(); ?>>
            <h1 class="entry-title"><?php the_title(); ?></h1>
            <?php echo RealEstateCRM\Companion\render_property(get_the_ID()); // phpcs:ignore -- made of escaped parts ?>
        </article>
    </main>
<?php }
get_footer();
