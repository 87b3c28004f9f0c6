// The widget on somebody else's page: what it needs, what it leaves alone, and
// what happens where browsers and pages are strict.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { launchWhole } from './browser.mjs';
import { eachEngine } from './each-engine.mjs';
import { host } from './host.mjs';
import { until } from './stage.mjs';

/** traces is what a page or frame keeps in the browser. */
const traces = (frame) => frame.evaluate(async () => ({
  local: Object.keys(localStorage), session: Object.keys(sessionStorage), cookie: document.cookie, databases: await indexedDB.databases(),
}));
const none = { local: [], session: [], cookie: '', databases: [] };

eachEngine('on another site', (stage) => {
  // The name that makes the server another site for the pages below.
  const stranger = () => stage.foyer.url.replace('127.0.0.1', 'localhost');

  /** guest comes to a page of its own origin that chats with the server. */
  async function guest(t, page = {}, options = {}) {
    const site = await host({ server: stage.foyer.url, ...page });
    t.after(() => site.close());
    return stage.visitor({ at: site.url, ...options });
  }

  test('one global, and no trace before the visitor acts', async (t) => {
    await stage.agent('Ada');
    const vera = await guest(t);
    await vera.bubble.waitFor();
    const added = await vera.page.evaluate(() => Object.getOwnPropertyNames(window).filter((name) => !window.before.includes(name)));
    assert.deepEqual(added.filter((name) => name !== '0').toSorted(), ['RocketChat', 'before']);
    await vera.open();
    assert.deepEqual(await traces(vera.page), none);
    assert.deepEqual(await traces(vera.frame), none);
    await vera.register({ name: 'Vera' });
    await until(async () => assert.notDeepEqual((await traces(vera.frame)).local, []));
    assert.deepEqual(await traces(vera.page), none);
    assert.deepEqual(await vera.page.context().cookies(), []);
  });

  test('a reload keeps the chat and what was not sent; a server that is down leaves the page alone', async (t) => {
    const ada = await stage.agent('Ada');
    const rita = await guest(t);
    await rita.begin('Rita', 'Before.');
    await ada.choose('Rita');
    await stage.foyer.kill();
    await rita.say('Meanwhile.');
    await rita.log.getByText('Not sent').waitFor();
    await rita.page.reload();
    await rita.page.getByRole('heading', { name: 'Another site' }).waitFor();
    assert.equal(await rita.page.getByTitle('Chat').count(), 0);
    await stage.foyer.restart();
    await rita.page.reload();
    await rita.reads('Before.');
    await stage.agree(rita, ada, ['Before.', 'Meanwhile.']);
  });

  test('third-party storage is blocked: the conversation lasts as long as the page', async (t) => {
    const ada = await stage.agent('Ada');
    const strict = await launchWhole();
    t.after(() => strict.close());
    const boris = await guest(t, { server: stranger() }, { browser: strict });
    await boris.bubble.waitFor();
    await assert.rejects(traces(boris.frame), /SecurityError/, 'Chromium blocks the storage of third parties in private windows');
    await boris.begin('Boris', 'Can you read this?');
    await ada.choose('Boris');
    await ada.say('Every word.');
    await boris.reads('Every word.');
    await boris.minimise();
    await ada.say('And this?');
    await boris.unread('1 unread message');
    await boris.open();
    await stage.agree(boris, ada, ['Can you read this?', 'Every word.', 'And this?']);
    await boris.end();
  });

  test('a page that trusts nobody but the server', async (t) => {
    const ada = await stage.agent('Ada');
    const server = stranger();
    const policy = `default-src 'none'; script-src 'nonce-ours' ${server}; frame-src ${server}; base-uri 'none'; form-action 'none'`;
    const petra = await guest(t, { server, policy });
    await petra.begin('Petra', 'Strict here.');
    await ada.choose('Petra');
    await ada.say('Fine here.');
    await petra.reads('Fine here.');
  });

  test('what the page asked before the loader came is done in order; its mistakes stay its own', async (t) => {
    await stage.agent('Ada');
    const asks = `window.told = [];
      RocketChat(function () { throw new Error('a mistake of the page'); });
      RocketChat(function () {
        this.onChatMaximized(function () { told.push('opened'); });
        this.onPrechatFormSubmit(function (data) { told.push(data.name); });
        this.onChatStarted(function () { told.push('started'); });
        this.setGuestName('Quinn');
        this.maximizeWidget();
      });`;
    const quinn = await guest(t, { asks });
    await quinn.panel.waitFor();
    assert.equal(await quinn.chat.getByRole('textbox', { name: 'Name' }).inputValue(), 'Quinn');
    await quinn.register({ name: 'Quinn' });
    await quinn.say('Hello?');
    await until(async () => assert.deepEqual(await quinn.page.evaluate(() => window.told), ['opened', 'Quinn', 'started']));
    assert.equal(quinn.complaints.splice(0).filter((text) => text.includes('a mistake of the page')).length, 1);
  });
}, { only: ['SQLite'] });
