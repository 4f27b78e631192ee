<?php
/** The enquiry form: on each property's page, as a block, and as [crm_enquiry]. Works without script. */

namespace RealEstateCRM\Companion;

defined('ABSPATH') || exit;

const ENQUIRY_SECONDS = 600;
const MOST_ENQUIRIES = 5;      // from one visitor within this time
const MOST_FROM_ADDRESS = 50;  // and from all those who share an address, such as behind a proxy
const LEAST_SECONDS = 2;       // nobody reads and fills in a form faster
const STAMP_DAYS = 30;         // page caches keep pages for long

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
            'consent' => true, 'consent_text' => consent_text(), 'page' => page_address(),
            'source' => ($typed['utm_source'] ?? '') ?: 'website form', 'campaign' => $typed['utm_campaign'] ?? '',
        ], listing_post((int) ($typed['post'] ?? 0)));
    }
    wp_safe_redirect(add_query_arg('enquiry', 'sent', page_address()) . '#crm-enquiry', 303);
    exit;
}

/** The address of the page that the form stands on, also where WordPress lies in a folder or has no permalinks. */
function page_address(): string {
    $shown = is_singular() ? get_permalink(get_queried_object_id()) : false;
    return $shown ?: home_url('/' . ($GLOBALS['wp']->request ?? ''));
}

/** When the form was drawn, signed. No nonce: page caches keep pages longer than a nonce is good for, and the form does
    nothing in anybody's name. */
function stamp(): string {
    $at = (string) time();
    return $at . '.' . wp_hash("crm-enquiry $at", 'nonce');
}

/** What the stamp says against the form; empty for nothing. */
function wrong_stamp(string $stamp): string {
    [$at, $signature] = explode('.', $stamp, 2) + ['', ''];
    $age = time() - (int) $at;
    if (!hash_equals(wp_hash("crm-enquiry $at", 'nonce'), $signature) || $age > STAMP_DAYS * DAY_IN_SECONDS) {
        return __('This page was open for long. Please send once more.', 'realestatecrm-companion');
    }
    return $age < (int) apply_filters('realestatecrm_least_seconds', LEAST_SECONDS)
        ? __('That was very quick. Please send once more.', 'realestatecrm-companion') : '';
}

/** Whether somebody, or an address that many share, sends more than people do. */
function too_many(): bool {
    $address = visitor_address();
    $mine = seen_before('enquiry', $address . '|' . forwarded_for(), ENQUIRY_SECONDS);
    return $mine >= MOST_ENQUIRIES || seen_before('enquiries', $address, ENQUIRY_SECONDS) >= MOST_FROM_ADDRESS;
}

/** Only a listing that everybody may see. */
function listing_post(int $post_id): int {
    $post = $post_id ? get_post($post_id) : null;
    return $post && $post->post_status === 'publish' && get_post_meta($post_id, ID_KEY, true) !== '' ? $post_id : 0;
}

function what_is_wrong(array $typed): array {
    $wrong = array_filter(['form' => wrong_stamp($typed['stamp'] ?? '')]);
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
    if (!$wrong && too_many()) {
        $wrong['form'] = __('We have several enquiries of yours. Please telephone us, or try again in ten minutes.', 'realestatecrm-companion');
    }
    return $wrong;
}

function render_form(int $post_id): string {
    wp_enqueue_style('crm-companion');
    ob_start();
    ['typed' => $typed, 'wrong' => $wrong] = form_state();
    if ((int) ($typed['post'] ?? $post_id) !== $post_id) {  // another form on this page was sent
        $typed = $wrong = [];
    }
    $mark = form_mark('crm-enquiry');
    $sent = isset($_GET['enquiry']) && $_GET['enquiry'] === 'sent' && !form_state()['wrong'];
    include __DIR__ . '/../templates/enquiry-form.php';
    return ob_get_clean();
}

/** The first form of a page has the plain name, so that a link leads to it; further ones are numbered. */
function form_mark(string $name): string {
    static $made = 0;
    return ++$made === 1 ? $name : "$name-$made";
}

/** A value of the query string, for the form to carry along. */
function asked(string $name): string {
    return isset($_GET[$name]) && is_string($_GET[$name]) ? mb_substr(sanitize_text_field(wp_unslash($_GET[$name])), 0, 200) : '';
}
