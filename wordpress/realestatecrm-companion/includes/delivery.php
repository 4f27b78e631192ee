<?php
/** Sending enquiries to the CRM: signed, from a queue, again and again until the CRM has them. */

namespace RealEstateCRM\Companion;

defined('ABSPATH') || exit;

const CLAIM_SECONDS = 60;
const PATIENCE = 8;        // seconds for an answer, while a visitor may wait behind it
const TEST_PATIENCE = 30;  // an administrator who asks may wait
const PAUSES = [60, 120, 300, 900, 1800, 3600];

add_action('realestatecrm_deliver', __NAMESPACE__ . '\\deliver');

function can_send(): bool {
    return setting('crm_url') !== '' && setting('site') !== '' && setting('key') !== '';
}

function send_after_answer(): void {
    if (!has_action('shutdown', __NAMESPACE__ . '\\deliver_after_answer')) {
        add_action('shutdown', __NAMESPACE__ . '\\deliver_after_answer', 1000);
    }
}

/** Where WordPress's own clock is off, what waits leaves when somebody looks at a listing or the CRM asks for something. */
function send_what_is_due(): void {
    global $wpdb;
    $table = table('enquiries');
    if (can_send() && $wpdb->get_var($wpdb->prepare("SELECT 1 FROM $table WHERE state = 'waiting' AND due <= %d LIMIT 1", time()))) {
        send_after_answer();
    }
}

/** The visitor does not wait for the CRM where the server can answer first. */
function deliver_after_answer(): void {
    if (!can_send()) {
        return;
    }
    if (function_exists('fastcgi_finish_request')) {
        fastcgi_finish_request();
    } elseif (function_exists('litespeed_finish_request')) {
        litespeed_finish_request();
    } else {
        flush();
    }
    deliver();
}

/** Send what is due; with $all what waits for later too. Stops when the CRM can't take more now. */
function deliver(bool $all = false): array {
    global $wpdb;
    $table = table('enquiries');
    $sent = 0;
    if (!can_send()) {
        return ['sent' => 0] + queue_state();
    }
    $due = $wpdb->get_results($wpdb->prepare(
        "SELECT n, due FROM $table WHERE state = 'waiting' AND due <= %d ORDER BY n LIMIT 50", time() + ($all ? WEEK_IN_SECONDS : 0)
    ));
    foreach ($due as $row) {
        // Whoever moves `due` first sends; a sender that dies leaves it to be due again.
        $claimed = $wpdb->query($wpdb->prepare(
            "UPDATE $table SET due = %d, attempts = attempts + 1 WHERE n = %d AND state = 'waiting' AND due = %d",
            time() + CLAIM_SECONDS, $row->n, $row->due
        ));
        if (!$claimed) {
            continue;
        }
        $waiting = $wpdb->get_row($wpdb->prepare("SELECT n, body, attempts FROM $table WHERE n = %d", $row->n));
        [$state, $trouble, $pause] = outcome(send_signed($waiting->body), (int) $waiting->attempts);
        $wpdb->update($table, ['state' => $state, 'trouble' => $trouble, 'due' => time() + $pause], ['n' => $row->n]);
        $sent += $state === 'sent' ? 1 : 0;
        if ($state === 'waiting') {
            break;
        }
    }
    come_again();
    return ['sent' => $sent] + queue_state();
}

/** What an answer means: [state, sentence, pause in seconds]. */
function outcome(array $answer, int $attempts): array {
    $pause = $answer['retry_after'] ?: PAUSES[min($attempts, count(PAUSES)) - 1];
    return match (true) {
        in_array($answer['status'], [200, 201], true) => ['sent', '', 0],
        in_array($answer['status'], [400, 413, 422], true) => ['refused', $answer['error'], 0],
        $answer['status'] === 401 => ['waiting', __('The CRM does not know this site number or this key.', 'realestatecrm-companion'), HOUR_IN_SECONDS],
        default => ['waiting', $answer['error'], $pause],
    };
}

