<?php
// What WPForms does when a visitor has sent a form of it.
do_action('wpforms_process_complete', [
        ['type' => 'name', 'name' => 'Name', 'value' => 'Omar'],
        ['type' => 'email', 'name' => 'E-mail', 'value' => 'omar@example.test'],
        ['type' => 'textarea', 'name' => 'Message', 'value' => 'Hello']], [], ['settings' => ['form_title' => 'Ask']], 1);
