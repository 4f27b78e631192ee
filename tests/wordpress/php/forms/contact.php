<?php
// What Contact Form 7 does when a visitor has sent a form of it, and when it takes one for spam.
class WPCF7_Submission {
    static function get_instance() { return new self; }
    function get_posted_data($name) {
        return ['your-name' => 'Omar', 'your-email' => 'omar@example.test', 'your-message' => 'Hello'][$name];
    }
    function get_meta($name) { return 0; }
}
$form = new class {
    function title() { return 'Ask'; }
    function scan_form_tags() {
        return array_map(fn($pair) => (object) ['basetype' => $pair[0], 'name' => $pair[1]],
            [['text', 'your-name'], ['email', 'your-email'], ['textarea', 'your-message'], ['submit', '']]);
    }
};
do_action('wpcf7_submit', $form, ['status' => 'mail_sent']);
do_action('wpcf7_submit', $form, ['status' => 'spam']);
