// The checklist of the second API (livechatoo.md 15): every code line of its documentation,
// called before the script has come and afterwards, on somebody else's page (PT-LT-1).
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { test } from 'node:test';
import { launchWhole, profile } from './browser.mjs';
import { eachEngine } from './each-engine.mjs';
import { Visitor } from './people.mjs';
import { plainPage, secondPage } from './second-page.mjs';
import { until } from './stage.mjs';

const EVENTS = ['onload', 'onchange', 'onchatstart', 'onchatopened', 'onchatrating', 'onofflinemessage', 'ontrigger', 'onnamerequired', 'onemailrequired', 'onphonerequired'];
/** Notes every callback with what came, in window.told, and what analytics hear, in window.counted. */
const listens = `var counted = []; function ga() { counted.push([].slice.call(arguments)); }
  var heard = {}; ${JSON.stringify(EVENTS)}.forEach(function (name) { heard[name] = function (data) { var all = {}; for (var i in data) all[i] = data[i]; told.push([name, all]); }; });
  function opts(more) { return Object.assign({ account: 'default', lang: 'en' }, heard, more); }`;

eachEngine('the second API', (stage) => {
  /** A guest on a page that listens, and asks for more. */
  async function guest(t, asks = '', { at = '', ...options } = {}) {
    const site = await secondPage({ server: stage.foyer.url, before: listens, asks });
    t.after(() => site.close());
    const visitor = await stage.visitor({ at: site.url + at, ...options });
    return around(visitor, site);
  }

  function around(visitor, site) {
    const { page } = visitor;
    const run = (line) => page.evaluate(line);
    const told = (name) => page.evaluate((name) => window.told.filter(([one]) => one === name).map(([, data]) => data), name);
    const tells = (name, many, check) => until(async () => {
      const all = await told(name);
      assert.equal(all.length, many, `${name}: ${JSON.stringify(all)}`);
      check?.(all.at(-1));
    });
    const status = (wanted, part = 'embed') => until(async () => assert.equal(await run(`livechatoo.${part}.status()`), wanted));
    const box = () => page.locator('.rocketchat-widget').first();
    const bar = visitor.chat.locator('#launcher');
    return { visitor, page, site, run, told, tells, status, box, bar };
  }

  const numbers = async () => stage.foyer.call('GET', '/api/v1/foyer/livechatoo');
  /** A newcomer gets the number a moment later. */
  const numberOf = (kind, name) => until(async () => {
    const found = (await numbers())[kind].find((it) => it.name.startsWith(name));
    assert.ok(found, `${name} has no number`);
    return found.no;
  });
  const note = async (rid) => (await stage.foyer.call('GET', `/api/v1/foyer/rooms/${rid}/livechatoo`)).note;
  const rooms = async () => (await stage.foyer.call('GET', '/api/v1/livechat/rooms?count=100')).rooms;
  const say = async (visitor, text) => {
    await visitor.say(text);
    await visitor.chat.getByText('Sent', { exact: true }).last().waitFor();
  };

  /** Opens the chat, and sends the form where there is one. */
  const enter = async ({ chat, field }) => {
    await chat.locator('#launcher').click();
    const start = chat.getByRole('button', { name: 'Start chat' });
    await start.or(field).first().waitFor();
    if (await start.count()) await start.click();
    await field.waitFor();
  };

  test('rows 1–4, 6, 7, 11, 51, LT-LOAD-1, 2: code, init, options, status, stop, flip, side, onload', async (t) => {
    await stage.agent('Ada');
    const { page, run, tells, status, box, bar } = await guest(t, `
      var early = livechatoo.embed.status();
      livechatoo.embed.init(opts({ side: 'right' }));`);
    assert.equal(await run('early'), 'loading');
    await status('start-online');
    await tells('onload', 1, (data) => {
      assert.equal(data.page, 'start-online');
      assert.equal(data.online, true);
      assert.deepEqual([data.side, data.lang, data.mobile, data.ticket], ['right', 'en', false, '']);
    });
    const right = () => box().evaluate((it) => it.style.right);
    await until(async () => assert.equal(await right(), '0px'));
    await run(`livechatoo.embed.options = opts({ side: 'left' }); livechatoo.embed.init();`);
    await until(async () => assert.equal(await box().evaluate((it) => it.style.left), '0px'));
    await run(`livechatoo.embed.switch_side('right')`);
    await until(async () => assert.equal(await right(), '0px'));
    await run(`livechatoo.embed.switch_side('left')`);
    await until(async () => assert.equal(await right(), ''));
    await run(`livechatoo.embed.stop()`);
    await status('stopped');
    assert.equal(await page.locator('.rocketchat-widget').count(), 0);
    await run(`livechatoo.embed.flip()`);
    await status('start-online');
    await bar.waitFor();
    await run(`livechatoo.embed.flip()`);
    await status('hidden');
    assert.equal(await box().isVisible(), false);
    await run(`livechatoo.embed.flip()`);
    await status('start-online');
    await tells('onload', 3);
  });

  test('row 1, LT-LOAD-7: the code that the console offers works as it stands, for both APIs', async (t) => {
    const boss = await stage.agent('Olaf', { roles: ['admin'] });
    await boss.page.goto(`${stage.foyer.url}/console/sites`);
    await boss.page.getByRole('button', { name: /^Code/ }).first().click();
    const dialog = boss.page.getByRole('dialog', { name: 'Code for the pages of “Default”' });
    for (const api of ['RocketChat', 'livechatoo']) {
      await dialog.getByText(api, { exact: true }).click();
      const code = await dialog.getByRole('textbox', { name: 'Code for the pages' }).inputValue();
      assert.match(code, new RegExp(`window.${api}|w.${api}`));
      const site = await plainPage(code);
      t.after(() => site.close());
      const visitor = await stage.visitor({ at: site.url });
      await visitor.open();
      await visitor.leave();
    }
  });

  test('LT-LOAD-4: an account that is nobody’s is said once; there is no bar, and no callback', async (t) => {
    await stage.agent('Ada');
    const said = [];
    const { page, run, told, status } = await guest(t);
    page.on('console', (message) => message.type() === 'warning' && said.push(message.text()));
    await run(`livechatoo.embed.init(opts({ account: 'nobody-s' }))`);
    assert.equal(await run('livechatoo.embed.status()'), 'loading');
    await status('not-initialized');
    assert.equal(await page.locator('.rocketchat-widget').count(), 0);
    await run(`livechatoo.popup.init(opts({ account: 'nobody-s', mode: 'bubble' }))`);
    await until(async () => assert.equal(said.length, 2));
    await status('not-initialized', 'popup');
    assert.deepEqual(said, Array(2).fill('livechatoo: account: this is not known nobody-s'));
    assert.deepEqual(await told('onload'), []);
    await run(`livechatoo.embed.init(opts({}))`);
    await status('start-online');
  });

  test('LT-SEC-6: nothing is kept on the customer’s page, and nothing anywhere before the visitor acts', async (t) => {
    await stage.agent('Ada');
    const kept = (where) => where.evaluate(async () => ({ local: Object.keys(localStorage), session: Object.keys(sessionStorage), cookie: document.cookie, databases: await indexedDB.databases() }));
    const none = { local: [], session: [], cookie: '', databases: [] };
    const { visitor, page, run, status } = await guest(t, `livechatoo.embed.init(opts({ c_name: 'Nell', c_email: 'nell@example.com' }));`);
    await status('start-online');
    await run('livechatoo.embed.flip(); livechatoo.embed.flip()');
    await status('start-online');
    await run('livechatoo.embed.bubble(true)');
    await visitor.chat.locator('.lt-bubble').waitFor();
    assert.deepEqual([await kept(page), await kept(visitor.frame)], [none, none]);
    await enter(visitor);
    await say(visitor, 'Hello');
    await run('livechatoo.embed.reload()');
    await status('chat');
    assert.deepEqual(await kept(page), none);
    assert.deepEqual(await page.context().cookies(), []);
    const documented = ['session', 'rid', 'seen', 'open', 'draft', 'left', 'muted', 'consent', 'privacy', 'targets', 'teased', 'hidden', 'met'];
    const keys = (await kept(visitor.frame)).local.map((key) => key.replace(/^foyer:/, ''));
    assert.deepEqual(keys.filter((key) => !documented.includes(key) && !key.startsWith('out:')), []);
  });

  test('rows 8, 9: the bubble', async (t) => {
    await stage.agent('Ada');
    const { visitor, run, status } = await guest(t, `livechatoo.embed.init(opts({ bubble: true }));`);
    const bubble = visitor.chat.locator('.lt-bubble');
    await bubble.getByText('Hello! How can we help you today?').waitFor();
    await bubble.getByText('Ada Agent').waitFor();
    await until(async () => assert.ok(await bubble.evaluate((it) => it.getBoundingClientRect().top >= 0), 'the bubble is cut off'));
    await run('livechatoo.embed.bubble(false)');
    await bubble.waitFor({ state: 'detached' });
    await run('livechatoo.embed.bubble(true)');
    await bubble.waitFor();
    await bubble.getByRole('button', { name: 'Close this message' }).click();
    await bubble.waitFor({ state: 'detached' });
    await run('livechatoo.embed.init(opts({ bubble: false }))');
    await status('start-online');
    assert.equal(await bubble.count(), 0);
    await run('livechatoo.embed.bubble(true)');
    await bubble.getByText('Ada Agent').click();
    await status('online');
  });

  test('rows 19, 21–25: the statuses, and what they become when nobody is there', async (t) => {
    await stage.emptied();
    const { run, status, box, visitor, tells } = await guest(t, `livechatoo.embed.init(opts({ page: 'online' }));`);
    await status('offline');
    await tells('onload', 1, ({ page, online }) => assert.deepEqual([page, online], ['offline', false]));
    await visitor.chat.getByRole('textbox', { name: 'Your message' }).waitFor();
    await run(`livechatoo.embed.page('start-online')`);
    await status('start-offline');
    const ada = await stage.agent('Ada');
    await run(`livechatoo.embed.init(opts({ page: 'hidden' }))`);
    await status('hidden');
    for (const [wanted, now] of [['start-online', 'start-online'], ['online', 'online'], ['start-offline', 'start-offline'], ['offline', 'offline'], ['hidden', 'hidden'], ['mini', 'mini']]) {
      await run(`livechatoo.embed.page('${wanted}')`);
      await status(now);
    }
    await until(async () => assert.deepEqual(await box().evaluate((it) => [it.style.width, it.style.height]), ['72px', '72px']));
    const [tab] = await Promise.all([visitor.page.context().waitForEvent('page'), visitor.chat.locator('#launcher').click()]);
    await tab.getByRole('dialog').waitFor();
    await tab.close();
    await run(`livechatoo.embed.page('chat')`);
    await status('chat');
    await visitor.log.getByText('Hello! How can we help you today?').first().waitFor();
    await ada.leave();
    stage.people = stage.people.filter((it) => it !== ada);
  });

  test('rows 10, 20, 51–57, LT-CB-1, LT-CB-4, LT-CB-5, LT-GA-2: hidden and reachable, chat start once, opened again, sizes, rating, offline message', async (t) => {
    const ada = await stage.agent('Ada');
    const { visitor, page, run, told, tells, status } = await guest(t, `var order_amount = 99;
      livechatoo.embed.init(opts({ c_name: 'Rosa', c_email: 'rosa@example.com', c_phone: '0123 456 789', onchatopened: function (data) {
        told.push(['onchatopened', Object.assign({}, data)]); if (window.order_amount) ga('send', 'event', 'Livechatoo', 'Conversion', data.ticket, order_amount); } }));`);
    await status('start-online');
    await visitor.chat.locator('#launcher').click();
    await status('online');
    await say(visitor, 'Hello');
    await tells('onchatstart', 1, ({ ticket, initiator }) => {
      assert.match(ticket, /^\d+$/);
      assert.equal(initiator, 'client');
    });
    await status('chat');
    const { ticket } = (await told('onchatstart'))[0];
    assert.equal(String((await rooms()).find(({ fname }) => fname === 'Rosa').code), ticket);
    await visitor.minimise();
    await tells('onchange', 1, ({ chat_status }) => assert.equal(chat_status, 'min'));
    await visitor.chat.locator('#launcher').click();
    await tells('onchange', 2, ({ chat_status }) => assert.equal(chat_status, 'res'));
    for (const [many, size, wide] of [[3, 'max', '1280px'], [4, 'res', '420px']]) {
      await visitor.chat.getByRole('button', { name: 'More' }).click();
      await visitor.chat.getByRole('menuitemcheckbox', { name: 'Whole window' }).click();
      await tells('onchange', many, ({ chat_status }) => assert.equal(chat_status, size));
      await until(async () => assert.equal(await page.locator('.rocketchat-widget').evaluate((it) => getComputedStyle(it).width), wide));
    }
    await run(`history.pushState(null, '', '?next'); livechatoo.embed.reload();`);
    await tells('onchatopened', 1, (data) => assert.deepEqual(data, { ticket, initiator: 'client' }));
    await tells('onload', 2, (data) => assert.equal(data.ticket, ticket));
    await page.reload();
    await tells('onchatopened', 1, (data) => assert.deepEqual(data, { ticket, initiator: 'client' }));
    assert.deepEqual((await page.evaluate('counted')).filter(([, , , action]) => action !== 'Trigger'), [['send', 'event', 'Livechatoo', 'Conversion', ticket, 99]]);
    assert.deepEqual((await page.evaluate('told')).map(([name]) => name).slice(0, 2), ['onload', 'onchatopened']);
    await run(`livechatoo.embed.page('hidden')`);
    await status('hidden');
    await ada.choose('Rosa');
    await ada.say('Are you there?');
    await status('chat');
    await visitor.reads('Are you there?');
    await visitor.end();
    await visitor.chat.getByRole('radio', { name: '4 stars' }).check({ force: true });
    await visitor.chat.getByRole('textbox', { name: /Tell us more/ }).fill('Very kind');
    await visitor.chat.getByRole('button', { name: 'Send rating' }).click();
    const no = await numberOf('operators', 'Ada');
    await tells('onchatrating', 1, (data) => assert.deepEqual(data, {
      ticket, name: 'Rosa', email: 'rosa@example.com', phone: '0123 456 789', rating: 4, message: 'Very kind', operator_id: no, department_id: '',
    }));
    assert.equal((await told('onchatstart')).length, 0);
    await until(async () => assert.deepEqual((await page.evaluate('counted')).filter(([, , , action]) => action === 'Chat rating'), [['send', 'event', 'Livechatoo', 'Chat rating', ticket, 4]]));
  });

  test('rows 57, 62, LT-PAGE-2: an offline message', async (t) => {
    await stage.emptied();
    await stage.foyer.setting('Livechat_validate_offline_email', false);
    const { visitor, page, tells, status } = await guest(t, `livechatoo.embed.init(opts({ page: 'online' }));`);
    await status('offline');
    await visitor.chat.getByRole('textbox', { name: 'Name' }).fill('Olga');
    await visitor.chat.getByRole('textbox', { name: 'E-mail' }).fill('olga@example.com');
    const words = visitor.chat.getByRole('textbox', { name: 'Your message' });
    await words.fill('Call me back');
    const ada = await stage.agent('Ada');
    await visitor.frame.evaluate(() => document.dispatchEvent(new Event('visibilitychange')));
    await visitor.chat.getByRole('button', { name: 'Start chat' }).waitFor();
    assert.equal(await words.inputValue(), 'Call me back');
    await ada.leave();
    stage.people = stage.people.filter((it) => it !== ada);
    await visitor.chat.getByRole('button', { name: 'Send message' }).click();
    await tells('onofflinemessage', 1, ({ name, email, message }) => assert.deepEqual([name, email, message], ['Olga', 'olga@example.com', 'Call me back']));
    await until(async () => assert.deepEqual(await page.evaluate('counted'), [['send', 'event', 'Livechatoo', 'Offline message']]));
  });

  test('rows 12–18, 27, LT-CB-10: the window, and its bubbles', async (t) => {
    await stage.agent('Ada');
    const { page, visitor, run, status, tells } = await guest(t, `document.querySelector('#image').onclick = function () {
      livechatoo.popup.init(opts({ mode: 'custom', css_text: '#launcher { letter-spacing: 2px; }', c_name: 'Paul' })); return false; };`);
    await status('not-initialized', 'popup');
    const [popup] = await Promise.all([page.waitForEvent('popup'), page.locator('#image').click()]);
    await popup.getByRole('dialog').waitFor();
    await status('open', 'popup');
    await tells('onload', 1, (data) => assert.equal(data.online, true));
    assert.equal(await popup.locator('#launcher').evaluate((it) => getComputedStyle(it).letterSpacing), '2px');
    await run('livechatoo.popup.close()');
    await status('closed', 'popup');
    for (const btype of ['right1', 'right2', 'right3', 'left1', 'left2', 'left3']) {
      await run(`livechatoo.popup.init(opts({ mode: 'bubble', btype: '${btype}' }))`);
      await status('bubble', 'popup');
      const side = btype.startsWith('left') ? 'left' : 'right';
      await until(async () => assert.equal(await page.locator('.rocketchat-widget').evaluate((it, side) => it.style[side], side), '0px'));
      await until(async () => assert.ok(await visitor.frame.evaluate((shape) => document.documentElement.classList.contains(shape), { 1: 'lt-tab', 2: 'lt-icon', 3: 'lt-box' }[btype.at(-1)])));
    }
    const [again] = await Promise.all([page.waitForEvent('popup'), visitor.chat.locator('#launcher').click()]);
    await again.getByRole('dialog').waitFor();
    await again.getByRole('textbox', { name: 'Write a message' }).or(again.getByRole('button', { name: 'Start chat' })).first().waitFor();
    await status('open', 'popup');
    await run('livechatoo.popup.close()');
    await status('bubble', 'popup');
    await run('livechatoo.popup.stop()');
    await status('closed', 'popup');
    assert.equal(await page.locator('.rocketchat-widget').count(), 0);
  });

  test('row 13, 10.1: on a phone the window’s bubble is a small icon that opens a tab', async (t) => {
    await stage.agent('Ada');
    const phone = { hasTouch: true, isMobile: true, viewport: { width: 390, height: 844 } };
    const { page, visitor, bar, box, status } = await guest(t, `livechatoo.popup.init(opts({ mode: 'bubble', btype: 'left3' }));`, phone);
    await status('bubble', 'popup');
    await until(async () => assert.deepEqual(await box().evaluate(({ style }) => [style.width, style.height, style.left]), ['72px', '72px', '0px']));
    assert.deepEqual(await bar.evaluate((it) => [it.offsetWidth, it.offsetHeight, it.className]), [48, 48, 'lt-popup']);
    const [tab] = await Promise.all([page.waitForEvent('popup'), bar.click()]);
    await tab.getByRole('dialog').waitFor();
    await visitor.leave();
  });

  test('LT-CB-10: while the page is there it hears; when it has gone the window counts by itself', async (t) => {
    await stage.agent('Ada');
    const counter = createServer((_, answer) => answer.writeHead(200, { 'content-type': 'text/javascript' }).end('window.dataLayer = [];'));
    await new Promise((listening) => counter.listen(0, '127.0.0.1', listening));
    t.after(() => counter.close());
    await stage.foyer.setting('Livechat_AdditionalWidgetScripts', `http://127.0.0.1:${counter.address().port}/count.js`);
    t.after(() => stage.foyer.setting('Livechat_AdditionalWidgetScripts', ''));
    const { page, site } = await guest(t, `document.querySelector('#image').onclick = function () { livechatoo.popup.init(opts({ mode: 'custom', c_name: 'Gil', c_email: 'gil@example.com' })); return false; };`);
    const open = async () => {
      const [popup] = await Promise.all([page.waitForEvent('popup'), page.locator('#image').click()]);
      const start = popup.getByRole('button', { name: 'Start chat' });
      await popup.getByRole('textbox', { name: 'Write a message' }).or(start).first().waitFor();
      if (await start.count()) await start.click();
      return popup;
    };
    const popup = await open();
    const counted = () => popup.evaluate(() => window.dataLayer.filter(({ event }) => event).map(({ event }) => event));
    const write = async (text) => {
      await popup.getByRole('textbox', { name: 'Write a message' }).fill(text);
      await popup.keyboard.press('Enter');
      await popup.getByText('Sent', { exact: true }).last().waitFor();
    };
    await write('Hello');
    await until(async () => assert.deepEqual(await page.evaluate('counted.map(([, , , action]) => action)'), ['Chat start']));
    assert.deepEqual(await counted(), []);
    await page.goto(`${site.url}elsewhere`);
    await popup.getByRole('button', { name: 'End chat' }).click();
    await popup.locator('dialog').getByRole('button', { name: 'End chat' }).click();
    await popup.getByRole('button', { name: 'Start a new chat' }).click();
    await write('Again');
    await until(async () => assert.deepEqual(await counted(), ['livechatoo_chat_start']));
    assert.deepEqual(await page.evaluate('counted'), []);
  });

  test('rows 5, 16: one session for all hosts of an account, or one for each', async (t) => {
    await stage.agent('Ada');
    for (const [own, shared] of [[false, true], [true, false]]) {
      const { visitor, page, site, status } = await guest(t, `livechatoo.embed.init(opts({ session_per_host: ${own}, c_name: 'Sam', c_email: 'sam@example.com' }));`);
      await status('start-online');
      await enter(visitor);
      await say(visitor, 'Hello');
      const key = await visitor.frame.evaluate(() => Object.keys(localStorage).filter((it) => it.endsWith('session')).join());
      assert.equal(key, own ? `foyer:default@${new URL(site.url).host}:session` : 'foyer:session');
      await page.goto(`${site.url}other`);
      await until(async () => assert.equal(await page.evaluate('told.filter(([name]) => name === "onchatopened").length'), 1));
      const keys = await visitor.frame.evaluate(() => Object.keys(localStorage).filter((it) => it.endsWith(':rid') || it.endsWith('rid')));
      assert.ok(keys.length);
      assert.equal(keys.every((it) => it.includes('@')), !shared);
      await visitor.leave();
      stage.people = stage.people.filter((it) => it !== visitor);
    }
  });

  /** three are three hosts of one account, each another site for the browser. */
  async function three(t, { own = false, context }) {
    const site = await secondPage({ server: stage.foyer.url, before: listens, asks: `livechatoo.embed.init(opts({ session_per_host: ${own}, c_name: 'Tina', c_email: 'tina@example.com' }));` });
    t.after(() => site.close());
    const { port } = new URL(site.url);
    const hosts = ['localhost', 'shop.localhost', 'blog.localhost'].map((name) => `${name}:${port}`);
    await stage.foyer.setting('Livechat_AllowedDomainsList', hosts.join());
    t.after(() => stage.foyer.setting('Livechat_AllowedDomainsList', ''));
    t.after(() => (context.end ?? context.close).call(context));
    const page = await context.newPage();
    await page.goto(`http://${hosts[0]}/`);
    const it = around(Object.assign(new Visitor(page), { page }), site);
    let asked = 0;
    const hands = (one) => one.url().endsWith('/widget/handover');
    page.on('request', (request) => { if (hands(request)) asked++; });
    /** follows a link, as people do: they come near it, and where the chat goes along they press it after that; tells how it went. */
    const follow = async (host, { along = true } = {}) => {
      await page.evaluate((href) => { document.querySelector('#image').href = href; }, `http://${host}/next`);
      await page.mouse.move(0, 0);
      const [given] = await Promise.all([along && page.waitForResponse(hands), page.locator('#image').hover()]);
      await page.locator('#image').click();
      await page.waitForURL(`http://${host}/next`);
      await it.tells('onload', 1);
      return along ? given.status() : asked;
    };
    const opened = () => it.told('onchatopened').then((all) => all.map(({ ticket }) => ticket));
    await it.status('start-online');
    await enter(it.visitor);
    await say(it.visitor, 'Hello');
    const [{ ticket }] = await it.told('onchatstart');
    return { ...it, hosts, follow, opened, ticket };
  }

  const blocked = ({ frame }) => frame.evaluate(() => { try { return !localStorage; } catch { return true; } });

  test('rows 5, 16, PT-LT-9: from one domain of the account to the next, where the browser keeps another storage for each', async (t) => {
    await stage.agent('Ada');
    const { page, hosts, follow, opened, ticket, visitor, site } = await three(t, { context: await profile() });
    assert.equal(await blocked(visitor), false);
    for (const host of [hosts[1], hosts[2]]) {
      assert.equal(await follow(host), 200);
      await until(async () => assert.deepEqual(await opened(), [ticket]));
      assert.equal(page.url(), `http://${host}/next`);
    }
    await visitor.reads('Hello');
    await page.goto(`http://${hosts[0]}/back`);
    await until(async () => assert.deepEqual(await opened(), [ticket]));
    await page.evaluate(() => { document.querySelector('#image').href = 'http://elsewhere.localhost/'; });
    const asked = [];
    page.on('request', (request) => request.url().includes('handover') && asked.push(request.url()));
    await page.locator('#image').hover();
    await page.goto(`${site.url.replace('127.0.0.1', 'shop.localhost')}#foyer=${'x'.repeat(43)}`);
    await until(async () => assert.deepEqual(await opened(), [ticket]));
    assert.deepEqual(asked, []); // a host that is not listed, and a code that came from nowhere
    assert.equal(new URL(page.url()).hash, '');
  });

  test('rows 5, 16, PT-LT-9: with session_per_host nothing goes along', async (t) => {
    await stage.agent('Ada');
    const { hosts, follow, opened, told } = await three(t, { own: true, context: await profile() });
    assert.equal(await follow(hosts[1], { along: false }), 0);
    assert.deepEqual([await opened(), (await told('onload'))[0].ticket], [[], '']);
  });

  test('rows 5, 16, PT-LT-9: where all sites share storage the chat is simply there', async (t) => {
    await stage.agent('Ada');
    const { page, hosts, opened, ticket } = await three(t, { context: await profile(['--disable-features=ThirdPartyStoragePartitioning']) });
    await page.goto(`http://${hosts[1]}/typed`);
    await until(async () => assert.deepEqual(await opened(), [ticket]));
  });

  test('rows 5, 16, PT-LT-9: where storage is blocked a chat lives as long as its page, and goes along by links', async (t) => {
    await stage.agent('Ada');
    const strict = await launchWhole();
    t.after(() => strict.close());
    const { page, hosts, follow, opened, ticket, visitor, tells } = await three(t, { context: await strict.newContext() });
    assert.equal(await blocked(visitor), true);
    assert.equal(await follow(hosts[1]), 200);
    await until(async () => assert.deepEqual(await opened(), [ticket]));
    await page.goto(`http://${hosts[2]}/typed`);
    await tells('onload', 1, (data) => assert.equal(data.ticket, ''));
  });

  test('rows 26: custom styles', async (t) => {
    const ada = await stage.agent('Ada');
    const site = await secondPage({ server: stage.foyer.url, before: listens });
    t.after(() => site.close());
    const visitor = await stage.visitor({ at: site.url });
    const spacing = () => visitor.frame.evaluate(() => getComputedStyle(document.querySelector('#launcher')).letterSpacing);
    await visitor.page.evaluate(`livechatoo.embed.init(opts({ css_text: '#launcher { letter-spacing: 5px; }' }))`);
    await until(async () => assert.equal(await spacing(), '5px'));
    // What the page says of the bar wins over every shape that the bar has.
    const css = '#launcher { width: 111px; border-radius: 3px; } #launcher b { position: fixed; } .lt-bar { padding: 1px; }';
    await visitor.page.evaluate((css) => livechatoo.embed.init(opts({ css_text: css })), css);
    const stands = () => visitor.frame.evaluate(() => {
      const { width, borderRadius, paddingLeft } = getComputedStyle(document.querySelector('#launcher'));
      return [width, borderRadius, paddingLeft, getComputedStyle(document.querySelector('#launcher b')).position];
    });
    await until(async () => assert.deepEqual(await stands(), ['111px', '3px', '1px', 'fixed']));
    await visitor.page.evaluate((file) => livechatoo.embed.init(opts({ css_file: file })), `//${new URL(site.url).host}/file.css`);
    await until(async () => assert.equal(await spacing(), '3px'));
    // The lasting names, and the shapes of windows, are there to be styled (livechatoo.md 10.4).
    const lasting = '.lt-bar, .lt-strip, .lt-message, .panel, .bubble { outline: 7px dotted red; } .lt-message--operator { letter-spacing: 2px; } .lt-message--visitor { letter-spacing: 4px; }';
    await visitor.page.evaluate((css) => livechatoo.embed.init(opts({ c_name: 'Lena', css_text: css })), lasting);
    await enter(visitor);
    await say(visitor, 'Here');
    await ada.choose('Lena');
    await ada.say('And there');
    await visitor.reads('And there');
    const look = (css, words) => visitor.frame.evaluate(([css, words]) => {
      const { letterSpacing, outlineWidth } = getComputedStyle([...document.querySelectorAll(css)].find((it) => it.textContent.includes(words)));
      return [letterSpacing, outlineWidth];
    }, [css, words]);
    await until(async () => assert.deepEqual(await look('.lt-message.bubble', 'And there'), ['2px', '7px']));
    assert.deepEqual(await look('.lt-message.bubble', 'Here'), ['4px', '7px']);
    for (const css of ['.lt-bar', '.lt-strip', '.panel']) assert.equal((await look(css, ''))[1], '7px', css);
  });

  test('rows 28–33, 53, PT-LT-6, LT-PRO-7: a proactive chat in somebody’s name; the operator is called in by the answer', async (t) => {
    const ada = await stage.agent('Ada');
    await stage.department('Retention', [ada], { showOnRegistration: true });
    const [department, operator] = [await numberOf('departments', 'Retention'), await numberOf('operators', 'Ada')];
    const ada1 = (await numbers()).operators.find((it) => it.no === operator);
    await stage.foyer.call('POST', '/api/v1/foyer/livechatoo.welcome', { kind: 'operator', id: ada1._id, text: 'I am Ada, ask me' });
    const { visitor, page, run, tells, status } = await guest(t, `livechatoo.embed.init(opts({ c_name: 'Pia', c_email: 'pia@example.com' }));`);
    await status('start-online');
    const before = (await rooms()).length;
    await page.route('**/discount.svg', (route) => route.fulfill({ contentType: 'image/svg+xml', body: '<svg xmlns="http://www.w3.org/2000/svg" width="8" height="8"/>' }));
    await run(`livechatoo.embed.page('chat')`);
    await status('chat');
    await visitor.log.getByText('I am Ada, ask me').waitFor();
    assert.equal(await visitor.log.getByText('Hello! How can we help you today?').count(), 0); // who speaks first greets
    await run(`livechatoo.embed.page('chat', {message : 'Text of Message', departments : '${department}', operators : '${operator},999', department_name : 'Retention Department', operator_name : 'Great Offer', operator_photo : '//${stage.foyer.address}/discount.svg'})`);
    await visitor.log.getByText('Text of Message').waitFor();
    assert.equal(await visitor.log.getByText('I am Ada, ask me').count(), 0);
    await visitor.chat.getByRole('heading', { name: 'Great Offer' }).waitFor();
    await visitor.chat.getByText('Retention Department').waitFor();
    assert.equal(await visitor.chat.locator('header img').getAttribute('src'), `http://${stage.foyer.address}/discount.svg`);
    assert.equal((await rooms()).length, before);
    assert.equal((await rooms()).filter(({ fname }) => fname === 'Pia').length, 0);
    await say(visitor, 'Tell me more');
    await tells('onchatstart', 1, ({ initiator }) => assert.equal(initiator, 'api'));
    const [room] = (await rooms()).filter(({ fname }) => fname === 'Pia');
    assert.deepEqual((await stage.stored(room._id)), ['Text of Message', 'Tell me more']);
    assert.equal(room.servedBy?.username, 'ada');
    await run(`livechatoo.embed.page('chat', {message : 'Ignored'})`);
    assert.equal(await visitor.log.getByText('Ignored').count(), 0);
  });

  test('rows 34, 35: mobile mode', async (t) => {
    await stage.agent('Ada');
    const { visitor, page, box, status, tells } = await guest(t, `livechatoo.embed.init(opts({ side: 'right', mobile: true }));`);
    await status('start-online');
    await tells('onload', 1, ({ mobile }) => assert.equal(mobile, true));
    await until(async () => assert.equal(await box().evaluate((it) => it.style.width), '72px'));
    assert.equal(await visitor.chat.locator('.lt-bubble').count(), 0);
    const [tab] = await Promise.all([page.context().waitForEvent('page'), visitor.chat.locator('#launcher').click()]);
    await tab.getByRole('dialog').waitFor();
    const phone = await guest(t, `livechatoo.embed.init(opts({}));`, { hasTouch: true, isMobile: true, viewport: { width: 390, height: 844 } });
    await phone.tells('onload', 1, ({ mobile }) => assert.equal(mobile, true));
    const forced = await guest(t, `livechatoo.embed.init(opts({ mobile: false }));`, { hasTouch: true, isMobile: true, viewport: { width: 390, height: 844 } });
    await forced.tells('onload', 1, ({ mobile }) => assert.equal(mobile, false));
  });

  test('rows 36–39, 50: what the page knows, and target pages', async (t) => {
    const ada = await stage.agent('Ada');
    const { visitor, run, status } = await guest(t, `livechatoo.embed.init(opts({ c_name: 'Nora', c_name_byop: 'Nora, gold customer', c_email: 'nora@example.com', c_phone: '0123 456 789',
      target: ['*/order', '*/basket*', 'http://example.com/order'] }));`, { at: 'order' });
    await status('start-online');
    await enter(visitor);
    await say(visitor, 'Hi');
    await run(`history.pushState(null, '', '/basket/7')`);
    await ada.choose('Nora');
    await until(async () => assert.deepEqual((({ name, targets }) => [name, targets])(await note(ada.room)), ['Nora, gold customer', ['*/order', '*/basket*']]));
    await ada.page.reload();
    await ada.page.getByText('Nora, gold customer').waitFor();
    await ada.page.getByRole('list', { name: 'Target pages reached' }).getByText('*/order').waitFor();
    await ada.page.getByText('nora@example.com').first().waitFor();
    assert.equal(await visitor.log.getByText('gold customer').count(), 0);
    const blank = await guest(t, `livechatoo.embed.init(opts({ c_name: '', c_email: '', c_phone: '', target: '*/never' }));`);
    await blank.status('start-online');
    await blank.visitor.chat.locator('#launcher').click();
    await blank.visitor.chat.getByRole('textbox', { name: 'Name' }).waitFor();
  });

  test('rows 40, 41, 59–61, PT-LT-7, LT-CB-6: addresses, requests, and consent before an address leaves the browser', async (t) => {
    await stage.agent('Ada');
    await stage.foyer.settings({ Livechat_phone_field_registration_form: true, Livechat_url_faq: 'https://example.com/old-faq' });
    t.after(() => stage.foyer.settings({ Livechat_phone_field_registration_form: false, Livechat_url_faq: '' }));
    const { visitor, page, tells, status } = await guest(t, `livechatoo.embed.init(opts({ c_email: 'pre@example.com', url_contact : 'https://example.com/contact', url_faq : 'https://example.com/faq', url_privacy : 'https://example.com/privacy' }));`);
    await page.context().route('https://example.com/**', (route) => route.fulfill({ contentType: 'text/html', body: '' }));
    const sent = [];
    page.on('request', (request) => sent.push(request.postData() ?? ''));
    await status('start-online');
    const { chat } = visitor;
    await chat.locator('#launcher').click();
    await chat.getByRole('textbox', { name: 'Name' }).fill('Cora');
    assert.equal(await chat.getByRole('textbox', { name: 'E-mail' }).inputValue(), 'pre@example.com');
    await chat.getByRole('button', { name: 'Start chat' }).click();
    await chat.getByText('Please agree before you give an address or number.').waitFor();
    assert.equal(sent.filter((it) => it.includes('pre@example.com')).length, 0);
    assert.equal(await chat.getByRole('link', { name: 'Privacy' }).getAttribute('href'), 'https://example.com/privacy');
    await chat.getByRole('checkbox').check();
    await chat.getByRole('button', { name: 'Start chat' }).click();
    await visitor.field.waitFor();
    await tells('onnamerequired', 1, (data) => assert.deepEqual(data, { accepted: true, name: 'Cora' }));
    await tells('onemailrequired', 1, (data) => assert.deepEqual(data, { accepted: true, email: 'pre@example.com' }));
    await tells('onphonerequired', 1, (data) => assert.deepEqual(data, { accepted: false, phone: '' }));
    await until(async () => assert.deepEqual((await page.evaluate('counted')).map(([, , , action, label]) => [action, label]), [['Name required', 'accepted'], ['Email required', 'accepted'], ['Phone required', 'declined']]));
    await chat.getByRole('button', { name: 'More' }).click();
    const [faq] = await Promise.all([page.context().waitForEvent('page'), chat.getByRole('menuitem', { name: 'Frequent questions' }).click()]);
    await faq.waitForURL('https://example.com/faq');
    await faq.close();
    await chat.getByRole('button', { name: 'More' }).click();
    await chat.getByRole('menuitem', { name: 'Contact' }).waitFor();
  });

  test('rows 46–48: departments and operators of a section', async (t) => {
    const [ada, bob] = [await stage.agent('Ada'), await stage.agent('Bob')];
    await stage.department('Mobile', [ada], { showOnRegistration: true });
    await stage.department('Internet', [bob], { showOnRegistration: true });
    const [mobile, bobs] = [await numberOf('departments', 'Mobile'), await numberOf('operators', 'Bob')];
    const { visitor, run, status, tells } = await guest(t, `livechatoo.embed.init(opts({ departments: '${mobile}' }));`);
    await status('start-online');
    await tells('onload', 1, ({ departments }) => assert.equal(departments, String(mobile)));
    await visitor.chat.locator('#launcher').click();
    const options = () => visitor.chat.getByRole('combobox', { name: 'What is it about?' }).locator('option').allTextContents();
    await until(async () => assert.ok((await options()).includes('Mobile') && !(await options()).includes('Internet')));
    await run(`livechatoo.embed.init(opts({ departments: '' }))`);
    await until(async () => assert.ok((await options()).includes('Internet')));
    await stage.foyer.setting('Livechat_department_support', false);
    await run('livechatoo.embed.stop()');
    await run(`livechatoo.embed.init(opts({ departments: '${mobile}', page: 'online' }))`);
    await visitor.chat.getByRole('textbox', { name: 'Name' }).waitFor();
    assert.equal(await visitor.chat.getByRole('combobox').count(), 0);
    await stage.foyer.setting('Livechat_department_support', true);
    const section = await guest(t, `livechatoo.embed.init(opts({ operators: '${bobs}', c_name: 'Otto', c_email: 'otto@example.com' }));`);
    await section.status('start-online');
    await enter(section.visitor);
    await say(section.visitor, 'For Bob');
    await until(async () => assert.equal((await rooms()).find(({ fname }) => fname === 'Otto')?.servedBy?.username, 'bob'));
  });

  test('rows 49, 57: the visitor picks an operator, whom the page lists in further departments', async (t) => {
    await stage.agent('Ada');
    await stage.foyer.setting('Livechat_manual_operator_assignment', true);
    t.after(() => stage.foyer.setting('Livechat_manual_operator_assignment', false));
    const { visitor, status } = await guest(t, `var data = {'Ada Agent' : ['Eshop Orders', 'Tech. Support']};
      livechatoo.embed.init(opts({ clone_operators : data, c_name: 'Mia', c_email: 'mia@example.com' }));`);
    await status('start-online');
    await visitor.chat.locator('#launcher').click();
    const list = visitor.chat.getByRole('combobox', { name: 'Whom would you like to talk to?' });
    await list.waitFor();
    const headings = await list.locator('optgroup').evaluateAll((all) => all.map((it) => it.label));
    assert.ok(headings.includes('Eshop Orders') && headings.includes('Tech. Support'), String(headings));
    await list.selectOption(await list.locator('optgroup[label="Tech. Support"] option').getAttribute('value'));
    await visitor.chat.getByRole('button', { name: 'Start chat' }).click();
    await say(visitor, 'For Ada');
    const room = await until(async () => {
      const found = (await rooms()).find(({ fname }) => fname === 'Mia');
      assert.equal(found?.servedBy?.username, 'ada');
      return found;
    });
    await until(async () => assert.equal((await note(room._id)).department, 'Tech. Support'));
  });

  test('rows 49, 57: an offline message to an operator whom the page lists in a department of its own', async (t) => {
    await stage.agent('Ada');
    await stage.foyer.setting('Livechat_manual_operator_assignment', true);
    await stage.foyer.setting('Livechat_validate_offline_email', false);
    t.after(() => stage.foyer.setting('Livechat_manual_operator_assignment', false));
    const { visitor, status, tells } = await guest(t, `livechatoo.embed.init(opts({ page: 'offline', clone_operators: {'Ada Agent': ['Eshop Orders']}, c_name: 'Olaf', c_email: 'olaf@example.com' }));`);
    await status('offline');
    const list = visitor.chat.getByRole('combobox', { name: 'Whom would you like to talk to?' });
    await list.selectOption(await list.locator('optgroup[label="Eshop Orders"] option').getAttribute('value'));
    await visitor.chat.getByRole('textbox', { name: 'Your message' }).fill('Call me');
    await visitor.chat.getByRole('button', { name: 'Send message' }).click();
    const no = await numberOf('operators', 'Ada');
    await tells('onofflinemessage', 1, (data) => assert.deepEqual(data, { name: 'Olaf', email: 'olaf@example.com', phone: '', message: 'Call me', operator_id: no }));
    const { messages } = await stage.foyer.call('GET', '/api/v1/foyer/offline.messages?text=olaf');
    assert.deepEqual(messages.map(({ agent, department }) => [agent.username, department]), [['ada', 'Eshop Orders']]);
  });

  test('row 49: with automatic assignment cloning has no effect', async (t) => {
    await stage.agent('Ada');
    const { visitor, status } = await guest(t, `livechatoo.embed.init(opts({ page: 'online', clone_operators: {'Ada Agent': ['Eshop Orders']} }));`);
    await status('online');
    await visitor.chat.getByRole('textbox', { name: 'Name' }).waitFor();
    assert.equal(await visitor.chat.getByText('Eshop Orders').count(), 0);
  });

  test('rows 42–45, PT-LT-8: who is signed in on the page’s site, asked again after the invitation to sign in', async (t) => {
    let answer = 'nobody is signed in';
    const asked = [];
    const api = createServer(async (request, response) => {
      let body = '';
      for await (const part of request) body += part;
      asked.push(new URLSearchParams(body).get('custom'));
      response.writeHead(200, { 'content-type': answer.startsWith('{') ? 'application/json' : 'text/plain' }).end(answer);
    });
    await new Promise((done) => api.listen(0, '127.0.0.1', done));
    t.after(() => api.close());
    await stage.foyer.setting('Livechat_identity_check_url', `http://127.0.0.1:${api.address().port}/api_url.php`);
    await stage.foyer.setting('Livechat_identity_check_format', 'form');
    t.after(() => stage.foyer.setting('Livechat_identity_check_url', ''));
    const ada = await stage.agent('Ada');
    const frames = [];
    ada.page.on('websocket', (socket) => socket.on('framereceived', ({ payload }) => frames.push(String(payload))));
    ada.page.on('response', async (answer) => /api\/v1/.test(answer.url()) && frames.push(await answer.text().catch(() => '')));
    const { visitor, run, status } = await guest(t, `livechatoo.embed.init(opts({ custom : 'PHPSESSID=s830qamomducb6pm0a', c_name: 'Hugo', c_email: 'hugo@example.com' }));`);
    await status('start-online');
    await enter(visitor);
    await say(visitor, 'Please change my address');
    await ada.choose('Hugo');
    const details = ada.page.getByRole('complementary', { name: 'Details' });
    await details.getByText('nobody is signed in').waitFor();
    await ada.say('Please sign in first');
    await visitor.reads('Please sign in first');
    answer = JSON.stringify({ logged_in: true, name: 'Hugo Hill', plan: 'gold' });
    await run(`livechatoo.embed.init(opts({ custom : 'PHPSESSID=after-signing-in', c_name: 'Hugo', c_email: 'hugo@example.com' }))`);
    await details.getByText('Hugo Hill').waitFor();
    await details.getByText('Signed in', { exact: true }).waitFor();
    answer = JSON.stringify({ logged_in: false });
    await details.getByRole('button', { name: 'Verify again' }).click();
    await details.getByText('Not signed in').waitFor();
    assert.deepEqual(asked, ['PHPSESSID=s830qamomducb6pm0a', 'PHPSESSID=after-signing-in', 'PHPSESSID=after-signing-in']);
    const told = frames.join() + stage.foyer.log();
    assert.ok(told.includes('Please change my address'), 'nothing was heard');
    assert.ok(!told.includes('PHPSESSID'), 'the value got out');
    assert.match(await readFile(new URL('../../examples/identity-check/api_url.php', import.meta.url), 'utf8'), /custom/);
  });

  for (const [kind, makes, reads] of [
    ['ga', 'var heardOf = []; function ga() { heardOf.push([].slice.call(arguments)); }', (all) => all.map(([, , , action, label, value]) => [action, label, value])],
    ['gtag', 'var heardOf = []; function gtag() { heardOf.push([].slice.call(arguments)); }', (all) => all.map(([, name, { label, value }]) => [name, label, value])],
    ['dataLayer', 'var heardOf = [], dataLayer = heardOf;', (all) => all.map(({ event, label, value }) => [event, label, value])],
  ]) {
    test(`rows 62, 59–61, PT-LT-10: the seven events by ${kind}, each once and no others`, async (t) => {
      await stage.agent('Ada');
      await stage.foyer.setting('Livechat_phone_field_registration_form', true);
      t.after(() => stage.foyer.setting('Livechat_phone_field_registration_form', false));
      const trigger = { name: `Offer by ${kind}`, description: '', enabled: true, runOnce: false, conditions: [{ name: 'page-url', value: `counted-${kind}` }], actions: [{ name: 'send-message', params: { sender: 'custom', name: 'Zoe', msg: 'May I help?' } }] };
      await stage.foyer.call('POST', '/api/v1/livechat/triggers', trigger);
      const site = await secondPage({ server: stage.foyer.url, before: `${makes} ${listens.replace(/function ga\(.*?; }/, '')}`, asks: 'livechatoo.embed.init(opts({}));' });
      t.after(() => site.close());
      const visitor = await stage.visitor({ at: `${site.url}?counted-${kind}` });
      const { run, tells, told } = around(visitor, site);
      await tells('ontrigger', 1);
      await run(`livechatoo.embed.page('offline')`);
      await visitor.chat.getByRole('textbox', { name: 'Name' }).fill('Ina');
      await visitor.chat.getByRole('textbox', { name: 'E-mail' }).fill('ina@example.com');
      await visitor.chat.getByRole('textbox', { name: 'Your message' }).fill('Call me back');
      await visitor.chat.getByRole('button', { name: 'Send message' }).click();
      await tells('onofflinemessage', 1);
      const name = (action) => (kind === 'ga' ? action : `livechatoo_${action.toLowerCase().replaceAll(' ', '_')}`);
      await until(async () => assert.deepEqual(reads(await run('heardOf')), [[name('Trigger'), `Offer by ${kind}`, undefined], [name('Offline message'), undefined, undefined]]));
      await visitor.page.goto(site.url);
      await tells('onload', 1);
      await visitor.chat.locator('#launcher').click();
      await visitor.chat.getByRole('textbox', { name: 'Name' }).fill('Ina');
      await visitor.chat.getByRole('button', { name: 'Start chat' }).click();
      await say(visitor, 'Hello');
      await tells('onchatstart', 1);
      await visitor.minimise();
      await tells('onchange', 1);
      await visitor.chat.locator('#launcher').click();
      await visitor.end();
      await visitor.chat.getByRole('radio', { name: '5 stars' }).check({ force: true });
      await visitor.chat.getByRole('button', { name: 'Send rating' }).click();
      await tells('onchatrating', 1);
      const { ticket } = (await told('onchatstart'))[0];
      await until(async () => assert.deepEqual(reads(await run('heardOf')), [
        [name('Name required'), 'accepted', undefined], [name('Email required'), 'declined', undefined], [name('Phone required'), 'declined', undefined],
        [name('Chat start'), 'client', undefined], [name('Chat rating'), ticket, 5],
      ]));
    });
  }

  test('rows 53, 54, PT-LT-3, LT-CB-2: with several tabs a chat starts once, and is opened once in each', async (t) => {
    await stage.agent('Ada');
    const { visitor, page, site, tells, told } = await guest(t, `livechatoo.embed.init(opts({ c_name: 'Kim', c_email: 'kim@example.com' }));`);
    await enter(visitor);
    const early = await page.context().newPage();
    await early.goto(site.url);
    await early.getByTitle('Chat', { exact: true }).contentFrame().locator('#launcher').waitFor();
    await say(visitor, 'Hello');
    await tells('onchatstart', 1);
    const { ticket } = (await told('onchatstart'))[0];
    const late = await page.context().newPage();
    for (const tab of [late, early]) {
      await tab.goto(site.url);
      await until(async () => assert.deepEqual(await tab.evaluate(() => window.told.filter(([name]) => /^onchat/.test(name))), [['onchatopened', { ticket, initiator: 'client' }]]));
    }
    assert.deepEqual((await told('onchatopened')), []);
    await tells('onchatstart', 1);
  });

  test('PT-LT-11: the same conversation through both APIs leaves the same records', async (t) => {
    const ada = await stage.agent('Ada');
    const plain = await stage.visitor();
    await plain.begin('Twin', 'Hello');
    await ada.choose('Twin');
    const kept = async (rid) => {
      const { servedBy, source, v, ...room } = (await rooms()).find(({ _id }) => _id === rid);
      const own = ['_id', 'code', 'ts', 'lm', '_updatedAt', 'seq', 'metrics', 'lastMessage', 'contactId', 'queuedAt', 'responseBy'];
      return { ...Object.fromEntries(Object.entries(room).filter(([key]) => !own.includes(key))), by: servedBy.username, type: source.type, said: await stage.stored(rid) };
    };
    const first = await kept(ada.room);
    await stage.foyer.call('POST', '/api/v1/livechat/room.closeByUser', { rid: ada.room, comment: 'done' });
    const { visitor } = await guest(t, `livechatoo.embed.init(opts({ c_name: 'Twin', c_email: 'twin@example.com' }));`);
    await enter(visitor);
    await say(visitor, 'Hello');
    const room = (await rooms()).find(({ fname, open }) => fname === 'Twin' && open);
    assert.deepEqual(await kept(room._id), first);
  });

  test('the bar by keyboard alone: unfolded, written in, filling the window, folded', async (t) => {
    await stage.agent('Ada');
    const { visitor, page, status, tells } = await guest(t, `livechatoo.embed.init(opts({ bubble: false, c_name: 'Kay', c_email: 'kay@example.com' }));`);
    await status('start-online');
    const { keyboard } = page;
    const focused = (what) => until(async () => assert.equal(await visitor.frame.evaluate((what) => document.activeElement.matches(what), what), true));
    await page.locator('#image').focus();
    await keyboard.press('Tab');
    await focused('#launcher');
    await keyboard.press('Enter');
    await status('online');
    const start = visitor.chat.getByRole('button', { name: 'Start chat' });
    await start.or(visitor.field).first().waitFor();
    if (await start.count()) await start.press('Enter');
    await visitor.field.waitFor();
    await focused('textarea');
    await keyboard.type('Hello');
    await keyboard.press('Enter');
    await tells('onchatstart', 1);
    await visitor.chat.getByRole('button', { name: 'More' }).focus();
    await keyboard.press('Enter');
    await focused('[role=menuitemcheckbox]');
    for (let i = 0; i < 2; i++) await keyboard.press('ArrowDown');
    await keyboard.press('Enter');
    await tells('onchange', 1, ({ chat_status }) => assert.equal(chat_status, 'max'));
    await visitor.chat.getByRole('button', { name: 'More' }).focus();
    await keyboard.press('Escape');
    await tells('onchange', 2, ({ chat_status }) => assert.equal(chat_status, 'min'));
    await focused('#launcher');
  });

  test('row 58, LT-PRO-7: a trigger', async (t) => {
    await stage.agent('Ada');
    await stage.foyer.setting('Livechat_department_support', false); // nothing is left to ask for
    t.after(() => stage.foyer.setting('Livechat_department_support', true));
    const trigger = { name: 'Help offered', description: '', enabled: true, runOnce: false, conditions: [{ name: 'page-url', value: 'triggered' }], actions: [{ name: 'send-message', params: { sender: 'custom', name: 'Zoe', msg: 'May I help?' } }] };
    await stage.foyer.call('POST', '/api/v1/livechat/triggers', trigger);
    const { visitor, page, tells, status } = await guest(t, `livechatoo.embed.init(opts({ c_name: 'Tom', c_email: 'tom@example.com' }));`, { at: 'triggered' });
    await tells('ontrigger', 1, ({ id, title }) => assert.deepEqual([typeof id, title], ['number', 'Help offered']));
    assert.deepEqual((await page.evaluate('told')).map(([name]) => name), ['onload', 'ontrigger']);
    await until(async () => assert.deepEqual(await page.evaluate('counted'), [['send', 'event', 'Livechatoo', 'Trigger', 'Help offered']]));
    await visitor.chat.getByRole('button', { name: 'Start chat' }).click();
    await status('chat');
    await say(visitor, 'Yes');
    await tells('onchatstart', 1, ({ initiator }) => assert.equal(initiator, 'trigger'));
  });
}, { only: ['SQLite'], flags: ['--allow-private-outbound'] });
