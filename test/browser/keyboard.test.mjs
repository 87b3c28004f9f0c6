// A whole conversation without a mouse, on both sides.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { eachEngine } from './each-engine.mjs';
import { focused, isFocused } from './stage.mjs';

/** tabTo goes from one thing to the next until it is there. */
async function tabTo(page, element) {
  await element.waitFor();
  for (let steps = 0; !(await focused(element)); steps++) {
    assert.ok(steps < 40, 'the focus never gets there');
    await page.keyboard.press('Tab');
  }
}

eachEngine('keyboard', (stage) => {
  test('a whole conversation', async () => {
    await stage.foyer.setting('Livechat_Routing_Method', 'Manual_Selection');
    const ada = await stage.agent('Ada', { signedIn: false });
    const agent = ada.page.keyboard;
    await isFocused(ada.page.getByRole('textbox', { name: 'Username or e-mail' }));
    await agent.type('ada');
    await tabTo(ada.page, ada.page.getByRole('textbox', { name: 'Password' }));
    await agent.type(ada.person.password);
    await agent.press('Enter');
    await stage.reachable(ada);

    const vera = await stage.visitor();
    const visitor = vera.page.keyboard;
    await tabTo(vera.page, vera.bubble);
    await visitor.press('Enter');
    await isFocused(vera.chat.getByRole('textbox', { name: 'Name' }));
    await visitor.type('Vera');
    await visitor.press('Tab');
    await visitor.type('vera@example.com');
    await visitor.press('Enter');
    await isFocused(vera.field);
    await visitor.type('Two lines:');
    await visitor.press('Shift+Enter');
    await visitor.type('is that possible?');
    await visitor.press('Enter');

    await ada.row('Vera').waitFor();
    await agent.press('1');
    await agent.press('j');
    await isFocused(ada.row('Vera').getByRole('link'));
    await agent.press('t');
    await ada.field.waitFor();
    await agent.press('r');
    await isFocused(ada.field);
    await agent.type('It is.');
    await agent.press('Enter');
    await vera.reads('It is.');
    await stage.agree(vera, ada, ['Two lines:\nis that possible?', 'It is.']);

    await visitor.press('Escape');
    await vera.panel.waitFor({ state: 'hidden' });
    await isFocused(vera.bubble);
    await visitor.press('Enter');
    await isFocused(vera.field);
    await tabTo(vera.page, vera.chat.getByRole('button', { name: 'End chat' }));
    await visitor.press('Enter');
    await isFocused(vera.chat.getByRole('alertdialog').getByRole('button', { name: 'Keep chatting' }));
    await visitor.press('Escape');
    await vera.chat.getByRole('alertdialog').waitFor({ state: 'hidden' });
    await vera.panel.waitFor();

    await agent.press('Escape');
    await agent.press('?');
    await ada.page.getByRole('dialog', { name: 'Keyboard' }).waitFor();
    await agent.press('Escape');
    await ada.page.getByRole('dialog').waitFor({ state: 'hidden' });
    await agent.press('e');
    await isFocused(ada.page.getByRole('dialog').getByRole('textbox', { name: 'Comment' }));
    await agent.type('No hands.');
    await tabTo(ada.page, ada.page.getByRole('dialog').getByLabel('Tags').first());
    await agent.type('ferns');
    const { room: closing } = ada;
    await agent.press('Control+Enter');
    await vera.finished();
    assert.deepEqual((await stage.foyer.call('GET', `/api/v1/foyer/rooms/${closing}`)).room.tags, ['ferns']);
    await tabTo(vera.page, vera.chat.getByRole('button', { name: 'Start a new chat' }));
    await visitor.press('Enter');
    await isFocused(vera.field);
    await visitor.type('Once more.');
    await visitor.press('Enter');

    await ada.row('Vera').waitFor();
    await agent.press('t');
    await ada.reads('Once more.');
    await agent.press('Control+k');
    await isFocused(ada.page.getByRole('combobox'));
    await agent.type('dark');
    await agent.press('Enter');
    await ada.page.getByRole('dialog').waitFor({ state: 'hidden' });
    assert.equal(await ada.page.locator(':root').getAttribute('data-mantine-color-scheme'), 'dark');
    await tabTo(vera.page, vera.chat.getByRole('button', { name: 'End chat' }));
    await visitor.press('Enter');
    await tabTo(vera.page, vera.chat.getByRole('alertdialog').getByRole('button', { name: 'End chat' }));
    await visitor.press('Enter');
    await vera.finished();
    await ada.page.getByText(/^Closed by the visitor/).waitFor();
  });

  test('forwarding, holding and a priority', async () => {
    await stage.emptied();
    await stage.foyer.settings({ Livechat_Routing_Method: 'Auto_Selection', Livechat_allow_manual_on_hold: true });
    await stage.foyer.grant('transfer-livechat-guest', 'admin', 'livechat-agent');
    const cara = await stage.agent('Cara');
    const keys = cara.page.keyboard;
    const vito = await stage.visitor();
    await vito.begin('Vito', 'Hello.');
    await cara.row('Vito').waitFor();
    await keys.press('2');
    await keys.press('j');
    await keys.press('Enter');
    await cara.field.waitFor();
    await keys.press('r');
    await keys.type('Hello!');
    await keys.press('Enter');
    await vito.reads('Hello!');
    await keys.press('Escape');

    await keys.press('h');
    await cara.page.getByRole('button', { name: 'Resume' }).waitFor();
    await keys.press('h');
    await cara.field.waitFor();
    await tabTo(cara.page, cara.page.getByRole('button', { name: 'Priority: None' }));
    await keys.press('Enter');
    await isFocused(cara.page.getByRole('menuitemradio', { name: 'Highest' }));
    await keys.press('ArrowDown');
    await keys.press('Enter');
    await isFocused(cara.page.getByRole('button', { name: 'Priority: High' }));

    const dora = await stage.agent('Dora');
    await keys.press('f');
    const dialog = cara.page.getByRole('dialog', { name: 'Forward the chat with Vito' });
    await tabTo(cara.page, dialog.getByRole('radio', { name: 'Dora Agent' }));
    await keys.press('Space');
    await keys.press('Tab');
    await isFocused(dialog.getByRole('textbox', { name: 'Comment' }));
    await keys.type('Yours.');
    await tabTo(cara.page, dialog.getByRole('button', { name: 'Forward' }));
    await keys.press('Enter');
    await dora.choose('Vito');
    await dora.log.getByText('Cara Agent forwarded the chat to Dora Agent: Yours.').waitFor();
    await cara.page.getByText('No chat chosen').waitFor();
  });
}, { only: ['SQLite'] });
