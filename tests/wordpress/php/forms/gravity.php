<?php
// What Gravity Forms does when a visitor has sent a form of it.
do_action('gform_after_submission', ['status' => 'active', 'source_url' => '', '1.3' => 'Omar',
        '1.6' => 'Farouk', '2' => 'omar@example.test', '3' => 'Hello'], ['title' => 'Ask', 'fields' => [
        ['type' => 'name', 'label' => 'Name', 'id' => 1, 'inputs' => [['id' => '1.3'], ['id' => '1.6']]],
        ['type' => 'email', 'label' => 'Email', 'id' => 2, 'inputs' => null],
        ['type' => 'textarea', 'label' => 'Message', 'id' => 3, 'inputs' => null]]]);
