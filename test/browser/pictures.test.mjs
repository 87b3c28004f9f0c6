// Pictures: an agent's photo on all screens, and the launcher's logo.
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

/** portrait makes a picture of somebody in the page. */
async function portrait(page, colour) {
  const data = await page.evaluate((colour) => {
    const canvas = Object.assign(document.createElement('canvas'), { width: 900, height: 600 });
    const brush = canvas.getContext('2d');
    brush.fillStyle = colour;
    brush.fillRect(0, 0, 900, 600);
    brush.fillStyle = '#f3d6bd';
    brush.beginPath();
    brush.arc(450, 240, 130, 0, 7);
    brush.arc(450, 620, 240, 0, 7);
    brush.fill();
    return canvas.toDataURL('image/jpeg');
  }, colour);
  return Buffer.from(data.split(',')[1], 'base64');
}

const loaded = (image, width) => until(async () => assert.equal(await image.evaluate((one) => one.complete && one.naturalWidth), width));
const none = (place) => until(async () => assert.equal(await place.locator('.face img').count(), 0));

const looked = async (state, people) => {
  for (const { page } of people) {
    await accessible(page, state);
    for (const colorScheme of pictures ? ['light', 'dark'] : []) {
      await page.emulateMedia({ colorScheme });
      await page.screenshot({ path: `${pictures}/${state.replace(/\W+/g, '-')}-${people.findIndex((one) => one.page === page)}-${colorScheme}.png` });
    }
  }
};

for (const [look, options] of Object.entries(looks)) {
  test(`a photo, ${look}`, async () => {
    await stage.emptied();
    const mara = await stage.agent(`Mara-${look}`, { fullName: 'Mara Vogel', ...options });
    const nora = await stage.visitor(options);
    await nora.begin('Nora Fields', 'Who is there?');
    await mara.choose('Nora Fields');
    await mara.say('It is me.');
    await nora.reads('It is me.');
    await none(nora.chat.locator('.panel'));
    assert.equal(await nora.chat.locator('.head .face').textContent(), 'MV');

    // Chosen under My account it is everywhere, for visitors with the next page they open.
    const { room } = mara;
    await mara.page.goto(`${stage.foyer.url}/console/account`);
    const me = mara.page.getByRole('group', { name: 'Photo' });
    await me.locator('input').setInputFiles({ name: 'me.jpg', mimeType: 'image/jpeg', buffer: await portrait(mara.page, '#17618c') });
    await me.getByRole('button', { name: 'Remove' }).waitFor();
    await loaded(mara.page.getByRole('main').locator('img').first(), 256);
    await looked(`account, ${look}`, [mara]);
    await nora.page.reload();
    await nora.reads('It is me.');
    await loaded(nora.chat.locator('.head .face img'), 256);
    await loaded(nora.log.locator('.face img'), 256);
    assert.equal(await nora.log.locator('.mine .face').count(), 0, 'guests have no face unless the page wants it');
    await mara.page.goto(`${stage.foyer.url}/console/inbox/${room}`);
    await looked(`photo, ${look}`, [nora, mara]);

    // A page may hide the agents' faces and show the guest's.
    await nora.page.evaluate(() => window.RocketChat.livechat.setTheme({ hideAgentAvatar: true, hideGuestAvatar: false }));
    await none(nora.chat.locator('.panel'));
    assert.deepEqual(await nora.log.locator('.face').allTextContents(), ['NF']);
    await looked(`guest's face, ${look}`, [nora]);
    await nora.page.evaluate(() => window.RocketChat.livechat.setTheme({ hideAgentAvatar: false, hideGuestAvatar: true }));

    // What is no picture is refused and changes nothing; taken away there are initials again.
    await mara.page.goto(`${stage.foyer.url}/console/account`);
    await me.locator('input').setInputFiles({ name: 'me.png', mimeType: 'image/png', buffer: Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>') });
    await mara.page.getByText('The picture cannot be read.').waitFor();
    await me.getByRole('button', { name: 'Remove' }).click();
    await me.getByRole('button', { name: 'Choose a picture…' }).waitFor();
    await nora.page.reload();
    await nora.reads('It is me.');
    await none(nora.chat.locator('.panel'));
    await stage.clear();
  });
}

test('an administrator’s photo of somebody shows on that person’s open screen', async () => {
  await stage.emptied();
  const ada = await stage.agent('Ada', { roles: ['admin'] });
  const vera = await stage.agent('Vera', { fullName: 'Vera Lind' });
  await vera.page.goto(`${stage.foyer.url}/console/account`);
  await vera.page.getByRole('heading', { level: 1, name: 'My account' }).waitFor();
  await ada.page.goto(`${stage.foyer.url}/console/people`);
  await ada.page.getByRole('button', { name: 'Actions for Vera Lind' }).click();
  await ada.page.getByRole('menuitem', { name: 'Edit…' }).click();
  const dialog = ada.page.getByRole('dialog');
  await dialog.locator('input[type=file]').setInputFiles({ name: 'vera.jpg', mimeType: 'image/jpeg', buffer: await portrait(ada.page, '#8c4a17') });
  await loaded(dialog.locator('img'), 256);
  await loaded(vera.page.getByRole('main').locator('img').first(), 256);
  await looked('edit person', [ada]);
  await dialog.getByRole('button', { name: 'Remove' }).click();
  await until(async () => assert.equal(await vera.page.getByRole('main').locator('img').count(), 0));
  await stage.clear();
});
