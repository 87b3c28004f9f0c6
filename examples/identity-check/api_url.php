<?php
// An example of the script of a website that Foyer asks who is signed in there, for a
// site that keeps PHP's own sessions and remembers in them who signed in:
//
//     $_SESSION['user'] = ['name' => 'Ana', 'email' => 'ana@example.org'];
//
// The page passes its session's id on as "custom", with or without its name in front
// (PHPSESSID=…). Foyer asks with form fields or with JSON; both are understood here.
// FOYER_TOKEN in the environment is the secret token of Foyer's settings.

$token = getenv('FOYER_TOKEN') ?: '';
$sent = $_SERVER['HTTP_X_ROCKETCHAT_LIVECHAT_TOKEN'] ?? '';
if ($token !== '' && !hash_equals($token, $sent)) {
    http_response_code(403);
    exit('wrong token');
}

$question = $_POST;
if (str_starts_with($_SERVER['CONTENT_TYPE'] ?? '', 'application/json')) {
    $question = json_decode(file_get_contents('php://input'), true) ?: [];
}
$id = preg_replace('/^' . preg_quote(session_name(), '/') . '=/', '', (string) ($question['custom'] ?? ''));

header('Content-Type: application/json');
$user = null;
if (preg_match('/^[A-Za-z0-9,-]{16,256}$/', $id)) {
    session_id($id);
    session_start(['use_cookies' => false, 'use_strict_mode' => true, 'read_and_close' => true]);
    $user = session_id() === $id ? ($_SESSION['user'] ?? null) : null;
}
echo json_encode($user ? ['logged_in' => true] + $user : ['logged_in' => false]);
