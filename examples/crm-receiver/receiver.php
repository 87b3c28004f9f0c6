<?php
// The example of main.go in PHP, for a web server or: php -S 127.0.0.1:9091 receiver.php
//
// The environment says what to check: FOYER_TOKEN is the token of the settings,
// FOYER_SECRET the signing secrets, separated by commas; what is empty is not checked.
// FOYER_SEEN is a folder in which deliveries that were taken are remembered.

function refuse(int $status, string $why): never
{
    http_response_code($status);
    exit($why);
}

// trusts says whether one of the signatures is that of one of the secrets
// (https://www.standardwebhooks.com), and not older than five minutes.
function trusts(string $body, array $secrets): bool
{
    $id = $_SERVER['HTTP_WEBHOOK_ID'] ?? '';
    $at = $_SERVER['HTTP_WEBHOOK_TIMESTAMP'] ?? '';
    if (!ctype_digit($at) || abs(time() - (int) $at) > 300) {
        return false;
    }
    $sent = explode(' ', $_SERVER['HTTP_WEBHOOK_SIGNATURE'] ?? '');
    foreach ($secrets as $secret) {
        $key = base64_decode(preg_replace('/^whsec_/', '', $secret), true);
        $want = 'v1,' . base64_encode(hash_hmac('sha256', "$id.$at.$body", (string) $key, true));
        foreach ($sent as $signature) {
            if ($key !== false && hash_equals($want, $signature)) {
                return true;
            }
        }
    }
    return false;
}

// first says whether a delivery is taken for the first time: one may arrive more than once.
function first(string $id): bool
{
    $folder = getenv('FOYER_SEEN') ?: sys_get_temp_dir();
    return $id === '' || @fopen($folder . '/foyer-' . hash('sha256', $id), 'x') !== false;
}

$body = file_get_contents('php://input');
$token = getenv('FOYER_TOKEN') ?: '';
$secrets = array_filter(explode(',', getenv('FOYER_SECRET') ?: ''));
if ($token !== '' && !hash_equals($token, $_SERVER['HTTP_X_ROCKETCHAT_LIVECHAT_TOKEN'] ?? '') || $secrets && !trusts($body, $secrets)) {
    refuse(403, 'wrong token or signature');
}
$event = json_decode($body, true);
if (!is_array($event)) {
    refuse(400, 'no JSON');
}
$name = $event['visitor']['name'] ?? '';
if (first($_SERVER['HTTP_X_LIVECHAT_DELIVERY'] ?? '')) {
    error_log("{$event['type']} in {$event['_id']} of $name");
}
header('Content-Type: text/plain; charset=utf-8');
echo "known as $name";
