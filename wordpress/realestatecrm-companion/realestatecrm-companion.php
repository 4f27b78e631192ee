<?php
/**
 * Plugin Name:       RealEstateCRM Companion
 * Description:       Shows the listings that RealEstateCRM publishes here, counts who looks at them, and hands enquiries to the CRM.
 * Version:           1.0.0
 * Requires at least: 6.1
 * Requires PHP:      8.0
 * Author:            RealEstateCRM
 * License:           GPL-2.0-or-later
 * License URI:       https://www.gnu.org/licenses/gpl-2.0.html
 * Text Domain:       realestatecrm-companion
 */

namespace RealEstateCRM\Companion;

defined('ABSPATH') || exit;

const VERSION = '1.0.0';
const MAIN = __FILE__;
const ROUTES = 'realestatecrm/v1';
const TYPE = 'crm_property';
const ID_KEY = 'crm_listing_id';

foreach ([
    'settings', 'tables', 'visitor', 'fields', 'type', 'foreign', 'lookup', 'unique', 'numbers', 'enquiries', 'delivery',
    'form', 'form-plugins', 'show', 'list', 'blocks', 'rest', 'settings-page', 'privacy',
] as $part) {
    require __DIR__ . "/includes/$part.php";
}
