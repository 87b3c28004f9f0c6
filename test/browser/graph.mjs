// Facebook as far as a server talks to it: a person's name, messages to her, a page's
// subscription; and what Facebook tells that server.
import { createHmac } from 'node:crypto';
import { createServer } from 'node:http';

export class Graph {
  sent = [];
  refuses = false;

  async open() {
    this.server = createServer((request, response) => void this.#answer(request, response));
    await new Promise((listening) => this.server.listen(0, '127.0.0.1', listening));
    this.url = `http://127.0.0.1:${this.server.address().port}/v23.0`;
  }

  async #answer(request, response) {
    let body = '';
    for await (const chunk of request) body += chunk;
    const { pathname } = new URL(request.url, 'http://graph');
    if (this.refuses) {
      response.statusCode = 400;
      response.end(JSON.stringify({ error: { message: 'Invalid OAuth access token.', code: 190 } }));
      return;
    }
    if (pathname.endsWith('/messages')) this.sent.push(JSON.parse(body));
    response.end(JSON.stringify(request.method === 'GET' ? { first_name: 'Ann', last_name: pathname.split('/').at(-1) } : { success: true }));
  }

  /** tell brings somebody's message to a page to the server. */
  async tell(server, secret, page, person, text) {
    const mid = `m_${this.sent.length}_${text}`;
    const body = JSON.stringify({ object: 'page', entry: [{ id: page, messaging: [{ sender: { id: person }, recipient: { id: page }, message: { mid, text } }] }] });
    const signature = `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`;
    return (await fetch(`${server}/api/v1/livechat/facebook`, { method: 'POST', body, headers: { 'Content-Type': 'application/json', 'X-Hub-Signature-256': signature } })).status;
  }

  close() {
    this.server.close();
    this.server.closeAllConnections();
  }
}
