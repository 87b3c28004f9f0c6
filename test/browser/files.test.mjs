// Files in a conversation: a visitor sends a picture, the agent answers with a document
// and drops another picture; each sees the other's, on a desktop and on a phone.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { accessible, launch } from './browser.mjs';
import { Stage, until } from './stage.mjs';

const looks = { desktop: {}, phone: { viewport: { width: 360, height: 740 }, isMobile: true, hasTouch: true } };
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

/** photo makes a picture in the page, larger than a thumbnail. */
async function photo(page) {
  const data = await page.evaluate(() => {
    const canvas = Object.assign(document.createElement('canvas'), { width: 1200, height: 800 });
    const brush = canvas.getContext('2d');
    const sky = brush.createLinearGradient(0, 0, 1200, 800);
    sky.addColorStop(0, '#17618c');
    sky.addColorStop(1, '#f2b84b');
    brush.fillStyle = sky;
    brush.fillRect(0, 0, 1200, 800);
    return canvas.toDataURL('image/jpeg');
  });
  return Buffer.from(data.split(',')[1], 'base64');
}

const loaded = (image) => until(async () => assert.ok(await image.evaluate((one) => one.complete && one.naturalWidth > 32)));

for (const [look, options] of Object.entries(looks)) {
  test(`files, ${look}`, async () => {
    await stage.nobodyIsThere();
    const mara = await stage.agent(`Mara-${look}`, options);
    const nora = await stage.visitor(options);
    const seen = async (state) => {
      for (const { page } of [mara, nora]) {
        await accessible(page, `${state}, ${look}`);
        for (const colorScheme of pictures ? ['light', 'dark'] : []) {
          await page.emulateMedia({ colorScheme });
          await page.screenshot({ path: `${pictures}/${look}-${state}-${page === mara.page ? 'agent' : 'visitor'}-${colorScheme}.png` });
        }
      }
    };
    await nora.begin('Nora Fields', 'Look at this leaf:');
    await nora.chat.getByLabel('Attach a file').setInputFiles({ name: 'leaf.jpg', mimeType: 'image/jpeg', buffer: await photo(nora.page) });
    await loaded(nora.log.getByRole('img', { name: 'leaf.jpg' }));
    await mara.choose('Nora Fields');
    await loaded(mara.log.getByRole('img', { name: 'leaf.jpg' }));

    await mara.page.locator('input[type=file]').setInputFiles({ name: 'care — Pflegehinweise.pdf', mimeType: 'application/pdf', buffer: Buffer.from('%PDF-1.7\ncare') });
    const card = nora.log.getByRole('button', { name: /^Save care — Pflegehinweise.pdf/ });
    await card.waitFor();
    const [download] = await Promise.all([nora.page.waitForEvent('download'), card.click()]);
    assert.equal(download.suggestedFilename(), 'care — Pflegehinweise.pdf');
    assert.equal(await mara.log.getByRole('link', { name: /^Save care/ }).getAttribute('download'), 'care — Pflegehinweise.pdf');

    // Dropped on the conversation; what is refused says why and can be put away.
    await mara.page.evaluate(() => {
      const data = new DataTransfer();
      data.items.add(new File(['<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'], 'logo.svg'));
      const field = document.querySelector('textarea');
      field.dispatchEvent(new DragEvent('drop', { dataTransfer: data, bubbles: true, cancelable: true }));
    });
    const refused = mara.page.getByText(/logo.svg · Files of this kind may not be sent/);
    await refused.waitFor();
    await nora.chat.getByLabel('Attach a file').setInputFiles({ name: 'logo.svg', mimeType: 'image/svg+xml', buffer: Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>') });
    const gone = nora.chat.getByRole('button', { name: /Files of this kind can’t be sent/ });
    await gone.waitFor();
    await seen('sent-and-refused');
    await gone.click();
    await gone.waitFor({ state: 'detached' });
    await mara.page.getByRole('button', { name: 'Discard' }).click();
    await refused.waitFor({ state: 'detached' });
    await stage.clear();
  });
}

for (const [look, options] of Object.entries(looks)) {
  test(`the conversation stays at its end, ${look}`, async () => {
    await stage.nobodyIsThere();
    const mara = await stage.agent(`Mira-${look}`, options);
    const nora = await stage.visitor(options);
    const atEnd = () => until(async () => {
      assert.ok(await nora.log.evaluate((box) => box.scrollHeight - box.scrollTop - box.clientHeight < 2), 'the end is below');
    });
    await nora.begin('Nils Fields', Array.from({ length: 20 }, (_, i) => `Line ${i + 1}`).join('\n'));
    await mara.choose('Nils Fields');
    await nora.chat.getByLabel('Attach a file').setInputFiles({ name: 'leaf.jpg', mimeType: 'image/jpeg', buffer: await photo(nora.page) });
    await loaded(nora.log.getByRole('img', { name: 'leaf.jpg' }));
    await atEnd();
    await mara.page.locator('input[type=file]').setInputFiles({ name: 'root.jpg', mimeType: 'image/jpeg', buffer: await photo(mara.page) });
    await loaded(nora.log.getByRole('img', { name: 'root.jpg' }));
    await atEnd();
    await mara.field.fill(`${'It wants more light and less water than it has now. '.repeat(12)}That is all.`);
    await mara.field.press('Enter');
    await nora.log.getByText(/That is all\.$/).waitFor();
    await atEnd();
    await nora.log.evaluate((box) => { box.scrollTop = box.scrollHeight / 2; });
    await mara.say('Are you reading?');
    await nora.chat.getByRole('button', { name: 'New messages' }).click();
    await atEnd();

    await nora.end();
    await atEnd();
    await nora.chat.getByRole('radio', { name: '4 stars' }).check();
    await nora.chat.getByRole('button', { name: 'Send rating' }).waitFor();
    await atEnd();
    if (pictures) await nora.page.screenshot({ path: `${pictures}/end-${look}.png` });
    await stage.clear();
  });
}
