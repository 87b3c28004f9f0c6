// The same in Node, without a dependency: node receiver.mjs <token> <secret,…>
import { createHmac, timingSafeEqual } from 'node:crypto';
import { createServer } from 'node:http';

const [token = '', secrets = '', port = '9091'] = process.argv.slice(2);
const seen = new Set();

const same = (a, b) => Buffer.byteLength(a) === Buffer.byteLength(b) && timingSafeEqual(Buffer.from(a), Buffer.from(b));

function trusts(headers, body) {
  if (token && !same(headers['x-rocketchat-livechat-token'] ?? '', token)) return false;
  if (!secrets) return true;
  const { 'webhook-id': id, 'webhook-timestamp': at, 'webhook-signature': signatures = '' } = headers;
  if (!(Math.abs(Date.now() / 1000 - Number(at)) < 300)) return false;
  return secrets.split(',').some((secret) => {
    const key = Buffer.from(secret.replace(/^whsec_/, ''), 'base64');
    const want = `v1,${createHmac('sha256', key).update(`${id}.${at}.`).update(body).digest('base64')}`;
    return signatures.split(' ').some((signature) => same(signature, want));
  });
}

createServer(async (request, response) => {
  const parts = [];
  for await (const part of request) parts.push(part);
  const body = Buffer.concat(parts);
  if (!trusts(request.headers, body)) return response.writeHead(403).end();
  const event = JSON.parse(body);
  const delivery = request.headers['x-livechat-delivery'];
  if (!seen.has(delivery)) console.log(event.type, event._id, event.visitor.name);
  seen.add(delivery);
  response.end(`known as ${event.visitor.name}`);
}).listen(Number(port), '127.0.0.1', function () {
  console.log('listening', this.address().port);
});
