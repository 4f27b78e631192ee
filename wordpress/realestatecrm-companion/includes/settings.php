<?php
/** What the administrator of the site has set: one option, read through here. */

namespace RealEstateCRM\Companion;

defined('ABSPATH') || exit;

const OPTION = 'realestatecrm_companion';
const DEFAULTS = [
    'crm_url' => '',        // where the CRM answers, as https://crm.example.com
    'site' => '',           // the name by which the CRM knows this site
    'key' => '',            // shared with the CRM; signs what is sent there
    'form' => true,         // an enquiry form on each property's page
    'forms' => true,        // enquiries from Contact Form 7, WPForms, Gravity Forms, Ninja Forms
    'consent' => '',        // the sentence beside the box to tick; empty for ours
    'keep_days' => 90,      // how long an enquiry stays here
    'erase' => false,       // whether removing the plugin removes its settings and tables
];

function setting(string $name): mixed {
    $saved = get_option(OPTION);
    return (is_array($saved) ? $saved : [])[$name] ?? DEFAULTS[$name];
}

function save_settings(array $changes): void {
    $saved = get_option(OPTION);
    $known = array_intersect_key($changes, DEFAULTS);
    update_option(OPTION, array_merge(is_array($saved) ? $saved : [], $known), false);
}
