<?php
/** The enquiry form: on each property's page, as a block, and as [crm_enquiry]. Works without script. */

namespace RealEstateCRM\Companion;

defined('ABSPATH') || exit;

const MOST_ENQUIRIES = 5;      // from one visitor
const ENQUIRY_SECONDS = 600;   // within this time

add_shortcode('crm_enquiry', fn($attributes) => render_form((int) (shortcode_atts(['post' => get_the_ID()], $attributes)['post'])));
add_action('template_redirect', __NAMESPACE__ . '\\handle_form', 1);

/** What was typed and what is wrong with it, when the form comes back. */
function form_state(?array $new = null): array {
    static $state = ['typed' => [], 'wrong' => []];
    return $state = $new ?? $state;
}

function consent_text(): string {
    return setting('consent') ?: __('I agree to be contacted about this enquiry by telephone, e-mail or WhatsApp.', 'realestatecrm-companion');
}

function handle_form(): void {
    $typed = isset($_POST['crm_enquiry']) && is_array($_POST['crm_enquiry']) ? wp_unslash($_POST['crm_enquiry']) : null;
    if ($typed === null) {
        return;
    }
    $typed = array_map(fn($value) => is_scalar($value) ? trim((string) $value) : '', $typed);
    $wrong = what_is_wrong($typed);
    if ($wrong) {
        nocache_headers();
        form_state(['typed' => $typed, 'wrong' => $wrong]);
        return;
    }
    if (($typed['website'] ?? '') === '') {  // a field that people don't see: who fills it in is thanked and forgotten
        take_enquiry([
            'name' => $typed['name'], 'phone' => $typed['phone'] ?? '', 'email' => $typed['email'] ?? '', 'text' => $typed['text'] ?? '',
            'consent' => true, 'consent_text' => consent_text(), 'page' => home_url(strtok($_SERVER['REQUEST_URI'], '?')),
            'source' => ($typed['utm_source'] ?? '') ?: 'website form', 'campaign' => $typed['utm_campaign'] ?? '',
        ], listing_post((int) ($typed['post'] ?? 0)));
    }
    wp_safe_redirect(add_query_arg('enquiry', 'sent', home_url(strtok($_SERVER['REQUEST_URI'], '?'))) . '#crm-enquiry', 303);
    exit;
}

/** Only a listing that everybody may see. */
function listing_post(int $post_id): int {
    $post = $post_id ? get_post($post_id) : null;
    return $post && $post->post_status === 'publish' && get_post_meta($post_id, ID_KEY, true) !== '' ? $post_id : 0;
}

function what_is_wrong(array $typed): array {
    $wrong = [];
    if (!wp_verify_nonce($typed['nonce'] ?? '', 'crm-enquiry')) {
        $wrong['form'] = __('This page was open for long. Please send once more.', 'realestatecrm-companion');
    }
    if (($typed['name'] ?? '') === '') {
        $wrong['name'] = __('Please tell us your name.', 'realestatecrm-companion');
    }
    if (($typed['email'] ?? '') === '' && ($typed['phone'] ?? '') === '') {
        $wrong['phone'] = __('Please give a telephone number or an e-mail address.', 'realestatecrm-companion');
    }
    if (($typed['email'] ?? '') !== '' && !is_email($typed['email'])) {
        $wrong['email'] = __('This is not an e-mail address.', 'realestatecrm-companion');
    }
    if (empty($typed['consent'])) {
        $wrong['consent'] = __('Please tick this, so that we may answer.', 'realestatecrm-companion');
    }
    if (!$wrong && seen_before('enquiry', ENQUIRY_SECONDS) >= MOST_ENQUIRIES) {
        $wrong['form'] = __('We have several enquiries of yours. Please telephone us, or try again in ten minutes.', 'realestatecrm-companion');
    }
    return $wrong;
}

function render_form(int $post_id): string {
    wp_enqueue_style('crm-companion');
    ob_start();
    ['typed' => $typed, 'wrong' => $wrong] = form_state();
    $sent = isset($_GET['enquiry']) && $_GET['enquiry'] === 'sent' && !$wrong;
    include __DIR__ . '/../templates/enquiry-form.php';
    return ob_get_clean();
}

/** A value of the query string, for the form to carry along. */
function asked(string $name): string {
    return isset($_GET[$name]) && is_string($_GET[$name]) ? mb_substr(sanitize_text_field(wp_unslash($_GET[$name])), 0, 200) : '';
}
