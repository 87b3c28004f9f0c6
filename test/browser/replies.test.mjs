// Blocks of messages: quick replies that a bot offers, of which the visitor presses one as the answer; and what else they show.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { accessible, launch } from './browser.mjs';
import { isFocused, Stage, until } from './stage.mjs';

const looks = { desktop: {}, phone: { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true } };
const pictures = process.env.FOYER_LOOK; // a folder for pictures of every state

const stage = new Stage();
let browser;
before(async () => {
  browser = await launch();
  await stage.open(browser, 'SQLite');
});
after(async () => {
  await browser?.close();
  await stage.close();
});

const hostile = '<img src=x onerror="top.hurt = 1">';

/** What a program would send in an agent's name. */
const send = ({ page, room }, message) => page.evaluate(async (body) => (await fetch('/api/v1/chat.sendMessage', { method: 'POST', headers: { 'content-type': 'application/json' }, body })).status,
  JSON.stringify({ message: { rid: room, ...message } }));

for (const [look, options] of Object.entries(looks)) {
  test(`quick replies, ${look}`, async () => {
    await stage.emptied();
    const mara = await stage.agent(`Mara-${look}`, options);
    const nora = await stage.visitor(options);
    await nora.begin('Nora Fields', 'Hello?');
    await mara.choose('Nora Fields');
    const words = ['Where is my order?', 'Send something back', hostile];
    const elements = words.map((text) => ({ type: 'button', text: { type: 'plain_text', text } }));
    const offer = (msg) => send(mara, { msg, blocks: [{ type: 'actions', elements }] });
    const buttons = nora.log.locator('.replies button');
    const open = () => buttons.evaluateAll((all) => all.filter((one) => one.getAttribute('aria-disabled') === 'false').length);
    const looked = async (state) => {
      for (const person of [nora, mara]) {
        await accessible(person.page, `${state}, ${look}`);
        for (const colorScheme of pictures ? ['light', 'dark'] : []) {
          await person.page.emulateMedia({ colorScheme });
          await person.page.screenshot({ path: `${pictures}/${state}-${look}-${person === nora ? 'visitor' : 'agent'}-${colorScheme}.png` });
        }
      }
    };

    assert.equal(await offer('What is it about?'), 200);
    await until(async () => assert.deepEqual(await buttons.allTextContents(), words));
    assert.equal(await open(), 3);
    await looked('replies-open');
    await buttons.getByText('Send something back').click();
    await nora.log.locator('.mine').getByText('Send something back').waitFor();
    await mara.log.locator('[data-side=theirs]').getByText('Send something back').waitFor();
    await until(async () => assert.equal(await open(), 0));
    await buttons.getByText('Where is my order?').click({ force: true });
    await looked('replies-over');

    // Words are an answer, too; what a button says is text, whatever it holds.
    await offer('Anything else?');
    await until(async () => assert.equal(await open(), 3));
    await nora.say('No, thanks.');
    await until(async () => assert.equal(await open(), 0));
    await offer('Sure?');
    await until(async () => assert.equal(await open(), 3));
    await buttons.getByText(hostile).last().click();
    await mara.log.locator('[data-side=theirs]').getByText(hostile).waitFor();
    assert.deepEqual((await stage.stored(mara.room)).slice(-5), ['Send something back', 'Anything else?', 'No, thanks.', 'Sure?', hostile]);
    for (const { page } of [nora, mara]) assert.equal(await page.evaluate(() => window.hurt), undefined);
    await stage.clear();
  });
}

