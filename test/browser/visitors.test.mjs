// Who is on the sites (livechatoo.md 10.13): seen by agents while a page is looked at, and
// invited to a chat; with both APIs, and nothing is kept in a browser for it.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { accessible } from './browser.mjs';
import { eachEngine } from './each-engine.mjs';
import { secondPage } from './second-page.mjs';
import { until } from './stage.mjs';

eachEngine('the visitors’ page', (stage) => {
  const rows = ({ page }) => page.getByRole('main').getByRole('listitem');

  /** ada is an agent who looks at the page. */
  async function ada(options) {
    const agent = await stage.agent('Ada', options);
    await agent.page.goto(`${stage.foyer.url}/console/visitors`);
    await agent.page.getByRole('heading', { name: 'Visitors', level: 1 }).waitFor();
    return agent;
  }

  async function guest(t, asks = `livechatoo.embed.init({ account: 'default', lang: 'en' });`, options = {}) {
    const site = await secondPage({ server: stage.foyer.url, asks });
    t.after(() => site.close());
    const visitor = await stage.visitor({ at: site.url, ...options });
    const status = (wanted) => until(async () => assert.equal(await visitor.page.evaluate('livechatoo.embed.status()'), wanted));
    return { visitor, site, status };
  }

  /** emptied ends the chats, for the next test. */
  async function emptied() {
    const { rooms } = await stage.foyer.call('GET', '/api/v1/livechat/rooms?open=true&count=100');
    for (const { _id } of rooms) await stage.foyer.call('POST', '/api/v1/livechat/room.closeByUser', { rid: _id, comment: 'done' });
  }

  /** away leaves the site, as people do; a window that just ends says nothing. */
  async function away(agent, ...visitors) {
    for (const { page } of visitors) await page.goto('about:blank');
    await agent.page.goto(`${stage.foyer.url}/console/visitors`);
    await agent.page.getByText('Nobody is there').waitFor();
  }

  const invites = async ({ page }, row, text) => {
    await row.getByRole('button').click();
    await page.getByRole('textbox', { name: 'Invite to a chat' }).fill(text);
    await page.getByRole('button', { name: 'Invite', exact: true }).click();
    await page.getByRole('dialog').waitFor({ state: 'detached' });
  };

  test('nobody is there; somebody comes, moves on, and leaves', async () => {
    const agent = await ada();
    await agent.page.getByText('Nobody is there').waitFor();
    await accessible(agent.page, 'empty');
    const visitor = await stage.visitor();
    await rows(agent).waitFor();
    await rows(agent).getByText('Browsing').waitFor();
    assert.deepEqual(await visitor.frame.evaluate(() => [Object.keys(localStorage), document.cookie]), [[], '']);
    assert.deepEqual(await visitor.page.evaluate(() => [Object.keys(sessionStorage), document.cookie]), [[], '']);
    await visitor.page.evaluate(() => history.pushState(null, '', '/demo?basket'));
    await rows(agent).getByText('/demo?basket').first().waitFor();
    await rows(agent).getByText('2 pages').waitFor();
    await accessible(agent.page, 'full');
    await away(agent, visitor);
  });

  test('an invitation is shown beside the bubble, and the answer opens the chat with who invited', async () => {
    const agent = await ada();
    const visitor = await stage.visitor();
    await rows(agent).waitFor();
    await invites(agent, rows(agent), 'May I help you to choose?');
    await rows(agent).getByText('Offered a chat').waitFor();
    await visitor.page.reload();
    const card = visitor.chat.getByRole('group', { name: 'Ada Agent' });
    await card.getByText('May I help you to choose?').waitFor();
    await card.getByRole('button', { name: 'Start chat' }).click();
    await visitor.say('Yes, please');
    await rows(agent).getByText('Chatting').waitFor();
    const { rooms } = await stage.foyer.call('GET', '/api/v1/livechat/rooms?open=true&count=100');
    assert.deepEqual(rooms.map(({ initiator, servedBy }) => [initiator, servedBy?.username]), [['operator', 'ada']]);
    await rows(agent).getByRole('button').click();
    await agent.page.getByRole('link', { name: 'Open the chat' }).click();
    await agent.log.getByText('May I help you to choose?').waitFor();
    await agent.log.getByText('Yes, please').waitFor();
    await visitor.end();
    await agent.page.goto(`${stage.foyer.url}/console/visitors`);
    await rows(agent).getByText('Browsing').waitFor();
    await invites(agent, rows(agent), 'Is there anything else?');
    await visitor.page.evaluate(() => history.pushState(null, '', '/demo?checkout'));
    await visitor.reads('Is there anything else?');
    await visitor.chat.getByRole('button', { name: 'Start a new chat' }).click();
    await visitor.say('Yes, the colour');
    await until(async () => assert.deepEqual(await visitor.shown(), ['Is there anything else?', 'Yes, the colour']));
    await emptied();
    await away(agent, visitor);
  });

  test('an invitation can be taken back, by keyboard alone', async () => {
    const agent = await ada();
    const visitor = await stage.visitor();
    const { page } = agent;
    await rows(agent).getByRole('button').focus();
    await page.keyboard.press('Enter');
    await page.getByRole('textbox', { name: 'Invite to a chat' }).waitFor();
    const top = await page.getByRole('dialog').evaluate((it) => it.getBoundingClientRect().top);
    assert.ok(top >= 0 && top < 300, `the dialog begins at ${top}`);
    await accessible(agent.page, 'dialog');
    await page.keyboard.type('Hello there');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await visitor.page.evaluate(() => history.pushState(null, '', '/demo?again'));
    const card = visitor.chat.getByRole('group', { name: 'Ada Agent' });
    await card.getByText('Hello there').waitFor();
    await rows(agent).getByRole('button').focus();
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'Take it back' }).press('Enter');
    await page.keyboard.press('Escape');
    await rows(agent).getByText('Browsing').waitFor();
    await visitor.page.evaluate(() => history.pushState(null, '', '/demo?later'));
    await card.waitFor({ state: 'detached' });
    await away(agent, visitor);
  });

  test('rows 20, 28, 39, 50: hidden and seen, with what the page knows, targets first; reached by an operator', async (t) => {
    const agent = await ada();
    const plain = await stage.visitor();
    const { visitor, status } = await guest(t, `livechatoo.embed.init({ account: 'default', lang: 'en', page: 'hidden', target: ['*/basket', '*'],
      c_name: 'Nora', c_name_byop: 'Nora, gold customer', c_email: 'nora@example.com', c_phone: '0123 456 789' });`);
    await status('hidden');
    await until(async () => assert.equal(await rows(agent).count(), 2));
    const row = rows(agent).first();
    await row.getByText('Nora, gold customer').waitFor();
    await row.getByText('nora@example.com').waitFor();
    await row.getByText('*', { exact: true }).waitFor();
    await plain.page.goto('about:blank');
    await until(async () => assert.equal(await rows(agent).count(), 1));
    await invites(agent, row, 'Are you looking for something?');
    await visitor.page.evaluate(() => history.pushState(null, '', '?moved'));
    await status('chat');
    await visitor.log.getByText('Are you looking for something?').waitFor();
    await visitor.say('Shoes');
    await row.getByText('Chatting').waitFor();
    const { rooms } = await stage.foyer.call('GET', '/api/v1/livechat/rooms?open=true&count=100');
    assert.deepEqual(rooms.map(({ initiator, fname }) => [initiator, fname]), [['operator', 'Nora']]);
    await emptied();
    await away(agent, visitor);
  });

  test('nobody is seen before agreeing where that is asked, or where the site does not want to know', async (t) => {
    const agent = await ada();
    await stage.foyer.setting('Livechat_force_accept_data_processing_consent', true);
    const visitor = await stage.visitor();
    const told = [];
    visitor.page.on('request', (request) => request.url().endsWith('/widget/here') && told.push(request.postDataJSON().href));
    await visitor.open();
    await visitor.page.evaluate(() => history.pushState(null, '', '/demo?secret'));
    await visitor.chat.getByRole('button', { name: 'I agree' }).waitFor();
    assert.deepEqual(told, []);
    await visitor.chat.getByRole('button', { name: 'I agree' }).click();
    await visitor.page.evaluate(() => history.pushState(null, '', '/demo?open'));
    await rows(agent).waitFor();
    await away(agent, visitor);
    await stage.foyer.setting('Livechat_force_accept_data_processing_consent', false);
    await stage.foyer.setting('Foyer_visitors_on_site', false);
    t.after(() => stage.foyer.setting('Foyer_visitors_on_site', true));
    told.length = 0;
    await visitor.page.goto(`${stage.foyer.url}/demo?off`);
    await visitor.bubble.waitFor();
    await visitor.open();
    assert.deepEqual(told, []);
  });

  test('the page on a phone, dark, and without the server', async () => {
    const agent = await ada({ viewport: { width: 360, height: 740 }, colorScheme: 'dark' });
    const visitor = await stage.visitor();
    await rows(agent).waitFor();
    await accessible(agent.page, 'phone');
    const wide = await agent.page.evaluate(() => document.documentElement.scrollWidth);
    assert.ok(wide <= 360, `the page is ${wide} wide`);
    await agent.page.route('**/api/v1/foyer/onsite*', (route) => route.abort());
    await agent.page.reload();
    await agent.page.getByRole('button', { name: 'Try again' }).waitFor();
    await agent.page.unroute('**/api/v1/foyer/onsite*');
    await agent.page.getByRole('button', { name: 'Try again' }).click();
    await rows(agent).waitFor();
    await away(agent, visitor);
  });
}, { only: ['SQLite'] });
