<?php
// What Ninja Forms does when a visitor has sent a form of it.
do_action('ninja_forms_after_submission', ['settings' => ['title' => 'Ask'], 'fields' => [
        ['type' => 'firstname', 'key' => 'name', 'label' => 'Name', 'value' => 'Omar'],
        ['type' => 'email', 'key' => 'email', 'label' => 'Email', 'value' => 'omar@example.test'],
        ['type' => 'textarea', 'key' => 'message', 'label' => 'Message', 'value' => 'Hello'],
        ['type' => 'submit', 'key' => 'submit', 'label' => 'Send message', 'value' => '']]]);
