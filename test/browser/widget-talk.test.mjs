// What makes the widget a place to talk in: it tells a visitor who looks elsewhere, goes on in a
// window of its own, keeps what is written while the network is away, and takes files from the
// clipboard and the desktop.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { accessible, launchWhole } from './browser.mjs';
import { eachEngine } from './each-engine.mjs';
import { isFocused, until } from './stage.mjs';

/** In every frame: the sounds and notifications are told to the test, and the page can be said to be out of sight. */
function observe() {
  HTMLMediaElement.prototype.play = function () { return window.rang(this.src); };
  window.Notification = new Proxy(Notification, {
    construct: (_, [title, { body }]) => ({ told: window.notified(`${title}: ${body}`) }),
  });
  let away = false;
  Object.defineProperty(document, 'hidden', { get: () => away });
  window.away = (now) => {
    away = now;
    document.dispatchEvent(new Event('visibilitychange'));
  };
}

/** give puts files, and text if there is any, into the widget the way the browser does. */
const give = (visitor, way, names, text) => visitor.frame.evaluate(({ way, names, text }) => {
  const data = new DataTransfer();
  for (const name of names) data.items.add(new File([`of ${name}`], name, { type: 'text/plain' }));
  if (text) data.setData('text/plain', text);
  const more = { bubbles: true, cancelable: true };
  const event = way === 'paste' ? new ClipboardEvent('paste', { clipboardData: data, ...more }) : new DragEvent(way, { dataTransfer: data, ...more });
  return !document.querySelector('textarea').dispatchEvent(event);
}, { way, names, text });

const menu = async (visitor, role, name) => {
  await visitor.chat.getByRole('button', { name: 'More' }).click();
  await visitor.chat.getByRole(role, { name }).click();
};

