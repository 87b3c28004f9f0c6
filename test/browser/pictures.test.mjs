// Pictures: an agent's photo on all screens, and the launcher's logo.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { accessible, launch } from './browser.mjs';
import { secondPage } from './second-page.mjs';
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

    // Chosen under My account it is everywhere, at once.
    const { room } = mara;
    await mara.page.goto(`${stage.foyer.url}/console/account`);
    const me = mara.page.getByRole('group', { name: 'Photo' });
    await me.locator('input').setInputFiles({ name: 'me.jpg', mimeType: 'image/jpeg', buffer: await portrait(mara.page, '#17618c') });
    await me.getByRole('button', { name: 'Remove' }).waitFor();
    await loaded(mara.page.getByRole('main').locator('img').first(), 256);
    await looked(`account, ${look}`, [mara]);
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
    await none(nora.chat.locator('.panel'));

    // So is another name; what was said stands under the name it was said with.
    const { users } = await stage.foyer.call('GET', '/api/v1/users.list?count=100');
    const { _id } = users.find(({ username }) => username === mara.person.username);
    await stage.foyer.call('POST', '/api/v1/users.update', { userId: _id, data: { name: 'Mara Falk' } });
    await nora.chat.getByRole('heading', { name: 'Mara Falk' }).waitFor();
    await mara.page.goto(`${stage.foyer.url}/console/inbox/${room}`);
    await mara.say('Married since.');
    await nora.reads('Married since.');
    await nora.log.getByText('Mara Falk:').waitFor({ state: 'attached' });
    await nora.log.getByText('Mara Vogel:').waitFor({ state: 'attached' });
    await stage.clear();
  });
}

test('an agent’s long address takes one line, in its own direction, also where people read from right to left', async () => {
  await stage.emptied();
  const address = 'ada.with-a-very-long-name.of-the-north-western-service-desk@customer-care.example.com';
  const iris = await stage.agent('Iris');
  const { users } = await stage.foyer.call('GET', '/api/v1/users.list?count=100');
  await stage.foyer.call('POST', '/api/v1/users.update', { userId: users.find(({ username }) => username === iris.person.username)._id, data: { email: address } });
  for (const [look, options] of Object.entries(looks)) for (const locale of ['en-GB', 'ar']) {
    const nora = await stage.visitor({ ...options, locale });
    const chat = nora.page.frameLocator('#rocketchat-iframe'); // its name is Arabic, too
    await chat.locator('#launcher').waitFor();
    await nora.page.evaluate(() => window.RocketChat.livechat.registerGuest({ name: 'Nora', email: 'nora@example.com' }));
    await chat.locator('#launcher').click();
    await chat.locator('textarea').fill('Who is there?');
    await chat.locator('textarea').press('Enter');
    const mail = chat.locator('.mail bdi');
    await mail.waitFor();
    const { title, dir, lines, cut } = await mail.evaluate((it) => ({ title: it.title, dir: getComputedStyle(it).direction, lines: it.getClientRects().length, cut: it.scrollWidth > it.clientWidth }));
    assert.deepEqual({ title, dir, lines, cut }, { title: address, dir: 'ltr', lines: 1, cut: true });
    const [line, head] = await Promise.all([mail, chat.locator('.head')].map((it) => it.boundingBox()));
    assert.ok(line.height < 24 && line.x >= head.x && line.x + line.width <= head.x + head.width, JSON.stringify([line, head]));
    await looked(`address, ${look}, ${locale}`, [nora]);
  }
  await stage.clear();
});

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

test('pages of the second API show the photo of an operator who is there', async (t) => {
  await stage.emptied();
  const vera = await stage.agent('Vera', { fullName: 'Vera Lind' });
  await vera.page.goto(`${stage.foyer.url}/console/account`);
  const me = vera.page.getByRole('group', { name: 'Photo' });
  await me.locator('input').setInputFiles({ name: 'vera.jpg', mimeType: 'image/jpeg', buffer: await portrait(vera.page, '#8c4a17') });
  await me.getByRole('button', { name: 'Remove' }).waitFor();
  const shows = async (asks, place, state) => {
    const site = await secondPage({ server: stage.foyer.url, asks });
    t.after(() => site.close());
    const visitor = await stage.visitor({ at: site.url });
    await loaded(visitor.chat.locator(place), 256);
    await looked(state, [visitor]);
    return visitor;
  };
  const bar = await shows("livechatoo.embed.init({ account: 'default', lang: 'en' })", '.lt-bubble .mug img', 'bubble above the bar');
  assert.equal(await bar.chat.locator('#launcher .mug').isVisible(), false, 'the bar itself has none');
  const box = await shows("livechatoo.popup.init({ account: 'default', lang: 'en', btype: 'right3' })", '#launcher .mug', 'box');
  assert.equal(await box.chat.locator('#launcher svg').isVisible(), false);

  await me.getByRole('button', { name: 'Remove' }).click();
  await me.getByRole('button', { name: 'Choose a picture…' }).waitFor();
  await box.page.reload();
  await box.chat.locator('#launcher svg').waitFor();
  await until(async () => assert.equal(await box.chat.locator('#launcher .mug').isVisible(), false));
  await stage.clear();
});

