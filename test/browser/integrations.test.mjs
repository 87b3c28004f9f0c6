// Beside a chat: who the site says the visitor is, and a page of somebody else's, shut
// in. On a desktop and on a phone, each state examined by axe-core.
import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { after, before, test } from 'node:test';
import { accessible, launch } from './browser.mjs';
import { Stage } from './stage.mjs';

const looks = { desktop: {}, phone: { viewport: { width: 360, height: 740 }, isMobile: true, hasTouch: true } };
const pictures = process.env.FOYER_LOOK; // a folder for pictures of every state

const asked = [];
let answer = { logged_in: true, name: 'Nora <b>', email: 'nora@shop.example', url: 'https://shop.example/customers/9', plan: 'gold' };
const page = `<!doctype html><meta charset="utf-8"><title>CRM</title><h1>Orders</h1><p id="seen"></p><script>
  let outside = 'nothing';
  try { outside = parent.document.title; } catch {}
  const q = new URLSearchParams(location.search);
  document.getElementById('seen').textContent = [q.get('uid') !== '', q.get('rid'), q.get('tenant'), (q.get('t') ?? '').length > 80, outside].join(' ');
</script>`;
const site = createServer((request, response) => {
  let body = '';
  request.on('data', (part) => (body += part));
  request.on('end', () => {
    if (request.method === 'GET') return response.writeHead(200, { 'Content-Type': 'text/html' }).end(page);
    asked.push(JSON.parse(body).custom);
    response.writeHead(200, { 'Content-Type': 'application/json' }).end(JSON.stringify(answer));
  });
});

const stage = new Stage();
let browser, url;
const set = (id, value) => stage.foyer.call('POST', `/api/v1/settings/${id}`, { value });
before(async () => {
  await new Promise((done) => site.listen(0, '127.0.0.1', done));
  url = `http://127.0.0.1:${site.address().port}`;
  browser = await launch();
  await stage.open(browser, 'SQLite', { flags: ['--allow-private-outbound'] });
  await set('Livechat_identity_check_url', `${url}/who`);
});
after(async () => {
  await browser?.close();
  await stage.close();
  site.close();
});

for (const [look, options] of Object.entries(looks)) {
  test(`beside a chat, ${look}`, async () => {
    await stage.nobodyIsThere();
    await set('Omnichannel_External_Frame_Enabled', false);
    const ada = await stage.agent(`Ada-${look}`, { roles: ['admin', 'livechat-agent'], ...options });
    const check = async (state) => {
      await accessible(ada.page, `${state}, ${look}`);
      for (const colorScheme of pictures ? ['light', 'dark'] : []) {
        await ada.page.emulateMedia({ colorScheme });
        await ada.page.screenshot({ path: `${pictures}/beside-${look}-${state.replaceAll(' ', '-')}-${colorScheme}.png` });
      }
    };
    const button = (name) => ada.page.getByRole('button', { name, exact: true });
    const nora = await stage.visitor();
    let session;
    nora.page.on('request', (request) => (session ??= request.headers()['x-foyer-session']));
    await nora.begin(`Nora ${look}`, 'Where is my parcel?');
    await ada.choose(`Nora ${look}`);
    if (look === 'phone') await button('Details').click();
    const details = ada.page.getByRole('complementary', { name: 'Details' });
    const rid = ada.room;
    const claimed = await nora.page.request.post(`${stage.foyer.url}/api/v1/foyer/widget/identity`, { headers: { 'X-Foyer-Session': session }, data: { rid, custom: `session of ${look}` } });
    assert.equal(claimed.status(), 200, await claimed.text());
    await details.getByText('Signed in', { exact: true }).waitFor(); // pushed
    await details.getByText('Nora <b>').waitFor();
    assert.equal(await details.getByRole('link', { name: 'https://shop.example/customers/9' }).getAttribute('rel'), 'noopener noreferrer');
    await check('signed in');
    answer = { logged_in: false };
    await details.getByRole('button', { name: 'Verify again' }).click();
    await details.getByText('Not signed in').waitFor();
    assert.deepEqual(asked.slice(-2), [`session of ${look}`, `session of ${look}`]);
    answer = { logged_in: true, name: 'Nora <b>', email: 'nora@shop.example', url: 'https://shop.example/customers/9', plan: 'gold' };
    await ada.page.goto(`${stage.foyer.url}/console/settings`);
    await ada.page.getByRole('searchbox').fill('JWK');
    await ada.page.getByRole('button', { name: 'Generate a new key' }).click();
    const key = ada.page.getByRole('textbox', { name: 'The new key' });
    await key.waitFor();
    assert.equal(JSON.parse(await key.inputValue()).alg, 'A256GCM');
    await check('new key');
    await set('Omnichannel_External_Frame_Enabled', true);
    await set('Omnichannel_External_Frame_URL', `${url}/panel?tenant=7`);
    await ada.page.goto(`${stage.foyer.url}/console/inbox/${rid}`);
    if (look === 'phone') await button('Details').click();
    await ada.page.getByText('External page', { exact: true }).click();
    const frame = ada.page.getByTitle('External page').contentFrame();
    await frame.getByText(`true ${rid} 7 true nothing`).waitFor(); // it knows who and what, has a token, and cannot look out
    await check('external page');
    await ada.page.getByText('Details', { exact: true }).last().click();
    await details.getByText('Not signed in').waitFor();
    assert.deepEqual(ada.complaints, []);
    assert.deepEqual(nora.complaints, []);
    await stage.clear();
  });
}
