// Mails and offline messages on the screens of a desktop and of a phone: what a hostile
// visitor wrote is text in the console and in the mail, a server that refuses is told of,
// what was given up is sent again. Each state is examined by axe-core.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { accessible, launch } from './browser.mjs';
import { Post } from './post.mjs';
import { Stage, until } from './stage.mjs';

const looks = { desktop: {}, phone: { viewport: { width: 360, height: 740 }, isMobile: true, hasTouch: true } };
const pictures = process.env.FOYER_LOOK; // a folder for pictures of every state
const hostile = `<img src=x onerror="parent.hit=1"><script>parent.hit=1</script>`;

const post = new Post();
const stage = new Stage();
let browser;
before(async () => {
  await post.open();
  browser = await launch();
  await stage.open(browser, 'SQLite', { flags: ['--allow-private-outbound'] });
  await stage.foyer.settings({ ...post.settings, Livechat_offline_email: 'team@example.org', Livechat_validate_offline_email: false });
});
after(async () => {
  await browser?.close();
  await stage.close();
  post.close();
});

async function leave(name, message) {
  const response = await fetch(`${stage.foyer.url}/api/v1/livechat/offline.message`, {
    method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ name, email: 'ann@example.com', message, host: 'https://shop.example/<b>' }),
  });
  assert.equal(response.status, 200, await response.text());
}

for (const [look, options] of Object.entries(looks)) {
  test(`mails and offline messages, ${look}`, async () => {
    const name = `Ann ${look} ${hostile}`;
    await stage.foyer.setting('Foyer_keep_mails', true);
    const { page, complaints } = await stage.agent(`Ada-${look}`, { roles: ['admin'], ...options });
    const dialog = page.getByRole('dialog');
    const check = async (state) => {
      await accessible(page, `${state}, ${look}`);
      for (const colorScheme of pictures ? ['light', 'dark'] : []) {
        await page.emulateMedia({ colorScheme });
        await page.screenshot({ path: `${pictures}/${look}-${state.replaceAll(' ', '-')}-${colorScheme}.png` });
      }
    };
    const row = (text) => page.getByRole('listitem').filter({ hasText: text });

    await page.goto(`${stage.foyer.url}/console/offline`);
    await page.getByRole('heading', { level: 1, name: 'Offline messages' }).waitFor();
    await leave(name, `${hostile}\nIs anybody there?`);
    await row(name).waitFor(); // told, not asked for
    await page.getByText(/new message/).waitFor();
    await check('offline messages');
    await page.getByRole('button', { name, exact: true }).click();
    await dialog.getByText('Is anybody there?').waitFor();
    await row(name).getByText('Read', { exact: true }).waitFor({ state: 'attached' });
    assert.equal(await dialog.getByRole('link', { name: 'Answer by mail' }).getAttribute('href'), 'mailto:ann@example.com');
    await check('offline message');
    await dialog.getByRole('button', { name: 'Mark as answered' }).click();
    await dialog.waitFor({ state: 'hidden' });
    await row(name).getByText('Answered', { exact: true }).waitFor();

    await page.goto(`${stage.foyer.url}/console/mail`);
    await page.getByText('Mails are shown, not sent').waitFor();
    await page.getByRole('button', { name: new RegExp(`Ann ${look}`) }).click();
    const mail = dialog.locator('iframe').contentFrame();
    await mail.getByText('Is anybody there?').waitFor();
    assert.equal(await mail.locator('img, script').count(), 0, 'a visitor’s markup is part of the mail');
    assert.match(await mail.locator('blockquote').textContent(), /<script>parent\.hit=1<\/script>/);
    assert.equal(await page.evaluate(() => window.hit), undefined);
    if (pictures) await page.screenshot({ path: `${pictures}/${look}-mail.png` });
    await dialog.getByText('As text', { exact: true }).click();
    await dialog.getByText('> Is anybody there?').waitFor();
    await check('kept mail');
    await dialog.getByRole('button', { name: 'Done' }).click();

    await stage.foyer.setting('Foyer_keep_mails', false);
    await page.getByText('Mails are sent as').waitFor();
    await page.getByRole('textbox', { name: 'Send a test mail to' }).fill('me@example.org');
    await page.getByRole('button', { name: 'Send', exact: true }).click();
    await page.getByText('The server took the mail').waitFor();
    await page.getByText('queued as 4711').waitFor();
    assert(post.lines.some((line) => line === 'Subject: Test mail'), 'the test mail did not come');
    post.refuses = true;
    await leave(`Refused ${look}`, 'x');
    await row(`Refused ${look}`).getByText('Given up', { exact: true }).waitFor();
    await page.getByRole('button', { name: 'Send', exact: true }).click();
    await page.getByText('550 5.1.1 nobody of that name').waitFor();
    await check('given up');
    post.refuses = false;
    await page.getByRole('button', { name: `Refused ${look}` }).click();
    await dialog.getByText('5.1.1 nobody of that name').waitFor();
    await check('a failure');
    await dialog.getByRole('button', { name: 'Send now' }).click();
    await row(`Refused ${look}`).getByText('Sent', { exact: true }).waitFor();

    await page.goto(`${stage.foyer.url}/console/account`);
    const wish = page.getByRole('switch', { name: 'Tell me by e-mail' });
    await wish.click({ force: true });
    await page.getByText('No mails about missed chats').waitFor();
    await until(async () => assert(!(await wish.isChecked()), 'the wish is not shown'));
    await page.reload();
    await wish.waitFor({ state: 'attached' });
    assert(!(await wish.isChecked()), 'the wish is not kept');
    assert.deepEqual(complaints, []);
  });
}
