// E-mail inboxes on the screens of a desktop and of a phone: one is connected, tried and
// watched; a mail becomes a chat, the agent answers it by mail, and a file goes the same way.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { accessible, launch } from './browser.mjs';
import { Mailbox } from './mailbox.mjs';
import { Post } from './post.mjs';
import { Stage, until } from './stage.mjs';

const looks = { desktop: {}, phone: { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true } };
const pictures = process.env.FOYER_LOOK; // a folder for pictures of every state
const hostile = '<img src=x onerror="parent.hit=1">';

const post = new Post();
const stage = new Stage();
let browser;
before(async () => {
  await post.open();
  browser = await launch();
  await stage.open(browser, 'SQLite', { flags: ['--allow-private-outbound'] });
  await stage.foyer.settings({ Livechat_Routing_Method: 'Manual_Selection', Livechat_accept_chats_with_no_agents: true });
});
after(async () => {
  await browser?.close();
  await stage.close();
  post.close();
});

for (const [look, options] of Object.entries(looks)) {
  test(`an inbox from its first mail to the answer, ${look}`, async () => {
    post.refuses = false;
    const mailbox = new Mailbox();
    await mailbox.open();
    const { page, log, person, complaints } = await stage.agent(`Ida-${look}`, { roles: ['admin', 'livechat-agent'], ...options });
    const dialog = page.getByRole('dialog');
    const check = async (state) => {
      await accessible(page, `${state}, ${look}`);
      for (const colorScheme of pictures ? ['light', 'dark'] : []) {
        await page.emulateMedia({ colorScheme });
        await page.screenshot({ path: `${pictures}/${look}-${state.replaceAll(' ', '-')}-${colorScheme}.png` });
      }
    };
    const row = page.getByRole('listitem').filter({ hasText: `Shop ${look}` });
    const server = async (name, port, password) => {
      const group = dialog.getByRole('group', { name });
      await group.getByRole('textbox', { name: 'Server' }).fill('127.0.0.1');
      await group.getByRole('textbox', { name: 'Port' }).fill(String(port));
      await group.getByRole('textbox', { name: 'User name' }).fill('shop');
      await group.getByLabel('Password', { exact: true }).fill(password);
      await group.getByRole('checkbox').uncheck({ force: true });
    };

    await page.goto(`${stage.foyer.url}/console/inboxes`);
    await page.getByRole('heading', { level: 1, name: 'E-mail inboxes' }).waitFor();
    await check('no inboxes or another one');
    await page.getByRole('button', { name: 'Add an inbox' }).click();
    await dialog.getByRole('textbox', { name: 'Name', exact: true }).fill(`Shop ${look}`);
    await dialog.getByRole('textbox', { name: 'E-mail address' }).fill(`${look}@shop.example`);
    await dialog.getByRole('textbox', { name: 'Name of the sender' }).fill('The Shop');
    await server('Incoming mail (IMAP)', mailbox.port, 'wrong');
    await server('Outgoing mail (SMTP)', post.server.address().port, 'pass word');
    await check('a new inbox');
    await dialog.getByRole('button', { name: 'Save' }).click();
    await row.getByText('User name or password refused').waitFor();
    await check('a refused inbox');
    await row.getByRole('button').first().click();
    await dialog.getByRole('group', { name: 'Incoming mail (IMAP)' }).getByLabel('Password', { exact: true }).fill('pass word');
    await dialog.getByRole('button', { name: 'Save' }).click();
    await row.getByText('Connected').waitFor();
    await row.getByRole('button').first().click();
    await dialog.getByRole('button', { name: 'Send a test mail to me' }).waitFor();
    await dialog.getByRole('button', { name: 'Send a test mail to me' }).click();
    await dialog.getByText('Your account has no confirmed e-mail address.').waitFor();
    await check('a connected inbox');
    await stage.foyer.call('POST', '/api/v1/users.update', { userId: await idOf(person.username), data: { email: `ida-${look}@example.org`, verified: true } });
    await dialog.getByRole('button', { name: 'Send a test mail to me' }).click();
    await dialog.getByText('The server took the mail').waitFor();
    assert.ok(post.mails.some((mail) => mail.includes(`<ida-${look}@example.org>`)));
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'hidden' });

    mailbox.bring(`From: Ann ${look} <ann-${look}@example.com>\nMessage-ID: <1-${look}@example.com>\nSubject: Parcel ${hostile}\n\nWhere is it? ${hostile}\n`);
    await until(() => assert(mailbox.mails[0].seen, 'the mail is not read'));
    const { rooms } = await stage.foyer.call('GET', '/api/v1/livechat/rooms?queued=true');
    const room = rooms.find(({ fname }) => fname === `Ann ${look}`);
    await page.goto(`${stage.foyer.url}/console/inbox/${room._id}`);
    await page.getByRole('button', { name: /^Take/ }).first().click();
    await log.getByText(`Subject: Parcel ${hostile}`).waitFor();
    assert.equal(await page.evaluate(() => window.hit), undefined);
    const reply = log.getByRole('button', { name: 'Reply via e-mail' });
    await reply.waitFor();
    await page.getByRole('textbox', { name: 'Your message', description: /^Not sent by e-mail/ }).waitFor();
    if (look === 'phone') assert.ok((await reply.boundingBox()).height >= 44, 'too small for a finger');
    await check('a mail in the chat');
    await reply.press('Enter');
    await dialog.waitFor();
    await page.keyboard.type('It is on its way.');
    await check('an answer');
    await dialog.getByRole('button', { name: 'Send', exact: true }).press('Enter');
    await log.getByText('Sent by e-mail').waitFor();
    await dialog.waitFor({ state: 'hidden' });
    const toAnn = () => post.mails.filter((mail) => mail.includes(`<ann-${look}@example.com>`));
    const [answer] = toAnn();
    assert.match(answer, /It is on its way\./);
    assert.match(answer, new RegExp(`In-Reply-To: <1-${look}@example.com>`));
    await check('an answered mail');

    await page.locator('input[type=file]').setInputFiles({ name: 'label.pdf', mimeType: 'application/pdf', buffer: Buffer.from('%PDF-1.7\nlabel') });
    const send = log.getByRole('button', { name: 'Send by e-mail' });
    await send.waitFor();
    assert.equal(toAnn().length, 1); // a file stays in the chat until it is sent
    post.refuses = true;
    await send.press('Enter');
    await log.getByText('Not sent by e-mail. Refused by the server (550 5.1.1 nobody of that name)').waitFor();
    await log.getByText('The answer could not be mailed to').filter({ hasText: 'Refused by the server (550 5.1.1 nobody of that name)' }).waitFor();
    await check('a refused mail');
    post.refuses = false;
    await send.press('Enter');
    await until(() => assert.equal(toAnn().length, 2, 'the file is not sent'));
    assert.match(toAnn()[1], /filename="label\.pdf"/);
    await send.waitFor({ state: 'hidden' });
    await until(async () => assert.equal(await log.getByText('Sent by e-mail').count(), 2));
    await check('a file by mail');
    mailbox.close();
    assert.deepEqual(complaints, []);
  });
}

async function idOf(username) {
  return (await stage.foyer.call('GET', `/api/v1/users.info?username=${username}`)).user._id;
}
