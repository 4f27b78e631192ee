<?php
/** Enquiries from the form plugins that a site has already: their fields are told by type, name or label. */

namespace RealEstateCRM\Companion;

defined('ABSPATH') || exit;

/** By what a field is recognized, the clearest first. */
const KINDS = [
    'email' => '/e-?mail|courriel|correo|بريد/iu',
    'phone' => '/phone|mobile|whatsapp|\btel|fon\b|móvil|هاتف|جوال/iu',
    'consent' => '/consent|accept|agree|gdpr|privacy|policy|acceptance|موافق/iu',
    'text' => '/message|comment|question|enquir|inquir|nachricht|mensaje|textarea|رسال/iu',
    'name' => '/name|nombre|nom\b|اسم/iu',
];

/** Take down what a form was sent with. $fields: [[hint, value], ...]; a hint is type, name and label in one text. */
function take_from_form(array $fields, string $source, int $post_id = 0): void {
    if (!setting('forms')) {
        return;
    }
    $said = ['source' => $source, 'page' => wp_get_raw_referer() ?: ''];
    foreach ($fields as [$hint, $value]) {
        $value = is_array($value) ? implode(' ', array_filter(array_map(fn($part) => is_scalar($part) ? (string) $part : '', $value))) : (string) $value;
        foreach (KINDS as $kind => $pattern) {
            if (preg_match($pattern, $hint)) {
                $said[$kind] = $kind === 'name' && isset($said['name']) ? "{$said['name']} $value" : ($said[$kind] ?? $value);
                break;
            }
        }
    }
    $said['consent'] = !empty($said['consent']);
    if (($said['email'] ?? '') !== '' || ($said['phone'] ?? '') !== '') {
        take_enquiry($said, listing_post($post_id ?: url_to_postid($said['page'])));
    }
}

// Contact Form 7: what it sent, and what it could not mail; spam stays out.
add_action('wpcf7_submit', function ($form, $result) {
    $submission = class_exists('WPCF7_Submission') ? \WPCF7_Submission::get_instance() : null;
    if (!$submission || !in_array($result['status'] ?? '', ['mail_sent', 'mail_failed'], true)) {
        return;
    }
    $fields = [];
    foreach ($form->scan_form_tags() as $tag) {
        if ($tag->name) {
            $fields[] = ["$tag->basetype $tag->name", $submission->get_posted_data($tag->name) ?? ''];
        }
    }
    take_from_form($fields, 'Contact Form 7: ' . $form->title(), (int) $submission->get_meta('container_post_id'));
}, 10, 2);

add_action('wpforms_process_complete', function ($fields, $entry, $form) {
    $post = (int) ($_POST['page_id'] ?? ($_POST['wpforms']['post_id'] ?? 0));
    $found = array_map(fn($field) => [($field['type'] ?? '') . ' ' . ($field['name'] ?? ''), $field['value'] ?? ''], (array) $fields);
    take_from_form(array_values($found), 'WPForms: ' . ($form['settings']['form_title'] ?? ''), $post);
}, 10, 3);

add_action('gform_after_submission', function ($entry, $form) {
    if (($entry['status'] ?? '') === 'spam') {
        return;
    }
    $found = [];
    foreach ($form['fields'] ?? [] as $field) {
        $hint = ($field['type'] ?? '') . ' ' . ($field['label'] ?? '');
        foreach ($field['inputs'] ?? [] ?: [['id' => $field['id'] ?? '']] as $input) {
            $found[] = [$hint, $entry[(string) $input['id']] ?? ''];
        }
    }
    $found = array_values(array_filter($found, fn($pair) => $pair[1] !== ''));
    take_from_form($found, 'Gravity Forms: ' . ($form['title'] ?? ''), url_to_postid($entry['source_url'] ?? ''));
}, 10, 2);

add_action('ninja_forms_after_submission', function ($data) {
    $found = array_map(
        fn($field) => [($field['type'] ?? '') . ' ' . ($field['key'] ?? '') . ' ' . ($field['label'] ?? ''), $field['value'] ?? ''],
        array_filter((array) ($data['fields'] ?? []), fn($field) => ($field['type'] ?? '') !== 'submit')
    );
    take_from_form(array_values($found), 'Ninja Forms: ' . ($data['settings']['title'] ?? ''));
});
