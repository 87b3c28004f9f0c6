// The ways of a chat: on to a colleague or a department, to rest and back, through
// the queue, to its end; and why it went where it is.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { eachEngine } from './each-engine.mjs';

const staff = ['admin', 'livechat-manager', 'livechat-monitor', 'livechat-agent'];

eachEngine('routing', (stage) => {
  test('on to a colleague and to a department', async () => {
    await stage.foyer.grant('transfer-livechat-guest', ...staff);
    const ada = await stage.agent('Ada');
    const vera = await stage.visitor();
    await vera.begin('Vera', 'Is the fig back in stock?');
    await ada.choose('Vera');
    await ada.say('My colleague knows.');
    const [ben, cleo] = [await stage.agent('Ben'), await stage.agent('Cleo')];
    await stage.department('Figs', [cleo]);

    await ada.forward('Ben Agent', { comment: 'She loves figs' });
    await ada.page.getByText('No chat chosen').waitFor();
    await ada.page.getByText('You serve nobody').waitFor();
    await vera.panel.getByRole('heading', { name: 'Ben Agent' }).waitFor();
    await vera.log.getByText('Ben Agent takes over').waitFor();
    await ben.choose('Vera');
    await ben.reads('My colleague knows.');
    await ben.log.getByText('Ada Agent forwarded the chat to Ben Agent: She loves figs').waitFor();
    await ben.say('It comes on Friday.');
    await vera.reads('It comes on Friday.');
    assert.equal(await vera.log.getByText('She loves figs').count(), 0);

    await ben.forward('Figs', { kind: 'Department' });
    await ben.page.getByText('No chat chosen').waitFor();
    await cleo.choose('Vera');
    await cleo.log.getByText('Ben Agent forwarded the chat to Figs').waitFor();
    await cleo.say('How many?');
    await vera.reads('How many?');
    await vera.panel.getByRole('heading', { name: 'Cleo Agent' }).waitFor();
    await vera.log.getByText('Your chat goes on with Figs').waitFor();
    await stage.agree(vera, cleo, ['Is the fig back in stock?', 'My colleague knows.', 'It comes on Friday.', 'How many?']);
  });

  test('a colleague who left meanwhile: nothing is lost and the reason is told', async () => {
    await stage.emptied();
    await stage.foyer.grant('transfer-livechat-guest', ...staff);
    const ada = await stage.agent('Ada');
    const vera = await stage.visitor();
    await vera.begin('Vera', 'Hello?');
    await ada.choose('Vera');
    const ben = await stage.agent('Ben');
    await ada.page.getByRole('button', { name: 'Forward' }).click();
    const dialog = ada.page.getByRole('dialog', { name: 'Forward the chat with Vera' });
    await dialog.getByText('Ben Agent').click();
    await ben.wants(false);
    await dialog.getByRole('button', { name: 'Forward' }).click();
    await dialog.getByRole('alert').filter({ hasText: 'This colleague cannot take chats just now.' }).waitFor();
    await ada.page.keyboard.press('Escape');
    await ada.say('I am still here.');
    await vera.reads('I am still here.');
    await ben.wants(true);
  });

  test('nobody is offered who is full, nor a chat to whom takes none', async () => {
    await stage.emptied();
    await stage.foyer.grant('transfer-livechat-guest', ...staff);
    await stage.foyer.settings({ Livechat_waiting_queue: true, Livechat_maximum_chats_per_agent: 1, Omnichannel_queue_delay_timeout: 1 });
    const ada = await stage.agent('Ada');
    const [vera, vito, wim] = [await stage.visitor(), await stage.visitor(), await stage.visitor()];
    await vera.begin('Vera', 'First!');
    await ada.choose('Vera');
    const ben = await stage.agent('Ben');
    await vito.begin('Vito', 'Second.');
    await ben.choose('Vito');
    await wim.begin('Wim', 'Third.');
    await wim.panel.getByText('You are next').first().waitFor();

    await ada.page.getByRole('button', { name: 'Forward' }).click();
    const dialog = ada.page.getByRole('dialog', { name: 'Forward the chat with Vera' });
    const full = dialog.getByRole('radio', { name: /Ben Agent/ });
    await full.waitFor({ state: 'attached' });
    assert.equal(await full.isDisabled(), true);
    await dialog.getByText('Has 1 of 1 chats').waitFor();
    await ada.page.keyboard.press('Escape');

    const take = ada.page.getByRole('button', { name: 'Take', exact: true });
    await ada.page.getByRole('tab', { name: /^Waiting/ }).click();
    await ada.row('Wim').getByRole('link', { name: 'Wim' }).click();
    await ada.page.getByRole('heading', { name: 'Wim is waiting' }).waitFor();
    assert.equal(await take.isEnabled(), true);
    await ada.wants(false);
    await ada.page.getByRole('button', { name: 'Take', exact: true, disabled: true }).waitFor();
    await ada.page.keyboard.press('t');
    assert.equal(await ada.page.getByText('That is as many chats').count(), 0);
    await ada.wants(true);
    await ada.page.getByRole('button', { name: 'Take', exact: true, disabled: false }).waitFor();
  });

  test('to rest, and back when the visitor writes', async () => {
    await stage.emptied();
    await stage.foyer.setting('Livechat_allow_manual_on_hold', true);
    const ada = await stage.agent('Ada');
    const vera = await stage.visitor();
    await vera.begin('Vera', 'One moment, I look for the number.');
    await ada.choose('Vera');
    const hold = ada.page.getByRole('button', { name: 'Put on hold' });
    await hold.click();
    await ada.page.getByRole('log', { name: 'Notices' }).getByText('Answer the visitor first').waitFor();
    await ada.field.waitFor();
    await ada.say('Take your time.');
    await vera.reads('Take your time.');
    await hold.click();
    await ada.field.waitFor({ state: 'hidden' });
    await ada.page.getByText('This chat is on hold.').waitFor();
    await ada.row('Vera').getByText('On hold', { exact: true }).waitFor();
    await ada.log.getByText('Ada Agent put the chat on hold').waitFor();
    await vera.say('Here it is: 10442.');
    await ada.field.waitFor();
    await ada.reads('Here it is: 10442.');
    await ada.log.getByText('The visitor wrote again, the chat goes on').waitFor();
    assert.equal(await ada.row('Vera').getByText('On hold', { exact: true }).count(), 0);

    await ada.say('Thank you.');
    await vera.reads('Thank you.');
    await hold.click();
    await ada.page.getByRole('button', { name: 'Resume' }).click();
    await ada.field.waitFor();
    await ada.log.getByText('Ada Agent resumed the chat').waitFor();
    assert.equal(await vera.log.getByText(/hold/).count(), 0);
  });

  test('up in the queue when an agent has closed a chat', async () => {
    await stage.emptied();
    await stage.foyer.settings({
      Livechat_waiting_queue: true, Livechat_maximum_chats_per_agent: 1, Omnichannel_queue_delay_timeout: 1,
      Livechat_waiting_queue_message: 'Our gardeners are busy: https://example.com/hours',
    });
    const ada = await stage.agent('Ada');
    const [vera, vito, wim] = [await stage.visitor(), await stage.visitor(), await stage.visitor()];
    await vera.begin('Vera', 'First!');
    await ada.choose('Vera');
    await vito.begin('Vito', 'Second.');
    await vito.panel.getByText('You are next').first().waitFor();
    await wim.begin('Wim', 'Third.');
    await wim.panel.getByText('You are number 2 in the queue').first().waitFor();
    await wim.log.getByRole('status').getByText('Our gardeners are busy').waitFor();
    await wim.log.getByRole('link', { name: 'https://example.com/hours' }).waitFor();
    await wim.page.reload();
    await wim.panel.getByText('You are number 2 in the queue').first().waitFor();

    const open = ada.page.url();
    await ada.page.getByRole('tab', { name: /^Waiting/ }).click();
    await ada.row('Wim').getByRole('link', { name: 'Wim' }).click();
    await ada.page.getByRole('heading', { name: 'Wim is waiting' }).waitFor();
    await ada.page.getByRole('button', { name: 'Take', exact: true }).click();
    await ada.page.getByRole('log', { name: 'Notices' }).getByText('That is as many chats').waitFor();
    await ada.page.goto(open);
    await ada.page.getByRole('tab', { name: /^Mine/ }).click();
    await ada.close('Done.');
    await ada.choose('Vito');
    await ada.say('Your turn.');
    await vito.reads('Your turn.');
    await vito.log.getByText('Our gardeners are busy').waitFor({ state: 'hidden' });
    await wim.panel.getByText('You are next').first().waitFor();
    await vito.end();
    await ada.choose('Wim');
    await ada.say('And yours.');
    await wim.reads('And yours.');
    await stage.foyer.settings({ Livechat_waiting_queue: false, Livechat_maximum_chats_per_agent: 0 });
  });

  test('why it is where it is', async () => {
    await stage.emptied();
    const [ada, dan] = [await stage.agent('Ada'), await stage.agent('Dan')];
    await dan.wants(false);
    const vera = await stage.visitor();
    await vera.begin('Vera', 'Why you?');
    await ada.choose('Vera');
    const why = ada.page.getByRole('complementary', { name: 'Details' });
    await why.getByText('The chat went to Ada Agent').waitFor();
    await why.getByText('Nobody else was available.').waitFor();
    await why.getByText(/agents considered/).click();
    await why.getByRole('listitem').filter({ hasText: /^DA ?Dan Agent/ }).getByText('Takes no new chats').waitFor();
    await why.getByRole('listitem').filter({ hasText: /^AA ?Ada Agent/ }).getByText('chosen').waitFor();

    await ada.page.getByRole('button', { name: 'Priority: None' }).click();
    await ada.page.getByRole('menuitemradio', { name: 'High', exact: true }).click();
    await ada.log.getByText('Ada Agent set the priority to High').waitFor();
    await ada.row('Vera').getByText('High', { exact: true }).waitFor();
    const { room } = await stage.foyer.call('GET', `/api/v1/foyer/rooms/${ada.room}`);
    assert.equal(room.priorityWeight, 2);
  });

  test('to an end with a tag that the department asks for', async () => {
    await stage.emptied();
    await stage.foyer.grant('transfer-livechat-guest', ...staff);
    for (const name of ['delivery', 'repair']) await stage.foyer.call('POST', '/api/v1/livechat/tags.save', { tagData: { name }, tagDepartments: [] });
    const ada = await stage.agent('Ada');
    const vera = await stage.visitor();
    await vera.begin('Vera', 'That was all.');
    await ada.choose('Vera');
    const ben = await stage.agent('Ben');
    await stage.department('Tagged', [ben], { requestTagBeforeClosingChat: true, chatClosingTags: ['figs'] });
    await ada.forward('Tagged', { kind: 'Department' });
    await ben.choose('Vera');
    const rid = ben.room;

    await ben.page.getByRole('button', { name: 'Close chat' }).click();
    const dialog = ben.page.getByRole('dialog', { name: 'Close the chat with Vera' });
    await dialog.getByRole('textbox', { name: 'Comment' }).fill('Bye.');
    await dialog.getByText('Choose from the list.').waitFor();
    await dialog.getByRole('button', { name: 'Close chat' }).click();
    await dialog.getByText('Choose at least one tag: this department asks for it.').waitFor();
    await dialog.getByLabel('Tags').first().click();
    await ben.page.getByRole('option', { name: 'repair' }).click();
    await ben.page.keyboard.press('Escape');
    await dialog.getByRole('button', { name: 'Close chat' }).click();
    await vera.finished();
    const { room } = await stage.foyer.call('GET', `/api/v1/foyer/rooms/${rid}`);
    assert.deepEqual(room.tags.toSorted(), ['figs', 'repair']);
  });

  test('to another department, as the visitor wishes', async () => {
    await stage.emptied();
    await stage.foyer.setting('Livechat_allow_switching_departments', true);
    const [ada, ben, cleo] = [await stage.agent('Ada'), await stage.agent('Ben'), await stage.agent('Cleo', { signedIn: false })];
    const shown = { showOnRegistration: true };
    await stage.department('Orders', [ada], shown);
    await stage.department('Plants', [ben], shown);
    await stage.department('Empty', [cleo], shown);
    const vera = await stage.visitor();
    await vera.open();
    await vera.chat.getByRole('combobox', { name: 'What is it about?' }).selectOption('Orders');
    await vera.register({ name: 'Vera' });
    await vera.say('Do figs like shade?');
    await ada.choose('Vera');
    await ada.say('Ask the gardeners.');
    await vera.reads('Ask the gardeners.');

    await vera.chat.getByRole('button', { name: 'Change department' }).click();
    const dialog = vera.chat.getByRole('alertdialog');
    assert.deepEqual(await dialog.getByRole('option').allTextContents(), ['Empty', 'Plants']);
    await dialog.getByRole('combobox', { name: 'Department' }).selectOption('Plants');
    await dialog.getByRole('button', { name: 'Change', exact: true }).click();
    await dialog.waitFor({ state: 'hidden' });
    await ben.choose('Vera');
    await ben.reads('Do figs like shade?');
    await ben.say('They do not.');
    await vera.reads('They do not.');
    await vera.panel.getByRole('heading', { name: 'Ben Agent' }).waitFor();
    await ada.page.getByText('You serve nobody').waitFor();
  });
}, { only: ['SQLite'] });
