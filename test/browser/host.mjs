// Somebody else's web site, with the snippet on its page.
import { createServer } from 'node:http';

/** snippet is the official one, for the widget of a server. */
const snippet = (server, site) => `(function(w, d, s, u) {
  w.RocketChat = function(c) { w.RocketChat._.push(c) }; w.RocketChat._ = []; w.RocketChat.url = u;
  var h = d.getElementsByTagName(s)[0], j = d.createElement(s);
  j.async = true; j.src = u.split('?')[0] + '/rocketchat-livechat.min.js?_=201903270000';
  h.parentNode.insertBefore(j, h);
})(window, document, 'script', '${server}/livechat${site ? `?site=${site}` : ''}');`;

/**
 * host serves a page that chats with a server. The page has a policy if one is
 * given, and names its site if one is; what it asks of the widget runs after the snippet, as on real pages. At /?bare it has no widget.
 */
export async function host({ server, site, policy, asks = '' }) {
  const page = `<!doctype html><html lang="en"><title>Another site</title><body><main><h1>Another site</h1></main>
    <script nonce="ours">window.before = Object.getOwnPropertyNames(window);</script>
    <script nonce="ours">${snippet(server, site)}${asks}</script></body></html>`;
  const bare = page.replace(/<script[^]*<\/script>/, '');
  const web = createServer((request, answer) => {
    answer.writeHead(200, { 'content-type': 'text/html', ...(policy && { 'content-security-policy': policy }) }).end(request.url === '/?bare' ? bare : page);
  });
  await new Promise((listening) => web.listen(0, '127.0.0.1', listening));
  return { url: `http://127.0.0.1:${web.address().port}/`, close: () => web.close() };
}
