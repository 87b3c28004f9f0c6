// axe-core finds nothing to complain about in any state of the widget and of the
// console: light and dark, desktop and phone.
import { test } from 'node:test';
import { accessible } from './browser.mjs';
import { eachEngine } from './each-engine.mjs';

const looks = {
  desktop: {},
  phone: { viewport: { width: 375, height: 740 }, isMobile: true, hasTouch: true },
};

eachEngine('accessible', (stage) => {
  for (const [i, [look, options]] of Object.entries(looks).entries()) {
    const name = `Ada${i}`;

    test(`the widget, ${look}`, async () => {
      await stage.nobodyIsThere();
      const vera = await stage.visitor({ line: await stage.line(), ...options });
      const check = (state) => accessible(vera.page, `${state}, ${look}`);
      await vera.bubble.waitFor();
      await check('the bubble');
      await vera.open();
      await vera.chat.getByRole('button', { name: 'Send message' }).waitFor();
      await check('nobody is there');

      const ada = await stage.agent(name, { roles: ['admin'] });
      await vera.minimise();
      await vera.open(); // which looks again
      await vera.chat.getByRole('textbox', { name: 'Name' }).waitFor();
      await check('the form');
      await vera.chat.getByRole('button', { name: 'Start chat' }).click();
      await vera.chat.getByRole('alert').filter({ hasText: 'Please tell us your name.' }).waitFor();
      await check('the form, filled in wrongly');
      await vera.register({ name: 'Vera' });
      await check('the empty chat');

      await vera.say('Have a look at https://example.com/plants');
      await ada.choose('Vera');
      await ada.say('I do.');
      await vera.reads('I do.');
      await ada.field.pressSequentially('And');
      await vera.log.getByText(`${name} Agent is typing`).waitFor();
      await check('the chat');
      await vera.minimise();
      await ada.say('And you?');
      await vera.unread('1 unread message');
      await check('the bubble with an unread message');
      await vera.open();
      await vera.offline(true);
      await vera.say('Lost.');
      await vera.log.getByText('Not sent').waitFor();
      await vera.chat.getByRole('status').filter({ hasText: 'Connection lost' }).waitFor();
      await check('a message that was not sent');
      await vera.offline(false);
      await ada.reads('Lost.');
      await vera.chat.getByRole('button', { name: 'End chat' }).click();
      await vera.chat.getByRole('alertdialog').waitFor();
      await check('the question before the end');
      await vera.chat.getByRole('alertdialog').getByRole('button', { name: 'End chat' }).click();
      await vera.finished();
      await vera.chat.getByRole('radio', { name: '4 stars' }).waitFor();
      await check('the end');
      await vera.chat.getByRole('button', { name: 'More' }).click();
      await vera.chat.getByRole('menuitemcheckbox', { name: 'Sound' }).waitFor();
      await check('the menu');
    });

    test(`the console, ${look}`, async () => {
      const ada = await stage.agent(name, { roles: ['admin'], signedIn: false, line: await stage.line(), ...options });
      const { page } = ada;
      const check = (state) => accessible(page, `${state}, ${look}`);
      await page.getByRole('textbox', { name: 'Password' }).waitFor();
      await check('the sign-in');
      await page.getByRole('textbox', { name: 'Username or e-mail' }).fill(name);
      await page.getByRole('textbox', { name: 'Password' }).fill('not this one');
      await page.getByRole('button', { name: 'Sign in' }).click();
      await page.getByRole('alert').filter({ hasText: 'Username or password is wrong.' }).waitFor();
      await check('the sign-in, refused');
      await ada.signIn(ada.person);
      await stage.reachable(ada);
      await page.getByText('Nobody is waiting').waitFor();
      await check('the empty inbox');
      await page.getByRole('button', { name: 'Availability: Taking chats' }).click();
      await page.getByRole('switch', { name: 'Take new chats' }).waitFor();
      await check('the availability');
      await page.keyboard.press('Escape');

      const vito = await stage.visitor();
      await vito.begin('Vito', 'Have a look at https://example.com/plants');
      await ada.row('Vito').waitFor();
      await check('the inbox with a chat');
      await ada.choose('Vito');
      await ada.say('I do.');
      await vito.reads('I do.');
      await vito.field.pressSequentially('And');
      await ada.log.getByText('Vito is typing').waitFor();
      await check('the chat');
      await ada.offline(true);
      await ada.say('Lost.');
      await page.getByRole('status').filter({ hasText: 'No connection.' }).waitFor();
      await check('the chat without a connection');
      await ada.offline(false);
      await vito.reads('Lost.');
      await page.getByRole('button', { name: 'Close chat' }).click();
      await page.getByRole('dialog', { name: 'Close the chat with Vito' }).waitFor();
      await check('the closing');
      await page.keyboard.press('Escape');
      await ada.close('Bye.', 'plants');
      await page.getByText(/^Closed by Ada/).waitFor();
      await check('the closed chat');
    });

    test(`the widget’s queue and departments, ${look}`, async () => {
      await stage.emptied();
      await stage.foyer.settings({ Livechat_accept_chats_with_no_agents: true, Livechat_waiting_queue: true, Livechat_waiting_queue_message: 'Busy: https://example.com/hours', Livechat_allow_switching_departments: true });
      const gone = await stage.agent(`Gone${i}`, { signedIn: false });
      for (const name of [`Pots${i}`, `Plants${i}`]) await stage.department(name, [gone], { showOnRegistration: true });
      const vera = await stage.visitor(options);
      await vera.begin('Vera', 'Anybody there?');
      await vera.log.getByText('You are next').waitFor();
      await accessible(vera.page, `the place in the queue, ${look}`);
      await vera.chat.getByRole('button', { name: 'Change department' }).click();
      await vera.chat.getByRole('alertdialog').waitFor();
      await accessible(vera.page, `the change of department, ${look}`);
      await vera.page.keyboard.press('Escape');
      await vera.end();
      await stage.foyer.settings({ Livechat_accept_chats_with_no_agents: false, Livechat_waiting_queue: false });
    });

    test(`the ways of a chat in the console, ${look}`, async () => {
      await stage.emptied();
      await stage.foyer.setting('Livechat_allow_manual_on_hold', true);
      await stage.department(`Desk${i}`, [await stage.agent(`Other${i}`, { signedIn: false })]);
      const ada = await stage.agent(name, { roles: ['admin'], ...options });
      const { page } = ada;
      const check = (state) => accessible(page, `${state}, ${look}`);
      await page.getByRole('link', { name: 'Queue' }).click();
      await page.getByRole('listitem').filter({ hasText: `${name} Agent` }).waitFor();
      await check('the queue');
      await page.getByRole('link', { name: 'All chats' }).click();
      await page.getByText(/^[1-9]\d* chats?$/).waitFor();
      await page.getByRole('searchbox', { name: 'Visitor’s name' }).fill('nobody is called so');
      await page.getByText('No visitor’s name fits.').waitFor();
      await check('no chat found');
      await page.getByRole('searchbox').fill('');
      await page.getByRole('combobox', { name: 'State' }).click();
      await page.getByRole('option', { name: 'Closed' }).click();
      await page.getByRole('listitem').filter({ hasText: 'Closed' }).first().waitFor();
      await check('all chats');
      await page.getByRole('link', { name: 'Inbox' }).click();
      const wim = await stage.visitor();
      await wim.begin('Wim', 'Hello.');
      await ada.choose('Wim');
      await ada.say('Good morning.');
      await wim.reads('Good morning.');
      if (i === 1) {
        await page.getByRole('button', { name: 'More actions' }).click();
        await page.getByRole('menuitem', { name: 'Put on hold' }).waitFor();
        await check('what can be done with a chat');
        await page.getByRole('menuitem', { name: 'Forward' }).click();
      } else await page.getByRole('button', { name: 'Forward' }).click();
      const dialog = page.getByRole('dialog', { name: 'Forward the chat with Wim' });
      await dialog.getByRole('radiogroup', { name: 'Colleague' }).waitFor();
      await dialog.getByRole('button', { name: 'Forward' }).click();
      await dialog.getByRole('alert').waitFor();
      await check('the forwarding to a colleague');
      await dialog.getByText('Department', { exact: true }).click();
      await dialog.getByRole('radiogroup', { name: 'Department' }).waitFor();
      await check('the forwarding to a department');
      await page.keyboard.press('Escape');
      await dialog.waitFor({ state: 'hidden' });

      if (i === 1) await page.getByRole('button', { name: 'Details', exact: true }).click();
      const details = page.getByRole('complementary', { name: 'Details' });
      await details.getByText(/agents? considered/).click();
      await check('why a chat is here');
      await details.getByRole('button', { name: 'Priority: None' }).click();
      await page.getByRole('menuitemradio').first().waitFor();
      await check('the priorities');
      await page.getByRole('menuitemradio', { name: 'Highest' }).click();
      await details.getByRole('button', { name: 'Priority: Highest' }).waitFor();
      if (i === 1) await details.getByRole('button', { name: 'Fold details' }).click();
      await page.keyboard.press('h');
      await page.getByText('This chat is on hold.').waitFor();
      await check('a chat on hold');
    });

    test(`the console’s other pages, ${look}`, async () => {
      const ada = await stage.agent(name, { roles: ['admin'], ...options });
      const { page } = ada;
      const check = (state) => accessible(page, `${state}, ${look}`);
      await page.getByRole('link', { name: 'My account' }).click();
      await page.getByText('· This browser').waitFor();
      await check('the account');
      await page.getByRole('link', { name: 'Settings' }).click();
      await page.getByRole('heading', { name: 'Sign-ins', exact: true }).waitFor();
      await page.getByText('Chat is on', { exact: true }).click();
      await page.getByRole('region', { name: 'Unsaved changes' }).waitFor();
      await check('the settings');
      await page.getByRole('link', { name: 'Users and agents' }).click();
      await page.getByRole('listitem').filter({ hasText: '@boss' }).waitFor();
      await check('the users');
      await page.getByRole('button', { name: 'Actions for Boss' }).click();
      await page.getByRole('menuitem', { name: 'Make an agent' }).waitFor();
      await check('what can be done with a user');
      await page.keyboard.press('Escape');
      await page.getByRole('button', { name: 'Add a person' }).click();
      await page.getByRole('dialog', { name: 'Add a person' }).waitFor();
      await check('a new user');
      await page.keyboard.press('Escape');
      await page.getByRole('button', { name: 'Search', exact: true }).click();
      await page.getByRole('dialog').getByRole('option').first().waitFor();
      await check('the search');
    });
  }
}, { only: ['SQLite'] });
