// What is kept of people and said to them: custom fields, canned responses. Each is used as people do and looked at by axe-core.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { accessible } from './browser.mjs';
import { eachEngine } from './each-engine.mjs';

const looks = {
  desktop: {},
  phone: { viewport: { width: 360, height: 740 }, isMobile: true, hasTouch: true, colorScheme: 'dark' },
};

// What differs between the engines is tested beneath the screens.
eachEngine('records', (stage) => {
  let ada, page;

  const begin = async (options = {}) => {
    ada = await stage.agent('Ada', { roles: ['admin', 'livechat-agent'], ...options });
    page = ada.page;
  };
  const go = async (path, heading) => {
    await page.goto(`${stage.foyer.url}/console/${path}`);
    await page.getByRole('heading', { level: 1, name: heading }).waitFor();
  };
  const dialog = () => page.getByRole('dialog');
  const button = (name) => page.getByRole('button', { name, exact: true });
  const inDialog = (name) => dialog().getByRole('button', { name, exact: true });
  const gone = () => dialog().waitFor({ state: 'hidden' });
  const row = (text) => page.getByRole('listitem').filter({ hasText: text });

  for (const [look, options] of Object.entries(looks)) {
    test(`custom fields, ${look}`, async () => {
      const check = (state) => accessible(page, `${state}, ${look}`);
      await begin(options);
      await go('custom-fields', 'Custom fields');
      await check('fields, before this one');
      await button('New field').click();
      await dialog().getByRole('textbox', { name: 'Label' }).fill(`Plan ${look}`);
      await dialog().getByRole('textbox', { name: 'Name' }).fill(`the plan`);
      await dialog().getByText('Choice', { exact: true }).click();
      await dialog().getByRole('combobox', { name: 'Choices' }).or(dialog().getByRole('textbox', { name: 'Choices' })).first().pressSequentially('free,paid,');
      await check('a field');
      await inDialog('Save').click();
      await dialog().getByText('A name has letters').waitFor();
      await dialog().getByRole('textbox', { name: 'Name' }).fill(`plan-${look}`);
      await inDialog('Save').click();
      await gone();
      await row(`Plan ${look}`).getByText('Visitor').waitFor();
      await check('fields');
      await button(`Remove Plan ${look}`).click();
      await check('the question before a removal');
      await inDialog('Remove').click();
      await gone();
      await row(`Plan ${look}`).waitFor({ state: 'detached' });
    });
  }

  test('an agent changes values beside the chat', async () => {
    for (const [field, scope, more] of [['plan', 'visitor', { type: 'select', options: 'free,paid' }], ['order', 'room', { regexp: '^[0-9]+$' }]]) {
      await stage.foyer.call('POST', '/api/v1/livechat/custom-fields.save', { customFieldData: { field, label: `The ${field}`, scope, visibility: 'visible', ...more } });
    }
    await begin();
    const vera = await stage.visitor();
    await vera.begin('Vera', 'Hello');
    await ada.choose('Vera');
    await button('Change The order: empty').click();
    await page.getByRole('textbox', { name: 'The order' }).fill('17');
    await accessible(page, 'a value is written');
    await page.keyboard.press('Enter');
    await button('Change The order: 17').click();
    await page.getByRole('textbox', { name: 'The order' }).fill('no number');
    await page.keyboard.press('Enter');
    await page.getByText('Invalid value for The order field').waitFor();
    await button('Change The order: 17').waitFor();
    await button('Change The plan: empty').click();
    await page.getByRole('option', { name: 'paid' }).click();
    await button('Change The plan: paid').waitFor();
    await accessible(page, 'values beside a chat');
    const { room, visitor } = await stage.foyer.call('GET', `/api/v1/foyer/rooms/${ada.room}`);
    assert.deepEqual([room.livechatData, visitor.livechatData], [{ order: '17' }, { plan: 'paid' }]);
  });

  test('how a chat was rated stands beside it as soon as it is, and in the list of all chats', async () => {
    await begin();
    const rosa = await stage.visitor();
    await rosa.begin('Rosa', 'Hello');
    await ada.choose('Rosa');
    await rosa.end();
    await page.getByText(/^Closed by the visitor/).waitFor();
    const rating = page.getByRole('region', { name: 'Rating' });
    assert.equal(await rating.count(), 0);
    await rosa.chat.getByRole('radio', { name: '4 stars' }).check({ force: true });
    await rosa.chat.getByRole('textbox', { name: 'Tell us more (optional)' }).fill('Quick, and <b>kind</b>.');
    await rosa.chat.getByRole('button', { name: 'Send rating' }).click();
    await rating.getByText('Satisfaction').waitFor();
    await rating.getByRole('img', { name: '4 of 5' }).waitFor();
    await rating.getByText('Quick, and <b>kind</b>.', { exact: true }).waitFor();
    await accessible(page, 'a rated chat');
    await go('chats', 'All chats');
    await row('Rosa').getByRole('img', { name: '4 of 5' }).waitFor();
    await accessible(page, 'all chats with a rated one');
  });

  for (const [look, options] of Object.entries(looks)) {
    test(`canned responses, ${look}`, async () => {
      const check = (state) => accessible(page, `${state}, ${look}`);
      await begin(options);
      await go('canned-responses', 'Canned responses');
      await check('responses, before this one');
      await button('New response').click();
      await dialog().getByRole('textbox', { name: 'Shortcut' }).fill(`!greet-${look}`);
      await dialog().getByRole('textbox', { name: 'Text' }).fill('Hello , how are you?');
      await dialog().getByRole('textbox', { name: 'Text' }).evaluate((field) => field.setSelectionRange(6, 6));
      await inDialog('Visitor’s name').click();
      await check('a response');
      await inDialog('Save').click();
      await gone();
      await row(`!greet-${look}`).getByText('Hello {{contact.name}}, how are you?').waitFor();
      await check('responses');

      const vera = await stage.visitor();
      await vera.begin(`Vera ${look}`, 'Hello');
      await page.goto(`${stage.foyer.url}/console/inbox`);
      await ada.choose(`Vera ${look}`);
      await ada.field.fill('/greet');
      const options_ = page.getByRole('listbox', { name: 'Canned responses' }).getByRole('option');
      await options_.filter({ hasText: `!greet-${look}` }).waitFor();
      await check('choosing a response');
      await page.keyboard.press('Escape');
      await options_.first().waitFor({ state: 'detached' });
      await ada.field.fill(`!how are`);
      await options_.filter({ hasText: `!greet-${look}` }).waitFor();
      if (options.hasTouch) await options_.filter({ hasText: `!greet-${look}` }).tap();
      else await page.keyboard.press('Enter');
      assert.equal(await ada.field.inputValue(), `Hello Vera ${look}, how are you?`);
      await page.keyboard.press('Enter');
      await vera.reads(`Hello Vera ${look}, how are you?`);
    });
  }

  for (const [look, options] of Object.entries(looks)) {
    test(`contacts, ${look}`, async () => {
      const check = (state) => accessible(page, `${state}, ${look}`);
      await begin(options);
      const cora = await stage.visitor();
      await cora.begin(`Cora ${look}`, 'Hello');
      await go('contacts', 'Contacts');
      await page.getByRole('link', { name: `Cora ${look}` }).waitFor();
      await check('contacts');
      await button('New contact').click();
      await dialog().getByRole('textbox', { name: 'Name' }).fill(`Kora ${look}`);
      await check('a new contact');
      await inDialog('Save').click();
      await page.getByRole('heading', { level: 1, name: `Kora ${look}` }).waitFor();
      await check('a contact without channels');
      await button('Merge').click();
      await dialog().getByRole('searchbox').fill(`Cora ${look}`);
      await dialog().getByText(`Cora ${look}`).click();
      await check('choosing a contact to merge');
      await inDialog('Merge').click();
      await gone();
      await button(`Take “Cora ${look}”`).click();
      await page.getByRole('heading', { level: 1, name: `Cora ${look}` }).waitFor();
      await button('Block').click();
      await check('the question before a channel is blocked');
      await inDialog('Block').click();
      await gone();
      await button('Unblock').waitFor();
      await check('a contact with a blocked channel');
      await button('Edit').click();
      await dialog().getByRole('textbox', { name: 'Name' }).fill(`Cora B. ${look}`);
      await inDialog('Save').click();
      await gone();
      await page.getByRole('heading', { level: 1, name: `Cora B. ${look}` }).waitFor();
      await button('Verify').click();
      await check('the question before a channel is verified');
      await inDialog('Verify').click();
      await gone();
      await page.getByText('Verified', { exact: true }).waitFor();
      await check('a contact with a verified channel');
      await button('Not verified after all').click();
      await button('Verify').waitFor();
      await page.getByRole('main').getByRole('link', { name: /messages?$/ }).first().click();
      await ada.log.waitFor();
      if (options.hasTouch) return; // the panel beside the chat is the desktop's
      await page.getByRole('link', { name: 'Show contact' }).click();
      await page.getByRole('heading', { level: 1, name: `Cora B. ${look}` }).waitFor();
    });

    test(`what is still being typed is saved, ${look}`, async () => {
      await begin(options);
      await go('contacts', 'Contacts');
      await button('New contact').click();
      await dialog().getByRole('textbox', { name: 'Name' }).fill(`Tora ${look}`);
      await dialog().getByLabel('E-mail').fill(`tora-${look}@example.com`);
      const { x, y, width, height } = await inDialog('Save').boundingBox();
      const at = [x + width / 2, y + height / 2]; // where the button is before the field is left
      if (options.hasTouch) await page.touchscreen.tap(...at);
      else await page.mouse.click(...at);
      await gone();
      await page.getByRole('heading', { level: 1, name: `Tora ${look}` }).waitFor();
      await page.getByText(`tora-${look}@example.com`).first().waitFor();
    });

    test(`an account is edited, ${look}`, async () => {
      await begin(options);
      await stage.agent(`Max-${look}`, { fullName: `Max ${look}` });
      await go('people', 'Users and agents');
      await button(`Actions for Max ${look}`).click();
      await page.getByRole('menuitem', { name: 'Edit…' }).click();
      await dialog().getByRole('textbox', { name: 'Name', exact: true }).fill(`Maxima ${look}`);
      await dialog().getByLabel('New password', { exact: true }).fill('Another-password-1');
      await accessible(page, `editing an account, ${look}`);
      await inDialog('Save').click();
      await gone();
      await row(`Maxima ${look}`).waitFor();
    });
  }
}, { only: ['SQLite'] });
