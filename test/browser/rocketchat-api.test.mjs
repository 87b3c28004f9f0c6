// The checklist of the page's API (rocketchat-widget.md 12): every method and callback,
// called before the loader has come and afterwards, on somebody else's page.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { eachEngine } from './each-engine.mjs';
import { host } from './host.mjs';
import { until } from './stage.mjs';

const CALLBACKS = ['onChatMaximized', 'onChatMinimized', 'onChatStarted', 'onChatEnded', 'onPrechatFormSubmit', 'onOfflineFormSubmit', 'onAssignAgent',
  'onAgentStatusChange', 'onQueuePositionChange', 'onServiceOffline', 'onWidgetShown', 'onWidgetHidden'];

/** Notes every callback with what came, in window.told. */
const listens = `window.told = []; RocketChat(function () { var api = this;
  ${JSON.stringify(CALLBACKS)}.forEach(function (name) { api[name](function () { told.push([name].concat([].slice.call(arguments))); }); }); });`;

eachEngine('the page’s API', (stage) => {
  /** A guest on a page that listens, and asks for more. */
  async function guest(t, asks = '') {
    const site = await host({ server: stage.foyer.url, asks: listens + asks });
    t.after(() => site.close());
    const visitor = await stage.visitor({ at: site.url });
    const call = (method, ...args) => visitor.page.evaluate(([method, args]) => window.RocketChat.livechat[method](...args), [method, args]);
    const told = (name) => visitor.page.evaluate((name) => window.told.filter(([one]) => one === name), name);
    const tells = (name, ...data) => until(async () => assert.deepEqual(await told(name), [[name, ...data]]));
    const state = (wanted) => until(async () => assert.equal(await visitor.page.locator('.rocketchat-widget').getAttribute('data-state'), wanted));
    return { visitor, call, told, tells, state };
  }

  test('container, state, open and close, shown and hidden: once each, when it really changed', async (t) => {
    await stage.agent('Ada');
    const { visitor, call, told, tells, state } = await guest(t);
    await tells('onWidgetShown');
    await state('closed');
    assert.equal(await visitor.page.locator('div.rocketchat-widget > div.rocketchat-container > iframe#rocketchat-iframe').count(), 1);
    await call('maximizeWidget');
    await call('maximizeWidget');
    await state('opened');
    await tells('onChatMaximized');
    await call('minimizeWidget');
    await call('minimizeWidget');
    await state('closed');
    await tells('onChatMinimized');
    await call('hideWidget');
    await tells('onWidgetHidden');
    assert.equal(await visitor.page.locator('.rocketchat-widget').isVisible(), false);
    await call('showWidget');
    await until(async () => assert.equal((await told('onWidgetShown')).length, 2));
    await call('clearAllCallbacks');
    await call('maximizeWidget');
    await state('opened');
    assert.equal((await told('onChatMaximized')).length, 1);
    await call('removeWidget');
    assert.deepEqual(await visitor.page.evaluate(() => [document.querySelectorAll('.rocketchat-widget').length, typeof window.RocketChat, document.body.className]), [0, 'undefined', '']);
  });

  for (const when of ['before', 'after']) {
    test(`theme, language, guest and fields, given ${when} the loader came`, async (t) => {
      const ada = await stage.agent('Ada');
      const options = { theme: { title: 'Ask us', color: '#0b6e4f', position: 'left' }, language: 'de', registerGuest: { name: 'Vera Page', email: 'vera@example.com', phone: '12345' }, parentUrl: 'https://shop.example/' };
      const { visitor, call, told, tells, state } = await guest(t, when === 'before' ? `RocketChat(function () { this.initialize(${JSON.stringify(options)}); });` : '');
      if (when === 'after') {
        await tells('onWidgetShown');
        await call('initialize', options);
      }
      await until(async () => assert.equal(await visitor.page.locator('.rocketchat-widget').evaluate((it) => it.style.left), '0px'));
      await call('maximizeWidget');
      await state('opened');
      const frame = visitor.page.frames()[1];
      await frame.getByRole('heading', { name: 'Ask us' }).waitFor();
      const field = frame.getByRole('textbox', { name: 'Nachricht schreiben' });
      await field.fill('Hallo!');
      await field.press('Enter');
      await tells('onChatStarted');
      await ada.row('Vera Page').waitFor();
      await ada.choose('Vera Page');
      await until(async () => assert.deepEqual((await told('onAssignAgent')).map(([, agent]) => agent.name), ['Ada Agent']));
      await call('setTheme', { title: 'Other words' });
      await call('setLanguage', 'ar');
      await until(async () => assert.equal(await frame.evaluate(() => document.documentElement.dir), 'rtl'));
      await call('setLanguage', 'en');
      await visitor.end();
      await tells('onChatEnded');
    });
  }

  test('form, offline form, and nobody there', async (t) => {
    await stage.emptied();
    await stage.foyer.setting('Livechat_validate_offline_email', false); // nobody asks the world's name servers here
    const { visitor, call, told, tells, state } = await guest(t);
    await tells('onServiceOffline');
    await call('maximizeWidget');
    await state('opened');
    const { chat } = visitor;
    for (const name of ['name', 'email', 'message']) await chat.locator(`[name=${name}]`).waitFor(); // as the official browser specs find them
    await chat.getByRole('textbox', { name: 'Name' }).fill('Olga');
    await chat.getByRole('textbox', { name: 'E-mail' }).fill('olga@example.com');
    await chat.getByRole('textbox', { name: 'Your message' }).fill('Call me back');
    await chat.getByRole('button', { name: 'Send message' }).click();
    await tells('onOfflineFormSubmit', { name: 'Olga', email: 'olga@example.com', message: 'Call me back' });
    await stage.agent('Ada');
    await chat.getByRole('button', { name: 'Done' }).click();
    await visitor.register({ name: 'Olga' });
    await tells('onPrechatFormSubmit', { name: 'Olga', email: 'olga@example.com' });
    assert.equal((await told('onServiceOffline')).length, 1);
  });

  test('a changed setting acts at once: consent, title, watermark, and the rating afterwards', async (t) => {
    const ada = await stage.agent('Ada');
    const { visitor } = await guest(t);
    await visitor.begin('Rosa', 'Hello.');
    await ada.choose('Rosa');
    await visitor.chat.getByText('Powered by Foyer').waitFor();
    await stage.foyer.settings({ Livechat_hide_watermark: true, Livechat_rating_enabled: true });
    t.after(() => stage.foyer.setting('Livechat_hide_watermark', false));
    await visitor.chat.getByText('Powered by Foyer').waitFor({ state: 'detached' });
    await visitor.chat.getByRole('button', { name: 'End chat' }).click();
    const sides = (selector) => visitor.chat.locator(selector).evaluate((it) => it.getBoundingClientRect().toJSON());
    assert.deepEqual(await sides('.veil'), await sides('.panel'), 'the question darkens all that is behind it');
    await visitor.chat.getByRole('button', { name: 'Keep chatting' }).click();
    await visitor.end();
    await visitor.chat.getByRole('radio', { name: '5 stars' }).check({ force: true });
    await visitor.chat.getByRole('button', { name: 'Start a new chat' }).click();
    await visitor.field.waitFor();
    const { rooms } = await stage.foyer.call('GET', '/api/v1/livechat/rooms?count=100');
    assert.ok(rooms.some(({ fname, surveyFeedback }) => fname === 'Rosa' && surveyFeedback?.satisfaction === '5'), 'what was chosen counts without being sent');
  });

  test('what is asked for in vain is told on the demo page, and is no error of a page', async () => {
    const visitor = await stage.visitor({ at: `${stage.foyer.url}/demo/rocketchat.html` });
    const { page } = visitor;
    await visitor.bubble.waitFor();
    for (const name of ['setBusinessUnit', 'transferChat']) await page.getByRole('button', { name, exact: true }).click();
    const list = page.getByLabel('Callbacks');
    await list.getByText('error-unit-not-found').waitFor();
    await list.getByText('transferChat: unknown department Sales').waitFor();
  });

  test('department, fields in both shapes, token, hidden lines, transfer, waiting: what the page says counts', async (t) => {
    const { foyer } = stage;
    foyer.addAgent({ username: 'wim', name: 'Wim Agent', password: 'Agent-password-1' });
    const wim = [{ person: { username: 'wim' } }];
    const [care, sales] = [await stage.department('Care', wim), await stage.department('Sales', wim, { allowReceiveForwardOffline: true })];
    for (const field of ['plan', 'size', 'colour']) await foyer.call('POST', '/api/v1/livechat/custom-fields.save', { customFieldId: null, customFieldData: {
      field, label: field, scope: 'visitor', visibility: 'visible', regexp: '', searchable: false, type: 'input', required: false, public: true,
    } });
    await foyer.settings({ Livechat_accept_chats_with_no_agents: true, Livechat_waiting_queue: true });
    t.after(() => foyer.settings({ Livechat_accept_chats_with_no_agents: false, Livechat_waiting_queue: false }));
    t.after(() => Promise.all(['plan', 'size', 'colour'].map((customFieldId) => foyer.call('POST', '/api/v1/livechat/custom-fields.delete', { customFieldId }))));
    const { visitor, call, told, tells } = await guest(t, `RocketChat(function () {
      this.initialize({ department: 'Nowhere', customField: { key: 'plan', value: 'gold', overwrite: true }, setCustomFields: [['size', 'XL'], { key: 'colour', value: 'red' }] });
      this.setDepartment('Care');
      this.setHiddenSystemMessages(['livechat-started']);
      this.registerGuest({ name: 'Dora', email: 'dora@example.com', token: 'page-token-of-dora' });
    });`);
    await tells('onWidgetShown');
    await call('maximizeWidget');
    await visitor.say('Which one?');
    await visitor.chat.getByText('Sent', { exact: true }).waitFor();
    assert.equal(await visitor.log.getByText('Chat started').count(), 0);
    await call('setHiddenSystemMessages', []);
    await visitor.log.getByText('Chat started').waitFor();
    await tells('onChatStarted');
    await call('setCustomField', 'size', 'S', false);
    await call('setCustomField', 'colour', 'blue');
    const room = async () => (await foyer.call('GET', '/api/v1/livechat/rooms?queued=true&count=100')).rooms.find(({ departmentId }) => [care, sales].some(({ _id }) => _id === departmentId));
    await until(async () => assert.equal((await room()).departmentId, care._id));
    const known = async () => (await foyer.call('GET', `/api/v1/livechat/visitors.info?visitorId=${(await room()).v._id}`)).visitor;
    await until(async () => assert.deepEqual((await known()).livechatData, { plan: 'gold', size: 'XL', colour: 'blue' }));
    assert.deepEqual((await known()).visitorEmails.map(({ address }) => address), ['dora@example.com']);
    await until(async () => assert.equal((await told('onQueuePositionChange')).at(-1)[1].spot, 1));
    await call('transferChat', 'Sales');
    await until(async () => assert.equal((await room()).departmentId, sales._id));
    await call('setGuestName', 'Dora Stone');
    await until(async () => assert.equal((await known()).name, 'Dora Stone'));
    await visitor.end();
    await tells('onChatEnded');
  });

  test('the agent whom the page names gets the chat; his coming and going is told', async (t) => {
    await stage.emptied();
    const [, bea] = [await stage.agent('Ada'), await stage.agent('Bea')];
    const { users } = await stage.foyer.call('GET', '/api/v1/livechat/users/agent?count=100');
    const { _id } = users.find(({ username }) => username === 'bea');
    const { visitor, call, told } = await guest(t);
    const warned = visitor.page.waitForEvent('console', { predicate: (line) => line.text().includes('setAgent') });
    await visitor.bubble.waitFor();
    await call('setAgent', { _id });
    await warned;
    for (const other of ['one', 'two']) { // whose turn it is does not matter
      await call('setAgent', { _id, username: 'bea' });
      await visitor.page.evaluate(() => { window.told.length = 0; });
      if (other === 'one') await visitor.begin('Nina', 'For Bea.');
      else await visitor.startAgain().then(() => visitor.say('For Bea again.'));
      await until(async () => assert.deepEqual((await told('onAssignAgent')).map(([, agent]) => agent.username), ['bea']));
      if (other === 'one') await visitor.end();
    }
    await bea.page.getByRole('button', { name: /^Availability/ }).waitFor();
    await bea.leave();
    await until(async () => assert.deepEqual((await told('onAgentStatusChange')).at(-1)?.[1], { name: 'Bea Agent', username: 'bea', status: 'offline' }));
    stage.people.splice(stage.people.indexOf(bea), 1);
  });

  test('a business unit leaves its departments to choose from', async (t) => {
    const ada = await stage.agent('Ada');
    const [inside] = [await stage.department('Inside', [ada], { showOnRegistration: true }), await stage.department('Outside', [ada], { showOnRegistration: true })];
    await stage.foyer.call('POST', '/api/v1/livechat/units', { unitData: { name: 'North', visibility: 'public' }, unitMonitors: [], unitDepartments: [{ departmentId: inside._id }] });
    const { units } = await stage.foyer.call('GET', '/api/v1/livechat/units');
    t.after(async () => {
      await stage.foyer.call('DELETE', `/api/v1/livechat/units/${units[0]._id}`);
      const { departments } = await stage.foyer.call('GET', '/api/v1/livechat/department');
      for (const { _id, name } of departments) if (/side$/.test(name)) await stage.foyer.call('PUT', `/api/v1/livechat/department/${_id}`, { department: { name, enabled: false, showOnRegistration: false, showOnOfflineForm: false, email: 'desk@example.com' } });
    });
    const { visitor, call } = await guest(t, `RocketChat(function () { this.initialize({ businessUnit: ${JSON.stringify(units[0]._id)} }); });`);
    await visitor.open();
    const offered = () => visitor.chat.getByRole('combobox', { name: 'What is it about?' }).locator('option').allTextContents();
    const offers = (...names) => until(async () => assert.deepEqual((await offered()).filter((name) => /side$/.test(name)), names));
    await offers('Inside');
    await call('clearBusinessUnit');
    await offers('Inside', 'Outside');
    await call('setBusinessUnit', units[0]._id);
    await offers('Inside');
  });

  test('a token alone takes over its visitor’s chat; a changed address is stored', async (t) => {
    const { foyer } = stage;
    await stage.agent('Ada');
    const first = await guest(t, `RocketChat(function () { this.registerGuest({ token: 'tokens-of-tessa', name: 'Tessa', email: 'tessa@example.com' }); });`);
    await first.visitor.open();
    await first.visitor.say('From the office.');
    await first.visitor.chat.getByText('Sent', { exact: true }).waitFor();
    await first.call('setGuestEmail', 'tessa.new@example.com');
    const { rooms } = await foyer.call('GET', '/api/v1/livechat/rooms?open=true&count=100');
    const { v } = rooms.find(({ fname }) => fname === 'Tessa');
    await until(async () => assert.deepEqual((await foyer.call('GET', `/api/v1/livechat/visitors.info?visitorId=${v._id}`)).visitor.visitorEmails.map(({ address }) => address), ['tessa.new@example.com']));
    const second = await guest(t);
    await second.visitor.bubble.waitFor();
    await second.call('setGuestToken', 'tokens-of-tessa');
    await second.call('maximizeWidget');
    await second.visitor.reads('From the office.');
    await second.visitor.say('From home.');
    await first.visitor.reads('From home.');
  });

  test('consent comes first; without it nothing', async (t) => {
    await stage.agent('Ada');
    await stage.foyer.settings({ Livechat_force_accept_data_processing_consent: true, Livechat_data_processing_consent_text: 'We *keep* what you write.' });
    t.after(() => stage.foyer.setting('Livechat_force_accept_data_processing_consent', false));
    const { visitor } = await guest(t);
    await visitor.open();
    await visitor.chat.getByText('We keep what you write.').waitFor();
    await visitor.chat.getByRole('button', { name: 'I agree' }).click();
    await visitor.register({ name: 'Cora' });
  });

  test('the hooks of the official browser specs are where they look for them', async (t) => { // rocketchat-widget.md 12
    const ada = await stage.agent('Ada');
    const department = { name: 'Hooks', email: 'desk@example.com', enabled: true, showOnOfflineForm: false };
    const { _id } = await stage.department('Hooks', [ada], { showOnRegistration: true });
    t.after(() => stage.foyer.call('PUT', `/api/v1/livechat/department/${_id}`, { department: { ...department, enabled: false, showOnRegistration: false } }));
    const { visitor } = await guest(t);
    const { chat } = visitor;
    const there = (...hooks) => Promise.all(hooks.map((hook) => chat.locator(hook).first().waitFor({ state: 'attached' })));
    await there('[data-qa-id=chat-button]');
    await visitor.open();
    await there('[data-qa-id=chat-close-button]', '[data-qa=header-title]', 'input[name=name]', 'input[name=email]', 'select[name=department]');
    await chat.locator('[name=email]').fill('nonsense');
    await chat.locator('[name=email]').press('Tab');
    await chat.locator('[role=alert]').filter({ hasText: /./ }).waitFor();
    await chat.locator('[name=department]').selectOption('Hooks');
    await visitor.register({ name: 'Hana' });
    await there('[data-qa=livechat-composer][name=message]', '[data-qa=livechat-watermark]', '#files-drop-target [data-qa=message-list]');
    await visitor.say('Hooked.');
    assert.match(await chat.locator('[data-qa=message-bubble]').last().textContent(), /Hooked\./);
    await chat.getByRole('button', { name: 'End chat' }).click();
    await there('[data-qa-type=modal-overlay] dialog');
  });

  test('a whole chat asks nobody but its server, over one line, and no text is run as a script', async (t) => { // rocketchat-widget.md 12
    const ada = await stage.agent('Ada');
    const site = await host({ server: stage.foyer.url, asks: listens });
    t.after(() => site.close());
    const visitor = await stage.visitor({ at: `${site.url}?bare` });
    const { page } = visitor;
    const [asked, lines] = [new Set(), []];
    page.context().on('request', (request) => asked.add(new URL(request.url()).origin));
    page.on('websocket', (line) => lines.push(line.url()));
    await page.addInitScript(() => { // a string as a timer's task counts: the policy of neither page stops it here
      const never = () => { throw new Error('a text was run as a script'); };
      const { setTimeout, setInterval } = window;
      Object.assign(window, { eval: never, Function: new Proxy(Function, { apply: never, construct: never }) });
      window.setTimeout = (task, ...more) => (typeof task === 'string' ? never() : setTimeout(task, ...more));
      window.setInterval = (task, ...more) => (typeof task === 'string' ? never() : setInterval(task, ...more));
    });
    await page.goto(site.url);
    await visitor.begin('Onno', 'Who hears this?');
    await ada.choose('Onno');
    await ada.say('Only we do 🙂');
    await visitor.reads('Only we do 🙂');
    await visitor.chat.getByRole('button', { name: 'Emoji' }).click();
    await visitor.chat.locator('.emoji').waitFor();
    await page.keyboard.press('Escape');
    await visitor.end();
    assert.deepEqual([...asked].toSorted(), [new URL(site.url).origin, stage.foyer.url].toSorted());
    assert.deepEqual(lines.map((line) => new URL(line).host), [new URL(stage.foyer.url).host], 'the widget listens on one line, to its server');
  });

  test('frames of others get nothing and are listened to by nobody', async (t) => {
    await stage.agent('Ada');
    const { visitor, state } = await guest(t);
    await visitor.bubble.waitFor();
    const heard = await visitor.page.evaluate(async () => {
      const got = [];
      window.addEventListener('message', (event) => got.push(event.data?.fn));
      const evil = document.body.appendChild(document.createElement('iframe'));
      evil.srcdoc = `<script>for (const fn of ['ready', 'connect', 'maximizeWidget', 'callback']) {
        parent.postMessage({ src: 'rocketchat', fn, v: 1, args: ['chat-started'] }, '*');
        for (let i = 0; i < parent.length; i++) parent[i].postMessage({ src: 'rocketchat', fn, v: 1, args: [] }, '*', fn === 'connect' ? [new MessageChannel().port2] : []);
      }</script>`;
      for (const fn of ['maximizeWidget', 'setTheme']) document.querySelector('#rocketchat-iframe').contentWindow.postMessage({ src: 'rocketchat', fn, v: 1, args: [{}] }, '*');
      await new Promise((done) => setTimeout(done, 500));
      return { got, told: window.told.map(([name]) => name) };
    });
    assert.deepEqual(heard.told, ['onWidgetShown']);
    await state('closed');
    await visitor.open();
  });
}, { only: ['SQLite'] });
