// Facebook Messenger on the screens of a desktop and of a phone: a page is entered, refused
// and taken; a message becomes a chat, and the agent's answer leaves for Facebook.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { accessible, launch } from './browser.mjs';
import { Graph } from './graph.mjs';
import { Stage, until } from './stage.mjs';

const looks = { desktop: {}, phone: { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true } };
const pictures = process.env.FOYER_LOOK; // a folder for pictures of every state

const graph = new Graph();
const stage = new Stage();
let browser;
before(async () => {
  await graph.open();
  browser = await launch();
  await stage.open(browser, 'SQLite', { flags: ['--allow-private-outbound'] });
  await stage.foyer.settings({ Livechat_Routing_Method: 'Manual_Selection', Livechat_accept_chats_with_no_agents: true, Livechat_Facebook_Graph_URL: graph.url });
});
after(async () => {
  await browser?.close();
  await stage.close();
  graph.close();
});

for (const [look, options] of Object.entries(looks)) {
  test(`a Facebook page from its entry to an answer, ${look}`, async () => {
    await stage.foyer.settings({ Livechat_Facebook_Enabled: false, Livechat_Facebook_API_Secret: '' });
    const id = look === 'phone' ? '1002' : '1001';
    const { page, log, complaints } = await stage.agent(`Mia-${look}`, { roles: ['admin', 'livechat-agent'], ...options });
    const dialog = page.getByRole('dialog');
    const check = async (state) => {
      await accessible(page, `${state}, ${look}`);
      for (const colorScheme of pictures ? ['light', 'dark'] : []) {
        await page.emulateMedia({ colorScheme });
        await page.screenshot({ path: `${pictures}/${look}-${state.replaceAll(' ', '-')}-${colorScheme}.png` });
      }
    };
    const row = page.getByRole('listitem').filter({ hasText: `Shop ${look}` });

    await page.goto(`${stage.foyer.url}/console/messenger`);
    await page.getByText('Messenger is off').waitFor();
    assert.match(await page.getByRole('link', { name: 'Open the settings' }).evaluate((it) => it.href), /\/console\/settings$/);
    await check('Messenger is off');
    await stage.foyer.settings({ Livechat_Facebook_Enabled: true });
    await page.reload();
    await page.getByText('The app secret is missing').waitFor();
    await stage.foyer.settings({ Livechat_Facebook_API_Secret: 'hush' });
    await page.reload();
    assert.match(await page.getByLabel('Callback address for Facebook', { exact: true }).inputValue(), /^http:.*\/api\/v1\/livechat\/facebook$/);
    const token = await page.getByLabel('Verify token for Facebook', { exact: true }).inputValue();
    const verified = await fetch(`${stage.foyer.url}/api/v1/livechat/facebook?hub.mode=subscribe&hub.verify_token=${token}&hub.challenge=42`);
    assert.equal(await verified.text(), '42');

    await page.getByRole('button', { name: 'Add a page' }).click();
    await dialog.getByRole('textbox', { name: 'Name', exact: true }).fill(`Shop ${look}`);
    await dialog.getByRole('textbox', { name: 'Page ID' }).fill(id);
    await dialog.getByLabel('Page access token', { exact: true }).fill('wrong');
    await dialog.getByRole('textbox', { name: 'When a chat begins' }).fill(`Welcome to ${id}!`);
    await check('a new page');
    graph.refuses = true;
    await dialog.getByRole('button', { name: 'Save' }).click();
    await dialog.getByText('Invalid OAuth access token. (190)').waitFor();
    await check('a refused page');
    graph.refuses = false;
    await dialog.getByLabel('Page access token', { exact: true }).fill('right');
    await dialog.getByRole('button', { name: 'Save' }).press('Enter');
    await row.getByText('· subscribed').waitFor();
    await check('a page that is subscribed');

    await page.getByRole('button', { name: 'Add a page' }).click();
    await dialog.getByRole('textbox', { name: 'Name', exact: true }).fill('Over it');
    await dialog.getByRole('textbox', { name: 'Page ID' }).fill(id);
    await dialog.getByRole('button', { name: 'Save' }).click();
    await dialog.getByText('This page is entered already.').waitFor();
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'hidden' });

    assert.equal(await graph.tell(stage.foyer.url, 'hush', id, '7', 'Is it in stock?'), 200);
    const sent = () => graph.sent.filter(({ recipient, message }) => recipient.id === '7' && message.text.includes(look));
    let room;
    await until(async () => {
      const { rooms } = await stage.foyer.call('GET', '/api/v1/livechat/rooms?queued=true');
      assert(room = rooms.find(({ source }) => source.destination === id), 'there is no chat');
    });
    await until(() => assert(graph.sent.some(({ message }) => message.text === `Welcome to ${id}!`), 'nobody is welcomed'));
    await page.goto(`${stage.foyer.url}/console/inbox/${room._id}`);
    await page.getByRole('button', { name: /^Take/ }).first().click();
    await log.getByText('Is it in stock?').waitFor();
    await page.getByRole('textbox', { name: /message/i }).fill(`Yes, ${look}`);
    await page.keyboard.press('Enter');
    await until(() => assert.equal(sent().length, 1, 'the answer did not leave'));
    assert.equal(sent()[0].messaging_type, 'RESPONSE');
    await check('a chat from Messenger');
    if (look === 'desktop') await page.getByText(`Messenger · \u2066${id}`).waitFor();
    graph.refuses = true;
    await page.getByRole('textbox', { name: /message/i }).fill(`Anything else?`);
    await page.keyboard.press('Enter');
    await log.getByText('Not sent to Messenger: “Anything else?”. Reason: Invalid OAuth access token. (190)').waitFor();
    await check('an answer that did not leave');
    graph.refuses = false;

    await page.goto(`${stage.foyer.url}/console/messenger`);
    await row.getByRole('button', { name: /Remove/ }).click();
    await dialog.getByRole('button', { name: 'Remove' }).click();
    await row.waitFor({ state: 'hidden' });
    assert.deepEqual(complaints, []);
  });
}
