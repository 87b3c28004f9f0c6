// Triggers of every kind in a real browser: what makes them speak, in whose name, what
// an external service says, and what the console tells of it.
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { createServer } from 'node:http';
import { after, afterEach, before, test } from 'node:test';
import { accessible } from './browser.mjs';
import { eachEngine } from './each-engine.mjs';
import { host } from './host.mjs';
import { until } from './stage.mjs';

const page = (value) => ({ name: 'page-url', value });
const seconds = (value) => ({ name: 'time-on-site', value });
const opened = { name: 'chat-opened-by-visitor' };
const registered = { name: 'after-guest-registration' };
const says = (msg, by = 'Robin') => ({ name: 'send-message', params: { sender: 'custom', name: by, msg } });

/** An external service: what it answers, or that it does not. */
const service = { asked: [], answer: null };
const web = createServer((request, response) => {
  let body = '';
  request.on('data', (part) => (body += part));
  request.on('end', () => {
    service.asked.push(JSON.parse(body));
    if (service.answer) response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(service.answer));
  });
});
const asks = (more = {}) => ({
  name: 'use-external-service',
  params: { sender: 'custom', name: 'Robin', serviceUrl: `http://127.0.0.1:${web.address().port}/say`, serviceTimeout: 1000, serviceFallbackMessage: '', ...more },
});

