// Quick replies: a bot offers them, the visitor presses one, and that is the answer.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { accessible, launch } from './browser.mjs';
import { Stage, until } from './stage.mjs';

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

for (const [look, options] of Object.entries(looks)) {
  test(`quick replies, ${look}`, async () => {
    await stage.emptied();
    const mara = await stage.agent(`Mara-${look}`, options);
    const nora = await stage.visitor(options);
    await nora.begin('Nora Fields', 'Hello?');
    await mara.choose('Nora Fields');
    const words = ['Where is my order?', 'Send something back', hostile];
    const offer = (msg) => mara.page.evaluate(async ({ rid, msg, words }) => {
      const elements = words.map((text) => ({ type: 'button', text: { type: 'plain_text', text } }));
      const body = JSON.stringify({ message: { rid, msg, blocks: [{ type: 'actions', elements }] } });
      return (await fetch('/api/v1/chat.sendMessage', { method: 'POST', headers: { 'content-type': 'application/json' }, body })).status;
    }, { rid: mara.room, msg, words });
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