test('the card of a trigger that speaks for an agent shows the photo, as does the line in the chat; hidden where faces are', async (t) => {
  await stage.emptied();
  const vera = await stage.agent('Vera', { fullName: 'Vera Lind' });
  await vera.page.goto(`${stage.foyer.url}/console/account`);
  const me = vera.page.getByRole('group', { name: 'Photo' });
  await me.locator('input').setInputFiles({ name: 'vera.jpg', mimeType: 'image/jpeg', buffer: await portrait(vera.page, '#8c4a17') });
  await me.getByRole('button', { name: 'Remove' }).waitFor();
  await stage.foyer.call('POST', '/api/v1/livechat/triggers', {
    name: 'shop', description: '', enabled: true, runOnce: false, conditions: [{ name: 'page-url', value: '/demo' }], actions: [{ name: 'send-message', params: { sender: 'queue', name: 'any', msg: 'May I help?' } }],
  });
  t.after(async () => {
    const { triggers } = await stage.foyer.call('GET', '/api/v1/livechat/triggers');
    for (const { _id } of triggers) await stage.foyer.call('DELETE', `/api/v1/livechat/triggers/${_id}`);
  });
  const visitor = await stage.visitor();
  await visitor.chat.getByRole('group', { name: 'Vera Lind' }).waitFor();
  await loaded(visitor.chat.locator('.card .mug img'), 256);
  await looked('card', [visitor]);
  const faces = (hidden) => visitor.page.evaluate((hideAgentAvatar) => window.RocketChat.livechat.setTheme({ hideAgentAvatar }), hidden);
  await faces(true);
  await visitor.chat.locator('.card .mug img').waitFor({ state: 'detached' });
  await faces(false);
  await visitor.chat.getByRole('button', { name: 'Start chat' }).click();
  await loaded(visitor.log.locator('.face img'), 256);
  await stage.clear();
});

const drawing = `<svg xmlns="http://www.w3.org/2000/svg" width="44" height="44" viewBox="0 0 44 44" onload="top.hurt = 1">
  <script>top.hurt = 2; fetch('/hurt')</script><image href="/hurt.png" width="9" height="9"/>
  <path fill="#fff" d="M22 4c10 4 14 12 14 20s-6 16-14 16S8 32 8 24 12 8 22 4z"/><path fill="#2c7a51" d="M22 12v26M22 24l8-7M22 30l-8-7" stroke="#2c7a51" stroke-width="3"/>
</svg>`;

for (const [look, options] of Object.entries(looks)) {
  test(`a logo, ${look}`, async () => {
    await stage.emptied();
    const mara = await stage.agent(`Mara-${look}`, { fullName: 'Mara Vogel', ...options });
    const nora = await stage.visitor(options);
    const logo = nora.chat.locator('#launcher img');
    const hurt = [];
    nora.page.on('response', (response) => /hurt/.test(response.url()) && hurt.push(response.url()));
    await nora.begin('Nora Fields', 'Where am I?');
    await mara.choose('Nora Fields');
    await nora.minimise();
    assert.equal(await logo.count(), 0);

    const max = await stage.agent('Max', { roles: ['livechat-manager'], ...options });
    await max.page.goto(`${stage.foyer.url}/console/appearance`);
    const field = max.page.getByRole('group', { name: 'Logo' });
    await field.locator('input').setInputFiles({ name: 'leaf.svg', mimeType: 'image/svg+xml', buffer: Buffer.from(drawing) });
    await field.getByRole('button', { name: 'Remove' }).waitFor();
    await logo.waitFor();
    await loaded(logo, 44);
    assert.equal(await nora.chat.locator('#launcher svg').isVisible(), false, 'the glyph gives way');
    await max.page.getByTitle('Preview of the chat').contentFrame().getByRole('dialog').waitFor(); // the preview
    await field.scrollIntoViewIfNeeded();
    await looked(`logo, ${look}`, [nora, max]);
    await nora.bubble.click();
    await nora.panel.waitFor();
    assert.equal(await logo.isVisible(), false, 'the opened chat has its chevron');
    await nora.minimise();
    await logo.waitFor();

    // Opened by itself, as somebody would who hopes that it runs: it does not.
    const alone = await stage.visitor({ ...options, at: new URL(await logo.getAttribute('src'), stage.foyer.url).href });
    alone.page.on('response', (response) => /hurt/.test(response.url()) && hurt.push(response.url()));
    await alone.page.reload();
    for (const { page } of [nora, max, alone]) assert.equal(await page.evaluate(() => window.hurt), undefined);
    assert.deepEqual(hurt, []);
    alone.complaints.splice(0); // the browser says what it did not run

    await field.getByRole('button', { name: 'Remove' }).click();
    await logo.waitFor({ state: 'detached' });
    await nora.chat.locator('#launcher svg').waitFor();
    await stage.clear();
  });
}