eachEngine('widget-talk', (stage) => {
  /** Somebody whose browser lets this site notify, or does not. */
  async function listener(browser, allowed) {
    const visitor = await stage.visitor({ browser, at: 'about:blank', permissions: allowed ? ['notifications'] : [] });
    Object.assign(visitor, { rang: [], notified: [] });
    for (const what of ['rang', 'notified']) await visitor.page.context().exposeFunction(what, (it) => void visitor[what].push(it));
    await visitor.page.addInitScript(observe);
    await visitor.page.goto(`${stage.foyer.url}/demo`);
    visitor.away = (now) => Promise.all([visitor.page, visitor.frame].map((one) => one.evaluate((now) => window.away(now), now)));
    return visitor;
  }

  test('RQ-Q-10: who waits to be verified reads why, also after a reload, and then that somebody is looked for', async (t) => {
    const verification = (app, required) => stage.foyer.settings({ Livechat_Contact_Verification_App: app, Livechat_Require_Contact_Verification: required, Livechat_accept_chats_with_no_agents: app !== '' });
    await verification('manual', 'once');
    t.after(() => verification('', 'never'));
    const ottilie = await stage.visitor();
    await ottilie.begin('Ottilie', 'Anybody there?');
    const why = 'We check your details first, then we answer here.';
    const told = async () => {
      await ottilie.log.getByText(why).waitFor();
      assert.equal(await ottilie.panel.getByText(why).count(), 2, 'below the title, too');
    };
    await told();
    await accessible(ottilie.page, 'the wait for a proof');
    await ottilie.page.reload();
    await ottilie.log.waitFor();
    await told();
    const { rooms: [{ v }] } = await stage.foyer.call('GET', '/api/v1/livechat/rooms?verifying=true');
    await stage.foyer.call('POST', '/api/v1/foyer/contacts.verify', { visitor: { visitorId: v._id, source: { type: 'widget' } }, field: 'email', value: 'ottilie@example.com' });
    await ottilie.log.getByText('The next free colleague answers you here.').waitFor();
    assert.equal(await ottilie.panel.getByText(why).count(), 0);
    await ottilie.panel.getByText('Looking for somebody free').waitFor();

    // Nobody who serves sees such a chat; who may see every chat is led to its contact.
    const oswald = await stage.visitor();
    await oswald.begin('Oswald', 'Me, too.');
    await oswald.log.getByText(why).waitFor();
    const { rooms: [{ _id }] } = await stage.foyer.call('GET', '/api/v1/livechat/rooms?verifying=true');
    const [ada, mona] = [await stage.agent('Ada'), await stage.agent('Mona', { roles: ['livechat-manager'] })];
    for (const { page } of [ada, mona]) await page.goto(`${stage.foyer.url}/console/inbox/${_id}`);
    await ada.page.getByText('This chat is not there, or not for you to see.').waitFor();
    await mona.page.getByText('Nobody is served before it is verified who writes.').waitFor();
    await accessible(mona.page, 'a chat that waits for a proof');
    await mona.page.getByRole('main').getByRole('link', { name: 'Show contact' }).first().click();
    await mona.page.getByRole('button', { name: 'Verify' }).waitFor();
  });

  test('who looks elsewhere hears of an answer: by title and sound, and by a notification where that is allowed', async (t) => {
    const ada = await stage.agent('Ada');
    const browser = await launchWhole();
    t.after(() => browser.close());
    const [vera, otto] = [await listener(browser, true), await listener(browser, false)];
    const title = await vera.page.title();
    for (const [visitor, name] of [[vera, 'Vera'], [otto, 'Otto']]) {
      await visitor.begin(name, 'Tell me later.');
      await ada.choose(name);
      await ada.say('Before your eyes.');
      await visitor.reads('Before your eyes.');
      assert.deepEqual([visitor.rang, visitor.notified], [[], []], 'who looks needs no telling');
      await visitor.away(true);
      await ada.say('Behind your back.');
      await until(async () => assert.equal(await visitor.page.title(), `(1) ${title}`));
      await until(async () => assert.equal(visitor.rang.length, 1));
    }
    assert.match((await fetch(vera.rang[0])).headers.get('content-type'), /^audio\//);
    assert.equal(vera.notified.length, 1);
    assert.match(vera.notified[0], /: 1 unread message$/);
    assert.deepEqual(otto.notified, []);

    const sound = otto.chat.getByRole('menuitemcheckbox', { name: 'Sound for new messages' });
    const away = async (words) => {
      await otto.away(true);
      await ada.say(words);
      await until(async () => assert.equal(await otto.page.title(), `(1) ${title}`));
    };
    await otto.away(false);
    await until(async () => assert.equal(await otto.page.title(), title));
    await menu(otto, 'menuitemcheckbox', 'Sound for new messages');
    await away('In silence.');
    await otto.away(false);
    await sound.and(otto.chat.getByRole('menuitemcheckbox', { checked: false })).click();
    await until(async () => assert.equal(await otto.page.title(), title));
    await away('Aloud.');
    await until(async () => assert.equal(otto.rang.length, 2, 'one that is switched off is not heard'));
  });

  test('in a window of its own the conversation goes on, and comes back to the page', async () => {
    const ada = await stage.agent('Ada');
    const vera = await stage.visitor();
    await vera.begin('Wanda', 'In the page.');
    await ada.choose('Wanda');
    await vera.field.fill('Half a sen');
    const [popup] = await Promise.all([vera.page.waitForEvent('popup'), menu(vera, 'menuitem', 'Open in a window')]);
    await vera.panel.waitFor({ state: 'hidden' });
    const [log, field] = [popup.getByRole('log'), popup.getByRole('textbox', { name: 'Write a message' })];
    await log.getByText('In the page.', { exact: true }).waitFor();
    assert.equal(await field.inputValue(), 'Half a sen');
    await field.pressSequentially('tence.');
    await field.press('Enter');
    await ada.reads('Half a sentence.');
    await ada.say('The other half.');
    await log.getByText('The other half.', { exact: true }).waitFor();
    await Promise.all([popup.waitForEvent('close'), vera.open()]);
    await vera.say('Back again.');
    await stage.agree(vera, ada, ['In the page.', 'Half a sentence.', 'The other half.', 'Back again.']);
  });

  test('what triggers say waits beside the bubble and is counted on it, until it is put away or answered', async (t) => {
    const ada = await stage.agent('Ada');
    const triggers = '/api/v1/livechat/triggers';
    t.after(async () => {
      for (const { _id } of (await stage.foyer.call('GET', triggers)).triggers) await stage.foyer.call('DELETE', `${triggers}/${_id}`);
    });
    const said = ['Can I help?', 'We have ferns today.'];
    const names = ['Robin', 'Rosa'];
    for (const [i, msg] of said.entries()) {
      const actions = [{ name: 'send-message', params: { sender: 'custom', name: names[i], msg } }];
      await stage.foyer.call('POST', triggers, { name: msg, description: '', enabled: true, runOnce: false, conditions: [{ name: 'page-url', value: '/demo' }], actions });
    }
    await until(async () => assert.equal((await (await fetch(`${stage.foyer.url}/api/v1/foyer/widget/config`)).json()).config.triggers.length, 2));
    const card = (visitor) => visitor.chat.getByRole('group', { name: 'Robin, Rosa' });
    const [nora, theo] = [await stage.visitor(), await stage.visitor()];
    for (const visitor of [nora, theo]) {
      await visitor.unread('2 unread messages');
      for (const text of said) await card(visitor).getByText(text).waitFor();
      assert.deepEqual(await card(visitor).locator('strong, p').allTextContents(), ['Robin', said[0], 'Rosa', said[1]]);
    }
    await card(nora).getByRole('button', { name: 'Close this message' }).click();
    await card(nora).waitFor({ state: 'detached' });
    await nora.chat.getByRole('button', { name: /^Open chat\s*$/ }).waitFor();
    await card(theo).getByRole('button', { name: 'Start chat' }).click();
    await theo.panel.getByRole('button', { name: 'Start chat' }).click(); // what was said is no way around the form
    await theo.register({ name: 'Theo' });
    await theo.say('A fern, please.');
    await theo.chat.getByText('Sent', { exact: true }).waitFor();
    assert.deepEqual((await theo.log.locator('.group:not(.mine) .face').allTextContents()).slice(-2), ['R', 'R'], 'each has a face of their own');
    assert.deepEqual(await theo.log.locator('.group:not(.mine) [data-qa=message-bubble]').allTextContents(), [`Robin: ${said[0]}`, `Rosa: ${said[1]}`]);
    await theo.minimise();
    await theo.chat.getByRole('button', { name: /^Open chat\s*$/ }).waitFor();
    assert.equal(await card(theo).count(), 0, 'what was answered does not come back');
    await ada.row('A fern, please.').getByRole('link').click();
    await ada.reads('A fern, please.');
    for (const name of names) await ada.log.getByText(name, { exact: true }).waitFor();
  });

  test('emoji cover no message, and the clock is that of the visitor’s region', async () => {
    await stage.emptied();
    const ada = await stage.agent('Ada');
    for (const [locale, viewport] of [['en-GB', { width: 390, height: 640 }], ['en-US', { width: 1280, height: 720 }]]) {
      const vera = await stage.visitor({ locale, viewport });
      await vera.begin(`Vera ${locale}`, 'One');
      for (const text of ['Two', 'Three', 'Four', 'Five', 'Six', 'Seven', 'The last']) await vera.say(text);
      await vera.chat.getByText('Sent', { exact: true }).waitFor();
      await vera.chat.getByRole('button', { name: 'Emoji' }).click();
      const grid = vera.chat.locator('.emoji');
      await grid.waitFor();
      const last = vera.log.locator('[data-qa=message-bubble]').last();
      await until(async () => {
        const [message, box, panel] = await Promise.all([last, grid, vera.panel].map((it) => it.boundingBox()));
        assert.ok(message.y + message.height <= box.y && message.y >= panel.y, `${locale}: ${message.y + message.height} is below ${box.y}`);
      });
      await accessible(vera.page, `emoji, ${locale}`);
      await isFocused(grid.getByRole('button').first());
      await vera.field.focus();
      await vera.page.keyboard.type('o');
      await vera.chat.locator('.send[aria-disabled=false]').waitFor(); // drawn anew, with the grid open
      await vera.page.keyboard.type('k');
      assert.equal(await vera.field.inputValue(), 'ok');
      await grid.getByRole('button').first().press('Escape');
      await grid.waitFor({ state: 'detached' });
      await isFocused(vera.chat.getByRole('button', { name: 'Emoji' }));
      await vera.page.keyboard.press('Enter');
      await grid.getByRole('button', { name: '👍' }).click();
      assert.equal(await vera.field.inputValue(), 'ok👍');
      assert.match(await vera.log.locator('time').last().textContent(), locale === 'en-GB' ? /^\d\d:\d\d$/ : /^\d{1,2}:\d\d [AP]M$/);
    }
    await ada.row('The last').first().waitFor();
  });

  test('a minute without the network in mid-sentence: nothing written is lost, and nothing comes twice', async () => {
    const ada = await stage.agent('Ada');
    const line = await stage.line();
    const vera = await stage.visitor({ at: 'about:blank', line });
    await vera.page.clock.install();
    await vera.page.goto(`${line.url}/demo`);
    const lost = vera.chat.getByText('Connection lost.');
    await vera.begin('Ida', 'Hello.');
    await ada.choose('Ida');
    await vera.field.pressSequentially('I was about ');
    await vera.offline(true);
    await vera.field.pressSequentially('to say this.');
    await lost.waitFor();
    await vera.page.clock.fastForward(60_000);
    assert.equal(await vera.field.inputValue(), 'I was about to say this.');
    await vera.field.press('Enter');
    await vera.field.pressSequentially('And that');
    await vera.page.clock.fastForward(60_000);
    assert.deepEqual(await stage.stored(ada.room), ['Hello.']);
    await vera.offline(false);
    await vera.page.clock.fastForward(60_000);
    await stage.agree(vera, ada, ['Hello.', 'I was about to say this.']);
    await lost.waitFor({ state: 'detached' });
    assert.equal(await vera.field.inputValue(), 'And that');
    await vera.page.reload();
    await until(async () => assert.equal(await vera.field.inputValue(), 'And that'));
    await stage.agree(vera, ada, ['Hello.', 'I was about to say this.']);
  });

  test('files come from the clipboard and the desktop; pasted words stay words', async () => {
    const ada = await stage.agent('Ada');
    const vera = await stage.visitor();
    await vera.begin('Fay', 'Here they are:');
    await ada.choose('Fay');
    assert.ok(await give(vera, 'dragover', ['one.txt']), 'a file may be dropped here');
    assert.ok(await give(vera, 'drop', ['one.txt', 'two.txt']));
    assert.ok(!(await give(vera, 'paste', ['table.txt'], 'words of a table')), 'the browser pastes the words');
    assert.ok(await give(vera, 'paste', ['three.txt']));
    for (const name of ['one.txt', 'two.txt', 'three.txt']) for (const side of [vera, ada]) await side.log.getByText(name).first().waitFor();
    assert.equal(await ada.log.getByText('table.txt').count(), 0);
  });

  test('a long conversation is read back to its beginning, page by page, without losing the place', async () => {
    const ada = await stage.agent('Ada');
    const vera = await stage.visitor();
    await vera.begin('Lena', 'Line 0');
    await ada.choose('Lena');
    await ada.page.evaluate(async (rid) => {
      const send = (msg) => fetch('/api/v1/chat.sendMessage', { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ message: { rid, msg } }) });
      for (let i = 1; i < 120; i++) if (!(await send(`Line ${i}`)).ok) throw new Error(`line ${i} was refused`);
    }, ada.room);
    await vera.page.reload();
    await vera.reads('Line 119');
    const [start] = await vera.shown();
    assert.ok(Number(start.slice(5)) >= 70, 'the first page is not all');
    /** Where a line stands in the list, after going to the top if that is wanted. */
    const place = (text, up = false) => vera.log.getByText(text, { exact: true }).evaluate((it, up) => {
      const box = it.closest('.log');
      if (up) box.scrollTop = 0;
      return it.getBoundingClientRect().top - box.getBoundingClientRect().top;
    }, up);
    for (let first = start; first !== 'Line 0'; [first] = await vera.shown()) {
      const before = await place(first, true);
      await until(async () => assert.notEqual((await vera.shown())[0], first));
      assert.ok(Math.abs((await place(first)) - before) < 60, `${first} stays where it was`);
    }
    assert.deepEqual(await vera.shown(), Array.from({ length: 120 }, (_, i) => `Line ${i}`));
  });
}, { only: ['SQLite'] });
