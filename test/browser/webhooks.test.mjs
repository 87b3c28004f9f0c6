// The page of the webhooks: one is made, tested, told of a chat and looked into, on a
// desktop and on a phone, each state examined by axe-core.
import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { after, before, test } from 'node:test';
import { accessible, launch } from './browser.mjs';
import { freePort } from './foyer.mjs';
import { Stage, until } from './stage.mjs';

const looks = { desktop: {}, phone: { viewport: { width: 360, height: 740 }, isMobile: true, hasTouch: true } };
const pictures = process.env.FOYER_LOOK; // a folder for pictures of every state

const got = [];
const ids = [];
let status = 200;
const receiver = createServer((request, response) => {
  let body = '';
  request.on('data', (part) => (body += part));
  request.on('end', () => {
    got.push(JSON.parse(body));
    ids.push(request.headers['webhook-id']);
    response.writeHead(status).end('<b>customer 9</b>');
  });
});

const stage = new Stage();
let browser, url, measures;
before(async () => {
  await new Promise((done) => receiver.listen(0, '127.0.0.1', done));
  url = `http://127.0.0.1:${receiver.address().port}/told`;
  browser = await launch();
  measures = `127.0.0.1:${await freePort()}`;
  await stage.open(browser, 'PostgreSQL', { flags: ['--allow-private-outbound', '--metrics-listen', measures] });
});
after(async () => {
  await browser?.close();
  await stage.close();
  receiver.close();
});

async function examine(page, look, state) {
  await accessible(page, `${state}, ${look}`);
  for (const colorScheme of pictures ? ['light', 'dark'] : []) {
    await page.emulateMedia({ colorScheme });
    await page.screenshot({ path: `${pictures}/${look}-${state.replaceAll(' ', '-')}-${colorScheme}.png` });
  }
}