for (const [look, options] of Object.entries(looks)) {
  test(`what blocks show, ${look}`, async () => { // rocketchat-widget.md 6.1
    await stage.emptied();
    // A site with triggers has the looks of their card as well.
    const trigger = { name: 'Elsewhere', description: '', enabled: true, runOnce: true, conditions: [{ name: 'page-url', value: 'elsewhere' }], actions: [{ name: 'send-message', params: { sender: 'custom', name: 'Zoe', msg: 'Hello' } }] };
    await stage.foyer.call('POST', '/api/v1/livechat/triggers', trigger);
    const mara = await stage.agent(`Mara-${look}`, options);
    const nora = await stage.visitor(options);
    const asked = [];
    for (const { page } of [nora, mara]) {
      await page.context().route('https://pictures.example/**', (route) => {
        asked.push(`${page === nora.page ? 'visitor' : 'agent'} ${route.request().headers().referer ?? ''}`);
        return route.fulfill({ contentType: 'image/svg+xml', body: '<svg xmlns="http://www.w3.org/2000/svg" width="320" height="200"><rect width="320" height="200" fill="teal"/></svg>' });
      });
    }
    await nora.begin('Nora Fields', 'Where are my ferns?');
    await mara.choose('Nora Fields');
    const plain = (text) => ({ type: 'plain_text', text });
    const blocks = [
      { type: 'header', text: plain('Your order') },
      { type: 'section', text: { type: 'mrkdwn', text: '*Seven* ferns and a rather long name of a plant that nobody knows' }, fields: [plain('Sent'), plain('on Monday'), plain('Weight'), plain(hostile)],
        accessory: { type: 'image', imageUrl: `${stage.foyer.url}/avatar/Fern`, altText: 'A fern' } },
      { type: 'divider' },
      { type: 'context', elements: [{ type: 'image', imageUrl: `${stage.foyer.url}/avatar/Van`, altText: 'A van' }, { type: 'mrkdwn', text: '_on its way_' }] },
      { type: 'image', title: plain('Where it is'), imageUrl: 'https://pictures.example/map.svg', altText: 'A map' },
      { type: 'actions', elements: [{ type: 'button', text: plain('Follow the van'), url: 'https://shop.example/7?a=1' }, { type: 'button', text: plain('Thank you') }] },
    ];
    assert.equal(await send(mara, { msg: '', blocks }), 200);
    if (look === 'desktop') await mara.row('Nora Fields').getByText('You: Your order').waitFor();
    for (const person of [nora, mara]) {
      const { log, page } = person;
      for (const words of ['Your order', 'Seven', 'on Monday', hostile, 'on its way', 'Where it is']) await log.getByText(words).waitFor();
      for (const name of ['A fern', 'A van']) await until(async () => assert.ok(await log.getByRole('img', { name }).evaluate((it) => it.naturalWidth > 0), `${name} is not there`));
      assert.equal(await log.getByRole('img', { name: 'A map' }).count(), 0);
      const link = log.getByRole('link', { name: 'Follow the van' });
      assert.deepEqual(await link.evaluate((it) => [it.href, it.rel, it.target]), ['https://shop.example/7?a=1', 'noopener noreferrer nofollow', '_blank']);
      await accessible(page, `blocks, ${look}`);
      for (const colorScheme of pictures ? ['light', 'dark'] : []) {
        await page.emulateMedia({ colorScheme });
        await page.screenshot({ path: `${pictures}/blocks-${look}-${person === nora ? 'visitor' : 'agent'}-${colorScheme}.png` });
      }
    }
    assert.deepEqual(asked, [], 'somebody else was told who reads');

    // Somebody else's picture comes when it is wanted, and is not told where it is looked at.
    const offered = nora.log.getByRole('button', { name: 'Show picture from pictures.example' });
    const [outer, inner] = await Promise.all([nora.log.locator('.bubble').filter({ has: nora.page.getByRole('button', { name: 'Show picture from pictures.example' }) }), offered].map((it) => it.boundingBox()));
    assert.ok(inner.x >= outer.x && inner.y >= outer.y && inner.x + inner.width <= outer.x + outer.width && inner.y + inner.height <= outer.y + outer.height, 'the picture is offered outside its message');
    for (const { log, page } of [nora, mara]) {
      await log.getByRole('button', { name: 'Show picture from pictures.example' }).press('Enter');
      await isFocused(log.getByRole('link', { name: 'A map' }));
      await until(async () => assert.ok(await log.getByRole('img', { name: 'A map' }).evaluate((it) => it.naturalWidth > 0)));
      await accessible(page, `a picture, ${look}`);
      if (pictures) await page.screenshot({ path: `${pictures}/blocks-picture-${look}-${page === nora.page ? 'visitor' : 'agent'}.png` });
    }
    assert.deepEqual(asked, ['visitor ', 'agent ']);

    // Buttons stand below the bubble: where there is nothing else, there is none.
    const bubbles = await nora.log.locator('.bubble').count();
    assert.equal(await send(mara, { msg: '', blocks: [{ type: 'section', accessory: { type: 'button', text: plain('Call me') } }] }), 200);
    await nora.log.getByRole('button', { name: 'Call me' }).waitFor();
    assert.equal(await nora.log.locator('.bubble').count(), bubbles);
    await nora.log.getByRole('button', { name: 'Thank you' }).click();
    await mara.log.locator('[data-side=theirs]').getByText('Thank you').waitFor();
    for (const { page } of [nora, mara]) assert.equal(await page.evaluate(() => window.hurt), undefined);
    await stage.clear();
  });
}
