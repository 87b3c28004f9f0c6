// A message that was left while nobody was there goes on in the chat of the visitor who comes
// back (LC-OFF-8): the agent reads and answers it there, the list of offline messages leads to it.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { accessible, launch } from './browser.mjs';
import { Stage, until } from './stage.mjs';

const looks = { desktop: {}, phone: { viewport: { width: 390, height: 780 }, isMobile: true, hasTouch: true } };
const pictures = process.env.FOYER_LOOK; // a folder for pictures of every state

const stage = new Stage();
let browser;
before(async () => {
  browser = await launch();
  await stage.open(browser, 'SQLite');
  await stage.foyer.setting('Livechat_validate_offline_email', false);
});
after(async () => {
  await browser?.close();
  await stage.close();
});

for (const [look, options] of Object.entries(looks)) {
  test(`a message that was left becomes a chat, ${look}`, async () => {
    await stage.nobodyIsThere();
    const seen = async ({ page }, state) => {
      await accessible(page, `${state}, ${look}`);
      for (const colorScheme of pictures ? ['light', 'dark'] : []) {
        await page.emulateMedia({ colorScheme });
        await page.screenshot({ path: `${pictures}/${look}-${state.replaceAll(' ', '-')}-${colorScheme}.png` });
      }
    };
    const nora = await stage.visitor(options);
    const name = `Nora ${look}`;
    await nora.open();
    await nora.chat.getByRole('textbox', { name: 'Name' }).fill(name);
    await nora.chat.getByRole('textbox', { name: 'E-mail' }).fill('nora@example.com');
    await nora.chat.getByRole('textbox', { name: 'Message' }).fill('Do you repair watering cans?');
    await nora.chat.getByRole('button', { name: 'Send' }).click();
    await nora.chat.getByRole('button', { name: 'Done' }).waitFor();
    await seen(nora, 'left');

    const mara = await stage.agent(`Mara-${look}`, { roles: ['livechat-manager'], ...options });
    await nora.page.reload(); // she comes back
    await nora.open();
    await nora.register({ name });
    await nora.say('It is the green one.');
    await mara.choose(name);
    await until(async () => {
      const [first, second, ...more] = await mara.shown();
      assert.match(first, /Do you repair watering cans\?/);
      assert.match(first, /I left this on \d{4}-\d\d-\d\d \d\d:\d\d UTC/);
      assert.equal(second, 'It is the green one.');
      assert.deepEqual(more, []);
    });
    await mara.say('We do.');
    await nora.reads('We do.');
    await nora.log.getByText('Do you repair watering cans?').waitFor();
    await seen(nora, 'gone on');
    const { room } = mara;
    await mara.page.goto(`${stage.foyer.url}/console/offline`);
    const row = mara.page.getByRole('listitem').filter({ hasText: name });
    await row.getByText('Answered', { exact: true }).waitFor();
    await mara.page.getByRole('button', { name, exact: true }).click();
    const link = mara.page.getByRole('dialog').getByRole('link', { name: 'The visitor came back: open the chat' });
    await link.waitFor();
    await seen(mara, 'leads to its chat');
    await link.click();
    await mara.log.waitFor();
    assert.equal(mara.room, room);

    // It is said once: not in the next chat.
    await mara.close('All said', 'cans');
    await nora.finished();
    await nora.startAgain();
    await nora.say('One more thing.');
    await until(async () => assert.deepEqual(await nora.shown(), ['One more thing.']));
    await stage.clear();
  });
}

// Departments offered there are in use and say so; afterwards the visitor reads what the setting says.
test('the form of nobody offers its departments and thanks (LC-OFF-7, LC-OFF-9)', async (t) => {
  await stage.nobodyIsThere();
  await stage.foyer.setting('Livechat_offline_success_message', 'We write *tomorrow*.');
  t.after(() => stage.foyer.setting('Livechat_offline_success_message', ''));
  const rita = { username: 'rita', name: 'Rita', email: 'rita@example.com', password: 'pw-of-rita' };
  await stage.foyer.call('POST', '/api/v1/users.create', { ...rita, roles: ['livechat-agent'] });
  const members = [{ person: rita }];
  await stage.department('Repairs', members, { showOnOfflineForm: true });
  await stage.department('Rentals', members, { showOnRegistration: true });
  await stage.department('Ruins', members, { showOnOfflineForm: true, enabled: false });
  const nora = await stage.visitor();
  await nora.open();
  const choice = nora.chat.getByRole('combobox', { name: 'What is it about?' });
  await choice.waitFor();
  assert.deepEqual(await choice.getByRole('option').allTextContents(), ['Something else', 'Repairs']);
  await choice.selectOption('Repairs');
  await nora.chat.getByRole('textbox', { name: 'Name' }).fill('Nora');
  await nora.chat.getByRole('textbox', { name: 'E-mail' }).fill('nora@example.com');
  await nora.chat.getByRole('textbox', { name: 'Message' }).fill('Mine leaks.');
  await nora.chat.getByRole('button', { name: 'Send' }).click();
  await nora.chat.getByRole('status').getByText('We write tomorrow.').waitFor();
  const { messages } = await stage.foyer.call('GET', '/api/v1/foyer/offline.messages?count=1');
  assert.equal(messages[0].departmentName, 'Repairs');
});
