// Somebody else's web site, with the second API's code on its pages.
import { createServer } from 'node:http';

const CODE = `(function (w, d, s) {
  var l = w.livechatoo = w.livechatoo || { _: [], embed: { options: {} }, popup: { options: {} } };
  if (l._) ['init', 'status', 'stop', 'flip', 'bubble', 'reload', 'switch_side', 'page', 'close'].forEach(function (f) {
    ['embed', 'popup'].forEach(function (p) {
      l[p][f] = function () { if (f === 'status') return 'loading'; l._.push([p, f, arguments, l[p].options]); };
    });
  });
  var j = d.createElement('script'), h = d.getElementsByTagName('script')[0];
  j.async = true; j.src = s; h.parentNode.insertBefore(j, h);
})(window, document, 'SERVER/livechatoo/embed.js');`;

/** The code of a server, as the console shows it. */
export const code = (server) => CODE.replace('SERVER', server);

/** served serves a page, whatever the address; other names of the same host are other hosts. */
async function served(page, headers) {
  const css = 'p { font-variant: small-caps; } #launcher { letter-spacing: 3px; }';
  const web = createServer(({ url }, answer) => {
    if (url.endsWith('.css')) return answer.writeHead(200, { 'content-type': 'text/css' }).end(css);
    answer.writeHead(200, { 'content-type': 'text/html', ...headers }).end(page);
  });
  await new Promise((listening) => web.listen(0, '127.0.0.1', listening));
  const { port } = web.address();
  return { url: `http://127.0.0.1:${port}/`, elsewhere: `http://localhost:${port}/`, close: () => web.close() };
}

/** plainPage serves a page with nothing but a code. */
export const plainPage = (code) => served(`<!doctype html><html lang="en"><title>Another site</title><body><main><h1>Another site</h1></main>${code}</body></html>`);

/** secondPage serves pages that chat with a server; what they ask runs after the code. */
export async function secondPage({ server, asks = '', before = '', policy }) {
  const page = `<!doctype html><html lang="en"><title>Another site</title><body><main><h1>Another site</h1><a href="#" id="image">Chat</a></main>
    <script nonce="ours">window.told = []; ${before}</script><script nonce="ours">${code(server)}${asks}</script></body></html>`;
  return served(page, policy && { 'content-security-policy': policy });
}
