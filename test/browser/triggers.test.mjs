// Messages that speak first, and several sites on one server, in a real browser.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { accessible } from './browser.mjs';
import { eachEngine } from './each-engine.mjs';
import { host } from './host.mjs';
import { until } from './stage.mjs';

const pictures = process.env.FOYER_LOOK; // a folder for pictures of every state

const trigger = (name, conditions, params, more = {}) => ({
  name, description: '', enabled: true, runOnce: false, conditions, actions: [{ name: 'send-message', params: { sender: 'custom', name: 'Zoe Park', msg: name, ...params } }], ...more,
});
const page = (value) => ({ name: 'page-url', value });

/** watch has a page measure the longest time it did not answer. */
const watch = `window.longest = 0; (function () { var last = performance.now(); setInterval(function () {
  var now = performance.now(); longest = Math.max(longest, now - last); last = now; }, 10); })();`;

async function look(person, state) {
  await accessible(person.page, state);
  for (const colorScheme of pictures ? ['light', 'dark'] : []) {
    await person.page.emulateMedia({ colorScheme });
    await person.page.screenshot({ path: `${pictures}/${state.replaceAll(' ', '-')}-${colorScheme}.png` });
  }
}

eachEngine('triggers', (stage) => {
  const save = (body) => stage.foyer.call('POST', '/api/v1/livechat/triggers', body);
  const clear = async () => {
    const { triggers } = await stage.foyer.call('GET', '/api/v1/livechat/triggers?count=0');
    for (const { _id } of triggers) await stage.foyer.call('DELETE', `/api/v1/livechat/triggers/${_id}`);
  };

  test('an expression that takes for ever stops nothing; what was said begins the chat; the agent sees why', async (t) => {
    await clear();
    await save(trigger('Never said', [page('^(\\w+\\s?:?/?/?)+\\$$')]));
    await save(trigger('May I help you with your cart?', [page('/cart\\b')], {}, { runOnce: true }));
    const ada = await stage.agent('Ada', { roles: ['livechat-manager'] });
    const site = await host({ server: stage.foyer.url, asks: watch });
    t.after(() => site.close());
    const vera = await stage.visitor({ at: `${site.url}${'a'.repeat(60)}!` });
    await vera.bubble.waitFor();
    await vera.page.evaluate(() => new Promise((done) => setTimeout(done, 600))); // longer than an expression may take
    assert.equal(await vera.chat.getByText('May I help you').count(), 0);
    await vera.page.evaluate(() => history.pushState(null, '', '/cart'));
    const card = vera.chat.getByRole('group', { name: 'Zoe Park' });
    await card.getByText('May I help you with your cart?').waitFor();
    assert.ok(await vera.page.evaluate(() => window.longest) < 400, `the page stood still for ${await vera.page.evaluate(() => window.longest)} ms`);
    assert.deepEqual(await vera.frame.evaluate(() => Object.keys(localStorage)), [], 'something is stored before the visitor acts');
    await look(vera, 'a trigger’s card');
    await card.getByRole('button', { name: 'Start chat' }).click();
    await vera.reads('May I help you with your cart?');
    await vera.say('Yes please.');
    await ada.choose(/^guest-/);
    await stage.agree(vera, ada, ['May I help you with your cart?', 'Yes please.']);
    await ada.page.getByRole('heading', { name: 'Triggers on this visit' }).waitFor();
    await ada.page.getByText('The expression takes too long and was given up').waitFor();
    await ada.page.getByText('Spoke', { exact: true }).waitFor();
    await look(ada, 'the ledger beside a chat');
  });

  test('a card that was closed stays closed', async (t) => {
    await clear();
    await save(trigger('Psst', [{ name: 'time-on-site', value: 0 }], {}, { runOnce: true }));
    await stage.agent('Ada');
    const site = await host({ server: stage.foyer.url });
    t.after(() => site.close());
    const tom = await stage.visitor({ at: site.url, viewport: { width: 360, height: 740 } });
    await tom.chat.getByText('Psst').waitFor();
    await look(tom, 'a card on a phone');
    await tom.chat.getByRole('button', { name: 'Close this message' }).click();
    await until(async () => assert.equal(await tom.chat.getByText('Psst').count(), 0));
    await tom.page.reload();
    await tom.bubble.waitFor();
    await tom.page.evaluate(() => new Promise((done) => setTimeout(done, 300)));
    assert.equal(await tom.chat.getByText('Psst').count(), 0);
  });

  test('the console’s page: a trigger is written, tried, tried on yesterday, and kept', async () => {
    await clear();
    const ada = await stage.agent('Ada', { roles: ['admin'] });
    const { page: p } = ada;
    const dialog = p.getByRole('dialog');
    await p.goto(`${stage.foyer.url}/console/triggers`);
    await p.getByText('No triggers yet').waitFor();
    await look(ada, 'no triggers');
    await p.getByRole('button', { name: 'New trigger' }).click();
    await dialog.getByRole('textbox', { name: 'Name', exact: true }).fill('Prices');
    await dialog.getByRole('textbox', { name: 'Expression' }).fill('/prices?$');
    await dialog.getByRole('textbox', { name: 'Message' }).fill('May I help you choose?');
    await dialog.getByRole('textbox', { name: 'Somebody new is on' }).fill('https://shop.example/price');
    await dialog.getByText('Spoke').waitFor();
    await dialog.getByRole('textbox', { name: 'Somebody new is on' }).fill(`https://shop.example/${'a'.repeat(60)}`);
    await dialog.getByText('Another page').waitFor();
    await dialog.getByRole('textbox', { name: 'Expression' }).fill('^(\\w+\\s?:?/?/?\\.?)+\\$$');
    await dialog.getByText('takes too long').waitFor();
    await dialog.getByRole('textbox', { name: 'Expression' }).fill('/prices?$');
    await dialog.getByRole('button', { name: 'Play yesterday’s visits' }).click();
    await dialog.getByText('0 visits').waitFor();
    await look(ada, 'a trigger’s form');
    await dialog.getByRole('button', { name: 'Save' }).click();
    await p.getByRole('button', { name: 'Prices', exact: true }).waitFor();
    await look(ada, 'the triggers');
  });
}, { only: ['SQLite'] });

