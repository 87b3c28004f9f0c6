// Appearance in the console: the widget beside the form shows what is typed, before it is saved.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { accessible } from './browser.mjs';
import { eachEngine } from './each-engine.mjs';
import { until } from './stage.mjs';

const pictures = process.env.FOYER_LOOK; // a folder for pictures of every state
const looks = { desktop: {}, phone: { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true } };

eachEngine('appearance', (stage) => {
  for (const [look, options] of Object.entries(looks)) {
    test(`preview, ${look}`, async () => {
      const { page } = await stage.agent(`Ada-${look}`, { roles: ['admin'], ...options });
      await page.goto(`${stage.foyer.url}/console/appearance`);
      const frame = page.getByTitle('Preview of the chat');
      const panel = frame.contentFrame().getByRole('dialog');
      const head = panel.locator('.head');
      await panel.waitFor();
      const title = page.getByRole('textbox', { name: 'Title', exact: true });
      const [form, preview] = await Promise.all([title.boundingBox(), frame.boundingBox()]);
      const beside = preview.x >= form.x + form.width;
      assert.equal(beside, look === 'desktop', `the form ends at ${form.x + form.width}, the preview begins at ${preview.x}`);

      await page.getByRole('textbox', { name: 'Colour', exact: true }).fill('#0b6e4f');
      await title.fill('Ask the shop');
      await panel.getByRole('heading', { name: 'Ask the shop', exact: true }).waitFor();
      await until(async () => assert.equal(await head.evaluate((it) => getComputedStyle(it).backgroundColor), 'rgb(11, 110, 79)'));
      await accessible(page, `appearance, ${look}`);
      for (const colorScheme of pictures ? ['light', 'dark'] : []) {
        await page.emulateMedia({ colorScheme });
        await frame.scrollIntoViewIfNeeded();
        await page.screenshot({ path: `${pictures}/appearance-${look}-${colorScheme}.png` });
      }
    });
  }
}, { only: ['SQLite'] });
