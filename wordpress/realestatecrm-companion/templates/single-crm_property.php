<?php
/** The page of one property in a classic theme. A theme may bring single-crm_property.php of its own. */

defined('ABSPATH') || exit;

ob_start();
get_header();
$crm_head = ob_get_clean();
// Some themes open <main> in their header, others leave it to the page.
$crm_tag = substr_count($crm_head, '<main') > substr_count($crm_head, '</main') ? 'div' : 'main';
echo $crm_head; // phpcs:ignore -- the theme's own
while (have_posts()) {
    the_post(); ?>
    <<?php echo $crm_tag; // phpcs:ignore -- one of two words ?> class="crm-page">
        <article <?php post_class(); ?>>
            <h1 class="entry-title"><?php the_title(); ?></h1>
            <?php echo RealEstateCRM\Companion\render_property(get_the_ID()) ?: get_the_password_form(); // phpcs:ignore -- made of escaped parts ?>
        </article>
    </<?php echo $crm_tag; // phpcs:ignore -- one of two words ?>>
<?php }
get_footer();