eachEngine('sites', (stage) => {
  test('two sites on one server: each its look, departments, visitors and domains', async (t) => {
    const ada = await stage.agent('Ada', { roles: ['admin'] });
    const [shop, blog, thief] = await Promise.all([
      host({ server: stage.foyer.url }), host({ server: stage.foyer.url, site: 'blog' }), host({ server: stage.foyer.url, site: 'blog' }),
    ]);
    t.after(() => [shop, blog, thief].forEach((it) => it.close()));
    const care = await stage.department('Plant care', [ada], { showOnRegistration: true });
    const press = await stage.department('Press', [ada], { showOnRegistration: true });
    const site = (body) => stage.foyer.call('POST', '/api/v1/foyer/sites', body);
    const own = (id, setting, value) => stage.foyer.call('POST', `/api/v1/foyer/sites/${id}/settings/${setting}`, { value });
    await site({ _id: 'shop', name: 'Shop', hosts: [new URL(shop.url).host], departments: [care._id] });
    await site({ _id: 'blog', name: 'Blog', departments: [press._id] });
    await own('shop', 'Livechat_title', 'The plant shop');
    await own('blog', 'Livechat_title', 'The plant blog');
    await own('blog', 'Livechat_widget_position', 'left');
    await own('blog', 'Livechat_AllowedDomainsList', new URL(blog.url).host);
    const offered = async (visitor, title) => {
      await visitor.open();
      await visitor.chat.getByRole('heading', { name: title }).waitFor();
      return visitor.chat.getByRole('combobox').locator('option').allTextContents();
    };
    const vera = await stage.visitor({ at: shop.url });
    assert.deepEqual((await offered(vera, 'The plant shop')).filter((it) => /Plant|Press/.test(it)), ['Plant care']);
    const ben = await stage.visitor({ at: blog.url });
    assert.deepEqual((await offered(ben, 'The plant blog')).filter((it) => /Plant|Press/.test(it)), ['Press']);
    assert.ok(await ben.page.evaluate(() => document.querySelector('.rocketchat-widget').getBoundingClientRect().left) < 100, 'the blog’s widget is not on the left');
    await ben.register({ name: 'Ben' });
    await ben.say('Who waters your plants?');
    await ada.choose('Ben');
    await stage.agree(ben, ada, ['Who waters your plants?']);
    const rooms = await stage.foyer.call('GET', '/api/v1/livechat/rooms?open=true&count=10');
    assert.equal(rooms.rooms.find(({ fname }) => fname === 'Ben').departmentId, press._id);
    const eve = await stage.visitor({ at: thief.url });
    await eve.page.evaluate(() => new Promise((done) => setTimeout(done, 500)));
    assert.equal(eve.page.frames().filter((frame) => frame.url().startsWith(stage.foyer.url)).length, 0, 'another page shows the blog’s widget');
    eve.complaints.splice(0); // the browser says why
  });

  test('the console’s page: what a site inherits, what it has of its own, its code', async () => {
    const ada = await stage.agent('Ada', { roles: ['admin'] });
    const { page: p } = ada;
    const dialog = p.getByRole('dialog');
    await p.goto(`${stage.foyer.url}/console/sites`);
    await p.getByRole('button', { name: 'New site' }).click();
    await dialog.getByRole('textbox', { name: 'Name', exact: true }).fill('Nursery');
    await dialog.getByRole('textbox', { name: 'Name in pages' }).fill('nursery');
    await dialog.getByRole('textbox', { name: 'Hosts' }).fill('nursery.example\n*.nursery.example');
    await look(ada, 'a new site');
    await dialog.getByRole('button', { name: 'Save' }).click();
    await p.getByText('nursery.example, *.nursery.example').waitFor();
    await p.getByRole('button', { name: 'What “Nursery” has of its own' }).click();
    await dialog.getByText('Everywhere: Foyer').waitFor();
    await look(ada, 'what a site inherits');
    await dialog.getByRole('textbox', { name: 'Title', exact: true }).fill('Our nursery');
    await dialog.getByRole('textbox', { name: 'Title', exact: true }).blur();
    await dialog.getByRole('button', { name: 'Title: as everywhere' }).waitFor();
    const answer = await fetch(`${stage.foyer.url}/api/v1/foyer/widget/config?host=www.nursery.example`);
    assert.equal((await answer.json()).config.theme.title, 'Our nursery');
    await dialog.getByRole('button', { name: 'Title: as everywhere' }).click();
    await until(async () => assert.equal(await dialog.getByRole('button', { name: 'Title: as everywhere' }).count(), 0));
    await p.keyboard.press('Escape');
    await p.getByRole('button', { name: 'Code for the pages of “Nursery”' }).click();
    assert.match(await dialog.getByRole('textbox', { name: 'Code for the pages' }).inputValue(), /livechat\?site=nursery/);
    await look(ada, 'a site’s code');
  });
}, { only: ['SQLite'] });
