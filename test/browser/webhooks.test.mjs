// The page of the webhooks: one is made, tested, told of a chat and looked into, on a
// desktop and on a phone, each state examined by axe-core.
import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { after, before, test } from 'node:test';
import { accessible, launch } from './browser.mjs';
import { Stage, until } from './stage.mjs';

const looks = { desktop: {}, phone: { viewport: { width: 360, height: 740 }, isMobile: true, hasTouch: true } };
const pictures = process.env.FOYER_LOOK; // a folder for pictures of every state

const got = [];
let status = 200;
const receiver = createServer((request, response) => {
  let body = '';
  request.on('data', (part) => (body += part));
  request.on('end', () => {
    got.push(JSON.parse(body));
    response.writeHead(status).end('<b>customer 9</b>');
  });
});

const stage = new Stage();
let browser, url;
before(async () => {
  await new Promise((done) => receiver.listen(0, '127.0.0.1', done));
  url = `http://127.0.0.1:${receiver.address().port}/told`;
  browser = await launch();
  await stage.open(browser, 'SQLite', { flags: ['--allow-private-outbound'] });
});
after(async () => {
  await browser?.close();
  await stage.close();
  receiver.close();
});

for (const [look, options] of Object.entries(looks)) {
  test(`webhooks, ${look}`, async () => {
    status = 200;
    const ada = await stage.agent(`Ada-${look}`, { roles: ['admin'], ...options });
    const { page } = ada;
    const dialog = page.getByRole('dialog');
    const button = (name) => page.getByRole('button', { name, exact: true });
    const check = async (state) => {
      await accessible(page, `${state}, ${look}`);
      for (const colorScheme of pictures ? ['light', 'dark'] : []) {
        await page.emulateMedia({ colorScheme });
        await page.screenshot({ path: `${pictures}/${look}-${state.replaceAll(' ', '-')}-${colorScheme}.png` });
      }
    };
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