for (const [look, options] of Object.entries(looks)) {
  test(`webhooks, ${look}`, async () => {
    status = 200;
    const ada = await stage.agent(`Ada-${look}`, { roles: ['admin'], ...options });
    const { page } = ada;
    const dialog = page.getByRole('dialog');
    const button = (name) => page.getByRole('button', { name, exact: true });
    const check = (state) => examine(page, look, state);
    await page.goto(`${stage.foyer.url}/console/webhooks`);
    await page.getByRole('heading', { level: 1, name: 'Webhooks' }).waitFor();
    await page.getByText('No address yet').waitFor();
    await check('empty');
    await button('CRM').click();
    await dialog.getByText('are settings').waitFor();
    assert(await dialog.getByRole('button', { name: 'Send a test' }).isDisabled(), 'a test without an address');
    await check('crm');
    await dialog.getByRole('button', { name: 'Done' }).click();
    await button('New webhook').click();
    await dialog.getByRole('textbox', { name: 'Name' }).fill(`Store ${look}`);
    await dialog.getByRole('textbox', { name: 'Address' }).fill(url);
    await check('new');
    await dialog.getByRole('button', { name: 'Save' }).click();
    await dialog.waitFor({ state: 'hidden' });
    await button(`Store ${look}`).click();
    await dialog.getByRole('button', { name: 'Show' }).click();
    await dialog.getByRole('textbox', { name: 'Signing secret' }).waitFor();
    assert.match(await dialog.getByRole('textbox', { name: 'Signing secret' }).inputValue(), /^whsec_/);
    await dialog.getByRole('button', { name: 'Send a test' }).click();
    await dialog.getByText('The test was accepted').waitFor();
    await dialog.getByRole('button', { name: 'New secret' }).click();
    await dialog.getByText('This is the new secret').waitFor();
    await check('tested');
    await dialog.getByRole('button', { name: 'Cancel' }).click();
    const before = got.length;
    const nora = await stage.visitor();
    await nora.begin(`Nora ${look}`, 'I am nora@example.org');
    await until(() => assert(got.slice(before).some(({ type }) => type === 'LeadCapture'), 'the lead was not told'));
    await page.getByRole('button', { name: 'Address or number found' }).first().waitFor();
    await check('told');
    await page.getByRole('searchbox', { name: 'Search bodies and answers' }).fill('nothing like this');
    await page.getByText('No delivery is like that.').waitFor();
    await check('nothing found');
    await page.getByRole('searchbox', { name: 'Search bodies and answers' }).fill('CUSTOMER 9');
    await page.getByRole('button', { name: 'Visitor’s message' }).first().click();
    await dialog.getByText('Attempt 1').waitFor();
    await dialog.getByText('<b>customer 9</b>').waitFor();
    await check('delivery');
    const told = got.length;
    await dialog.getByRole('button', { name: 'Send again' }).click();
    await until(() => assert(got.length > told, 'not sent again'));
    await dialog.waitFor({ state: 'hidden' });
    await page.getByRole('searchbox', { name: 'Search bodies and answers' }).fill('');
    const soon = new Date(Date.now() + 3_600_000 - new Date().getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
    await page.getByLabel('From', { exact: true }).fill(soon);
    await page.getByText('No delivery is like that.').waitFor();
    await page.getByLabel('From', { exact: true }).fill('2026-01-01T00:00');
    await page.getByRole('button', { name: 'Visitor’s message' }).first().waitFor();
    await check('stretch of time');
    const before2 = got.length;
    await button('Send these again').click();
    await check('send these again');
    await dialog.getByRole('button', { name: 'Send again' }).click();
    await until(() => assert(got.length > before2, 'a stretch was not sent again'));
    await dialog.waitFor({ state: 'hidden' });
    await page.getByLabel('From', { exact: true }).fill('');
    status = 500;
    await nora.say('And nora2@example.org');
    await page.getByRole('searchbox', { name: 'Search bodies and answers' }).fill('');
    await page.getByText('Status 500').first().waitFor();
    await check('failing');
    await button(`Remove Store ${look}`).click();
    await dialog.getByRole('button', { name: 'Remove' }).click();
    await dialog.waitFor({ state: 'hidden' });
    assert.deepEqual(ada.complaints, []);
  });
}

// A receiver that gives no answer rests and is said to; what was given up is counted, looked
// at and sent again under its own id, one and all, on a phone.
test('what was given up', async () => {
  status = 500;
  const { page, complaints } = await stage.agent('Cleo', { roles: ['admin'], ...looks.phone });
  const dialog = page.getByRole('dialog');
  const button = (name) => page.getByRole('button', { name, exact: true });
  const { webhook } = await stage.foyer.call('POST', '/api/v1/foyer/webhooks', { name: 'Store', url, events: ['start', 'visitor-message'] });
  const row = (name) => page.getByRole('listitem').filter({ has: button(name) });
  const dead = async () => /^foyer_webhooks_dead (\d+)$/m.exec(await (await fetch(`http://${measures}/metrics`)).text())?.[1];
  const of = `destination_id = '${webhook._id}'`;
  const nora = await stage.visitor();
  await nora.begin('Nora', 'Is anybody told of this?');
  await page.goto(`${stage.foyer.url}/console/webhooks`);
  await page.getByText('Status 500').nth(1).waitFor();
  stage.foyer.sql(`UPDATE webhook_destinations SET failures = 24 WHERE id = '${webhook._id}'`); // and one more
  stage.foyer.sql(`UPDATE webhook_deliveries SET attempt = 10, due_at = 0 WHERE ${of}`); // a hundred seconds later
  await row('Store').getByText('No answer, tried rarely').waitFor();
  await page.getByText('2 given up').waitFor();
  assert.equal(await dead(), '2');
  await examine(page, 'phone', 'given up');
  status = 200;
  const tried = [...new Set(ids.slice(-2))];
  assert.equal(tried.length, 2, 'two deliveries were not tried last');
  stage.foyer.sql(`UPDATE webhook_destinations SET open_until = 0 WHERE id = '${webhook._id}'`);
  ids.length = 0;
  await page.getByRole('combobox', { name: 'State' }).click();
  await page.getByRole('option', { name: 'Given up' }).click();
  await row('Chat began').getByRole('button').click();
  await dialog.getByText('Attempt 11').waitFor();
  await examine(page, 'phone', 'a given up one');
  await dialog.getByRole('button', { name: 'Send again' }).click();
  await page.getByText('1 given up').waitFor();
  await button('Send these again').click();
  await examine(page, 'phone', 'all of these');
  await dialog.getByRole('button', { name: 'Send again' }).click();
  await page.getByText('0 given up').waitFor();
  await row('Store').getByText('No answer, tried rarely').waitFor({ state: 'detached' });
  await until(() => assert.deepEqual(ids.toSorted(), tried.toSorted(), 'sent under other ids'));
  await until(async () => assert.equal(await dead(), '0'));
  assert.deepEqual(complaints, []);
});