eachEngine('triggers', (stage) => {
  let site;
  before(async () => {
    await new Promise((listening) => web.listen(0, '127.0.0.1', listening));
    site = await host({ server: stage.foyer.url });
    await stage.foyer.settings({ Livechat_secret_token: 'a secret of ours', Livechat_accept_chats_with_no_agents: true, Livechat_registration_form: false });
  });
  after(() => {
    web.closeAllConnections();
    web.close();
    site.close();
  });
  afterEach(afterwards);

  /** Makes triggers by name and waits until browsers get them. */
  async function triggers(all) {
    for (const [name, { when, then, once = false }] of Object.entries(all)) {
      await stage.foyer.call('POST', '/api/v1/livechat/triggers', { name, description: '', enabled: true, runOnce: once, conditions: when, actions: [then] });
    }
    await until(async () => {
      const { config } = await (await fetch(`${stage.foyer.url}/api/v1/foyer/widget/config`)).json();
      assert.deepEqual(config.triggers.map(({ name }) => name), Object.keys(all));
    });
  }

  /** Somebody comes to a page of the site. */
  async function guest(path = '') {
    const visitor = await stage.visitor({ at: site.url + path });
    await visitor.bubble.waitFor();
    return visitor;
  }
  const goes = ({ page }, path) => page.evaluate((path) => history.pushState(null, '', path), path);
  const card = (visitor, by = 'Robin') => visitor.chat.getByRole('group', { name: by });
  const state = ({ page }) => page.locator('.rocketchat-widget').getAttribute('data-state');
  const dismiss = (visitor) => visitor.chat.getByRole('button', { name: 'Close this message' }).click();

  test('the address speaks: on the first load, and whenever a single-page site changes it', async () => {
    await triggers({
      prices: { when: [page('/prices(\\?|$)')], then: says('May I help you choose?') },
      cart: { when: [page('^http://127\\.0\\.0\\.1:\\d+/(cart|basket)#step-[2-9]$')], then: says('One more step.') },
    });
    const first = await guest('prices?from=mail');
    await card(first).getByText('May I help you choose?').waitFor();
    assert.equal(await state(first), 'triggered');

    const vera = await guest('home');
    await goes(vera, '/pricessome');
    await goes(vera, '/cart#step-1');
    await goes(vera, '/cart#step-2');
    await card(vera).getByText('One more step.').waitFor();
    assert.equal(await card(vera).getByText('May I help you choose?').count(), 0);
    await goes(vera, '/prices');
    await card(vera).getByText('May I help you choose?').waitFor();
    await dismiss(vera);
    await until(async () => assert.equal(await state(vera), 'closed'));
    await vera.open();
    await vera.reads('One more step.');
    await vera.reads('May I help you choose?');
  });

  /** For one test visitors introduce themselves before they chat. */
  async function withForm(t) {
    await stage.foyer.setting('Livechat_registration_form', true);
    t.after(() => stage.foyer.setting('Livechat_registration_form', false));
  }

  test('time on the site, the opened chat, the sent form: each at its moment', async (t) => {
    await withForm(t);
    await triggers({ time: { when: [seconds(1)], then: says('Still looking?') } });
    const vera = await guest();
    await card(vera).getByText('Still looking?').waitFor();
    await card(vera).getByRole('button', { name: 'Start chat' }).click();
    await vera.reads('Still looking?');

    await afterwards();
    await triggers({ opened: { when: [opened], then: says('You came!') } });
    const olga = await guest();
    await olga.open();
    await olga.reads('You came!');

    await afterwards();
    await triggers({ sent: { when: [registered], then: says('Thank you, what is it about?') } });
    const rita = await guest();
    await rita.open();
    await rita.register({ name: 'Rita' });
    await rita.reads('Thank you, what is it about?');
  });

  test('consent comes before what a trigger says, and a form that is being filled in stays', async (t) => {
    await withForm(t);
    await stage.agent('Ada');
    await triggers({ Help: { when: [page('#help$')], then: says('Can I help?') } });
    await stage.foyer.setting('Livechat_force_accept_data_processing_consent', true);
    t.after(() => stage.foyer.setting('Livechat_force_accept_data_processing_consent', false));
    const vera = await guest('#help');
    await card(vera).getByRole('button', { name: 'Start chat' }).click();
    await vera.chat.getByRole('button', { name: 'I agree' }).click();
    await vera.chat.getByText('Can I help?').waitFor();
    await stage.foyer.setting('Livechat_force_accept_data_processing_consent', false);
    const nora = await guest();
    await nora.open();
    const name = nora.chat.getByRole('textbox', { name: 'Name' });
    await name.fill('Nora');
    await goes(nora, '#help');
    await nora.page.waitForFunction((end) => performance.now() > end, await nora.page.evaluate(() => performance.now() + 1500)); // nothing shall happen
    assert.equal(await name.inputValue(), 'Nora');
    await nora.minimise();
    await card(nora).getByRole('button', { name: 'Start chat' }).click();
    await nora.chat.getByText('Can I help?').waitFor();
    await nora.minimise();
    await nora.bubble.waitFor();
    assert.equal(await nora.bubble.getAttribute('aria-label').then((label) => label.trim()), 'Open chat');
  });

  test('once per visitor, or again each time a page is loaded', async () => {
    await triggers({
      once: { when: [page('/shop')], then: says('Only this once.'), once: true },
      again: { when: [page('/shop')], then: says('Every time.') },
    });
    const vera = await guest('shop');
    await card(vera).getByText('Only this once.').waitFor();
    await card(vera).getByText('Every time.').waitFor();
    await dismiss(vera);
    await goes(vera, '/elsewhere');
    await goes(vera, '/shop');
    await vera.page.reload();
    await card(vera).getByText('Every time.').waitFor();
    assert.equal(await card(vera).getByText('Only this once.').count(), 0);
  });

  test('in the name of the agent who is next; what was said opens the chat, and the agent comes with the first answer', async () => {
    const ada = await stage.agent('Ada');
    await triggers({ next: { when: [page('/shop')], then: { name: 'send-message', params: { sender: 'queue', name: '', msg: 'May I help?' } } } });
    const vera = await guest('shop');
    await card(vera, 'Ada Agent').getByText('May I help?').waitFor();
    const { rooms } = await stage.foyer.call('GET', '/api/v1/livechat/rooms?open=true');
    assert.ok(!rooms.some(({ servedBy }) => servedBy), 'nobody was called yet');
    await card(vera, 'Ada Agent').getByRole('button', { name: 'Start chat' }).click();
    await vera.say('Yes, with the big one.');
    await looks(ada, vera);
    await ada.reads('Yes, with the big one.');
    await told(ada, 'May I help?', 'next');
    await vera.reads('May I help?');
  });

  test('an external service says it, in its order; too late or wrong, the other words are said, or none', async () => {
    service.answer = { contents: [{ msg: 'Second.', order: 2 }, { msg: 'First.', order: 1 }] };
    await triggers({ service: { when: [page('/service')], then: asks() } });
    const vera = await guest();
    await vera.page.evaluate(() => window.RocketChat.livechat.setGuestMetadata({ plan: 'gold' }));
    service.asked = [];
    await goes(vera, '/service');
    await card(vera).getByText('Second.').waitFor();
    assert.deepEqual(await card(vera).getByRole('paragraph').allTextContents(), ['First.', 'Second.']);
    assert.deepEqual(service.asked.map(({ metadata }) => metadata), [[{ key: 'plan', value: 'gold' }]]);

    await afterwards();
    service.answer = null;
    await triggers({
      other: { when: [page('/service')], then: asks({ serviceFallbackMessage: 'Ask me anything.' }) },
      none: { when: [page('/service')], then: asks() },
    });
    const late = await guest('service');
    await card(late).getByText('Ask me anything.').waitFor();
    await card(late).getByRole('button', { name: 'Start chat' }).click();
    await late.say('Hello?');
    await judged(late, { other: 'fired', none: 'service-failed' });
  });

  test('the ledger beside the chat follows the visitor', async () => {
    const mia = await stage.agent('Mia', { roles: ['livechat-manager'] });
    await triggers({
      prices: { when: [page('/prices')], then: says('May I help you choose?') },
      sent: { when: [registered], then: says('What is it about?') },
      rare: { when: [page('/rare')], then: says('You found it.') },
    });
    const vera = await guest('prices');
    await card(vera).waitFor();
    await dismiss(vera);
    await vera.open();
    await vera.say('I am here.');
    await looks(mia, vera);
    const line = (name) => mia.page.getByRole('listitem').filter({ has: mia.page.getByText(name, { exact: true }) });
    await line('prices').getByText('Spoke').waitFor();
    await line('rare').getByText('Another page').waitFor();
    await line('sent').getByText('The form was not sent').waitFor();
    await vera.page.reload();
    for (const name of ['prices', 'sent', 'rare']) await line(name).getByText('A chat was open').waitFor();
  });

  test('the ledger of a visitor without a chat is on the visitors’ page, live, and an agent reads it', async () => {
    const kim = await stage.agent('Kim');
    await triggers({
      prices: { when: [page('/prices')], then: says('May I help you choose?') },
      sent: { when: [registered], then: says('What is it about?') },
    });
    const nobody = await guest('unknown');
    await kim.page.goto(`${stage.foyer.url}/console/visitors`);
    const { page: desk } = kim;
    await desk.getByRole('main').getByRole('listitem').filter({ hasText: '/unknown' }).getByRole('button').click();
    const dialog = desk.getByRole('dialog');
    const line = (name) => dialog.getByRole('listitem').filter({ has: desk.getByText(name, { exact: true }) });
    await line('prices').getByText('Another page').waitFor();
    await line('sent').getByText('The form was not sent').waitFor();
    await goes(nobody, '/prices');
    await line('prices').getByText('Spoke').waitFor();
    assert.deepEqual(await nobody.frame.evaluate(() => [Object.keys(localStorage), document.cookie]), [[], '']);
    await accessible(desk, 'the ledger of nobody');
    await desk.keyboard.press('Escape');
    const vera = await guest('home');
    await vera.page.evaluate(() => window.RocketChat.livechat.registerGuest({ token: 'token-of-vera', name: 'Vera', email: 'vera@example.com' }));
    await desk.getByRole('button', { name: 'Vera' }).click();
    await goes(vera, '/prices');
    await line('prices').getByText('Spoke').waitFor();
    await line('sent').getByText('The form was not sent').waitFor();
    await accessible(desk, 'ledger');
  });

  test('a changed trigger is played against yesterday’s visits', async () => {
    const noon = new Date();
    noon.setUTCHours(12, 0, 0, 0);
    const yesterday = (minute) => new Date(noon.getTime() - 86_400_000 + minute * 60_000).toISOString();
    const mia = await stage.agent('Mia', { roles: ['livechat-manager'], timezoneId: 'UTC' });
    for (const path of ['prices', 'prices?page=2', 'home']) {
      const as = async (session, call, body) => (await fetch(`${stage.foyer.url}/api/v1/foyer/widget/${call}`, {
        method: 'POST', headers: { 'content-type': 'application/json', ...(session && { 'x-foyer-session': session }) }, body: JSON.stringify(body),
      })).json();
      const { session } = await as('', 'visitor', { name: path });
      const facts = [{ at: yesterday(0), is: 'online', yes: true }, { at: yesterday(0), is: 'page', address: `https://shop.example/${path}` }];
      assert.ok((await as(session, 'visit', { visit: randomBytes(8).toString('hex'), facts, ledger: [] })).success);
    }
    await triggers({ prices: { when: [page('/prices$')], then: says('May I help you choose?') } });
    await mia.page.clock.setFixedTime(noon);
    await mia.page.goto(`${stage.foyer.url}/console/triggers`);
    await mia.page.getByRole('button', { name: 'prices', exact: true }).click();
    const dialog = mia.page.getByRole('dialog');
    const outcome = async (words) => {
      await dialog.getByRole('button', { name: 'Play yesterday’s visits' }).click();
      await until(async () => assert.deepEqual((await dialog.getByRole('status').last().getByRole('listitem').allTextContents()).toSorted(), words));
    };
    await outcome([' Another page 2', ' Spoke 1']);
    await dialog.getByRole('textbox', { name: 'Expression' }).fill('/prices(\\?page=\\d)?$');
    await outcome([' Another page 1', ' Spoke 2']);
  });

  test('an expression that needs years freezes nothing', async () => {
    await triggers({
      hostile: { when: [page('^((.*)*)*(a+)+!$')], then: says('Years later.') },
      plain: { when: [page('/aaa')], then: says('Right away.') },
    });
    const vera = await guest(`${'a'.repeat(200)}`);
    await card(vera).getByText('Right away.').waitFor();
    for (const where of [vera.page, vera.frame]) assert.equal(await where.evaluate(() => new Promise((done) => setTimeout(() => done('alive'), 0))), 'alive');
    await card(vera).getByRole('button', { name: 'Start chat' }).click();
    await vera.say('All is well.');
    await judged(vera, { hostile: 'pattern-slow', plain: 'fired' });
  });

  test('what a trigger says is no way around the form: it leads there', async (t) => {
    await withForm(t);
    const ada = await stage.agent('Ada');
    await triggers({ help: { when: [page('/shop')], then: says('May I help you choose?') } });
    const vera = await guest('shop');
    await card(vera).getByRole('button', { name: 'Start chat' }).click();
    await vera.reads('May I help you choose?');
    assert.equal(await vera.field.count(), 0);
    await accessible(vera.page, 'a trigger before the form');
    await vera.panel.getByRole('button', { name: 'Start chat' }).click();
    await vera.register({ name: 'Vera' });
    await vera.reads('May I help you choose?');
    await vera.say('Yes, please.');
    await looks(ada, vera);
    await ada.reads('Yes, please.');
    await told(ada, 'May I help you choose?', 'help');
  });

  /** An agent reads what was said before the chat, and by which trigger. */
  const told = (agent, words, trigger) => until(async () => assert.ok((await agent.shown()).includes(`${words} by the trigger “${trigger}”`)));
  const room = ({ frame }) => frame.evaluate(() => localStorage.getItem('foyer:rid'));
  /** An agent looks at the chat of a visitor. */
  const looks = (agent, visitor) => until(async () => {
    const rid = await room(visitor);
    assert.ok(rid);
    await agent.page.goto(`${stage.foyer.url}/console/inbox/${rid}`);
  });

  /** Waits until the server knows why each trigger spoke on a visitor's page, or did not. */
  async function judged(visitor, reasons) {
    const { triggers } = await stage.foyer.call('GET', '/api/v1/livechat/triggers');
    await until(async () => {
      const { visits } = await stage.foyer.call('GET', `/api/v1/foyer/triggers.ledger?rid=${await room(visitor)}`);
      assert.deepEqual(Object.fromEntries(visits[0].ledger.map(({ trigger, reason }) => [triggers.find(({ _id }) => _id === trigger).name, reason])), reasons);
    });
  }

  /** Removes the triggers there are. */
  async function afterwards() {
    for (const { _id } of (await stage.foyer.call('GET', '/api/v1/livechat/triggers')).triggers) await stage.foyer.call('DELETE', `/api/v1/livechat/triggers/${_id}`);
    await triggers({});
  }
}, { only: ['SQLite'], flags: ['--allow-private-outbound'] });