/** One request to the CRM; when it says that our clock is off, or that it saw these very bytes, once more. */
function send_signed(string $body, int $patience = PATIENCE): array {
    $ahead = 0;
    for ($try = 0; ; $try++) {
        $time = (string) (time() + $ahead);
        $answer = read_answer(wp_remote_post(untrailingslashit(setting('crm_url')) . '/intake/', [
            'timeout' => $patience, 'redirection' => 0, 'body' => $body,
            'headers' => [
                'Content-Type' => 'application/json',
                'X-CRM-Site' => setting('site'),
                'X-CRM-Time' => $time,
                'X-CRM-Signature' => hash_hmac('sha256', "$time.$body", setting('key')),
            ],
        ]));
        $off = $answer['status'] === 401 && $answer['error'] === 'time' && $answer['now'];
        if ($try > 0 || (!$off && $answer['status'] !== 409)) {
            return $answer;
        }
        $ahead = $off ? $answer['now'] - time() : $ahead + 1;
    }
}

function read_answer($answer): array {
    if (is_wp_error($answer)) {
        return ['status' => 0, 'error' => $answer->get_error_message(), 'now' => 0, 'retry_after' => 0];
    }
    $status = (int) wp_remote_retrieve_response_code($answer);
    $said = json_decode(wp_remote_retrieve_body($answer), true);
    $said = is_array($said) ? $said : [];
    // Another page than the CRM's may answer 200 too: only these words mean that it has the enquiry.
    $taken = in_array($said['status'] ?? '', ['taken', 'known', 'ok'], true);
    return [
        'status' => $status >= 200 && $status < 300 && !$taken ? 0 : $status,
        'error' => is_string($said['error'] ?? null) ? $said['error'] : sprintf(__('The CRM answered %d.', 'realestatecrm-companion'), $status),
        'now' => (int) ($said['now'] ?? 0),
        'retry_after' => min(DAY_IN_SECONDS, max(0, (int) wp_remote_retrieve_header($answer, 'retry-after'))),
    ];
}

/** Have WordPress call when the next one is due. */
function come_again(): void {
    global $wpdb;
    $table = table('enquiries');
    $next = $wpdb->get_var("SELECT MIN(due) FROM $table WHERE state = 'waiting'");
    wp_clear_scheduled_hook('realestatecrm_deliver');
    if ($next) {
        wp_schedule_single_event(max(time() + 5, (int) $next), 'realestatecrm_deliver');
    }
}

function queue_state(): array {
    global $wpdb;
    $table = table('enquiries');
    $counts = $wpdb->get_results("SELECT state, COUNT(*) AS number, MIN(created) AS oldest FROM $table GROUP BY state", OBJECT_K);
    return [
        'waiting' => (int) ($counts['waiting']->number ?? 0),
        'refused' => (int) ($counts['refused']->number ?? 0),
        'oldest' => isset($counts['waiting']) ? str_replace(' ', 'T', $counts['waiting']->oldest) . 'Z' : null,
        'trouble' => (string) $wpdb->get_var("SELECT trouble FROM $table WHERE trouble <> '' ORDER BY n DESC LIMIT 1"),
    ];
}

/** Ask the CRM whether address, number and key are right; a sentence for the administrator, and whether it is good. */
function test_connection(): array {
    if (!can_send()) {
        return [false, __('Fill in the address of the CRM, the number of this site and the key first.', 'realestatecrm-companion')];
    }
    $answer = send_signed(wp_json_encode(['id' => 'test-' . wp_generate_uuid4(), 'test' => true]), TEST_PATIENCE);
    if (in_array($answer['status'], [200, 201], true)) {
        return [true, __('The CRM answers and knows this site.', 'realestatecrm-companion')];
    }
    return [false, outcome($answer, 1)[1]];
}

add_action('rest_api_init', function () {
    $administrators = fn() => current_user_can('manage_options');
    register_rest_route(ROUTES, '/deliver', [
        'methods' => 'POST', 'callback' => fn() => deliver(true), 'permission_callback' => $administrators,
    ]);
    // The CRM may connect the site by itself, with the account that it publishes with.
    register_rest_route(ROUTES, '/connect', [
        'methods' => 'POST', 'callback' => __NAMESPACE__ . '\\rest_connect', 'permission_callback' => $administrators,
        'args' => [
            'crm_url' => ['required' => true, 'type' => 'string', 'format' => 'uri'],
            'site' => ['required' => true, 'type' => 'string'],
            'key' => ['required' => true, 'type' => 'string', 'minLength' => 16],
        ],
    ]);
});

function rest_connect(\WP_REST_Request $request): array {
    save_settings(['crm_url' => esc_url_raw($request['crm_url'], ['http', 'https']), 'site' => $request['site'], 'key' => $request['key']]);
    [$good, $sentence] = test_connection();
    if ($good) {
        send_after_answer();  // what waited for the right key
    }
    return ['good' => $good, 'sentence' => $sentence];
}
