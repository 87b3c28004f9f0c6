"""The same in Python, without a dependency: python3 receiver.py <token> <secret,...>"""
import base64, hashlib, hmac, json, sys, time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

token, secrets, port = (sys.argv[1:] + [""] * 3)[:3]
seen = set()


def trusts(headers, body):
    if token and not hmac.compare_digest(headers.get("X-RocketChat-Livechat-Token", "").encode(), token.encode()):
        return False
    if not secrets:
        return True
    at = headers.get("webhook-timestamp", "")
    if not at.isdigit() or abs(time.time() - int(at)) > 300:
        return False
    signed = f"{headers.get('webhook-id', '')}.{at}.".encode() + body
    for secret in secrets.split(","):
        key = base64.b64decode(secret.removeprefix("whsec_"))
        want = b"v1," + base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest())
        if any(hmac.compare_digest(one.encode(), want) for one in headers.get("webhook-signature", "").split()):
            return True
    return False


class Receiver(BaseHTTPRequestHandler):
    def do_POST(self):
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        if not trusts(self.headers, body):
            self.send_error(403)
            return
        event = json.loads(body)
        delivery = self.headers.get("X-Livechat-Delivery")
        name = event["visitor"].get("name", "")
        if delivery not in seen:
            print(event["type"], event["_id"], name, flush=True)
        seen.add(delivery)
        self.send_response(200)
        self.end_headers()
        self.wfile.write(f"known as {name}".encode())

    def log_message(self, *_):
        pass


server = ThreadingHTTPServer(("127.0.0.1", int(port or 9091)), Receiver)
print("listening", server.server_address[1], flush=True)
server.serve_forever()
