// Every setting that visitors see acts in a widget that is there already, without a
// reload: a table of what each shows, or takes away.
import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { eachEngine } from './each-engine.mjs';
import { until } from './stage.mjs';

/** How long the widget waits until it asks anew: beside an open chat, and with the bubble alone. */
const LATER = { open: 16_000, closed: 301_000 };

const style = (part, property) => ({ frame }) => frame.locator(part).first().evaluate((it, property) => getComputedStyle(it)[property], property);
const words = (text) => ({ chat }) => chat.getByText(text, { exact: true }).first();
const button = (name) => ({ chat }) => chat.getByRole('button', { name, exact: true });
const field = (name) => ({ chat }) => chat.getByRole('textbox', { name, exact: true });
const heading = (name) => ({ chat }) => chat.getByRole('heading', { name, exact: true });

/**
 * By screen: the values that are set, and what they show or hide; with `is`, what a question about
 * the page answers then. Afterwards the settings are as before, and so is the screen.
 */
const TABLE = {
  closed: [
    { set: { Livechat_enabled: false }, hides: ({ bubble }) => bubble },
    { set: { Livechat_title_color: '#0b6e4f' }, of: style('#launcher', 'backgroundColor'), is: 'rgb(11, 110, 79)' },
    { set: { Livechat_widget_position: 'left' }, of: ({ page }) => page.locator('.rocketchat-widget').evaluate((it) => it.style.left), is: '0px' },
    { set: { Language: 'de' }, shows: ({ page }) => page.locator('iframe').contentFrame().getByRole('button', { name: /^Chat öffnen/ }) },
  ],
  form: [
    { set: { Livechat_title: 'Ask the shop' }, shows: heading('Ask the shop') },
    { set: { Livechat_title_color: '#0b6e4f' }, of: style('.head', 'backgroundColor'), is: 'rgb(11, 110, 79)' },
    { set: { Livechat_registration_form_message: 'Who are you?' }, shows: words('Who are you?') },
    { set: { Livechat_name_field_registration_form: false }, hides: field('Name') },
    { set: { Livechat_email_field_registration_form: false }, hides: field('E-mail') },
    { set: { Livechat_phone_field_registration_form: true }, shows: field('Phone') },
    { set: { Livechat_registration_form: false }, shows: field('Write a message') },
    { set: { Livechat_force_accept_data_processing_consent: true }, shows: button('I agree') },
    { set: { Livechat_force_accept_data_processing_consent: true, Livechat_data_processing_consent_text: 'We *keep* it.' }, shows: words('We keep it.') },
    { set: { Livechat_accept_chats_with_no_agents: false }, shows: field('Your message') },
  ],
  offline: [
    { set: { Livechat_accept_chats_with_no_agents: true }, shows: button('Start chat') },
    { set: { Livechat_offline_title: 'We sleep' }, shows: heading('We sleep') },
    { set: { Livechat_offline_title_color: '#0b6e4f' }, of: style('.head', 'backgroundColor'), is: 'rgb(11, 110, 79)' },
    { set: { Livechat_offline_message: 'Write *anyway*.' }, shows: words('Write anyway.') },
    { set: { Livechat_display_offline_form: false }, hides: field('Your message') },
    { set: { Livechat_display_offline_form: false, Livechat_offline_form_unavailable: 'Back at *nine*.' }, shows: words('Back at nine.') },
  ],
  left: [
    { set: { Livechat_offline_success_message: 'We *heard* you.' }, shows: words('We heard you.') },
  ],
  chat: [
    { set: { Livechat_hide_watermark: true }, hides: words('Powered by Foyer') },
    { set: { Livechat_background: 'rgb(250, 240, 230)' }, of: style('.body', 'backgroundColor'), is: 'rgb(250, 240, 230)' },
    { set: { Livechat_fileupload_enabled: false }, hides: ({ frame }) => frame.locator('.attach') },
    { set: { FileUpload_Enabled: false }, hides: ({ frame }) => frame.locator('.attach') },
    { set: { Omnichannel_allow_visitors_to_close_conversation: false }, hides: button('End chat') },
    { set: { Livechat_allow_switching_departments: false }, hides: button('Change department') },
    { set: { Livechat_enable_message_character_limit: true, Livechat_message_character_limit: 5 }, shows: words('0 characters left') },
    { set: { Livechat_show_agent_info: false }, hides: heading('Ada Agent') },
    { set: { Livechat_show_agent_email: false }, hides: ({ panel }) => panel.getByText('ada@example.com') },
    // LC-HID-2, LC-HID-5: what is chosen is hidden, and nothing else.
    { set: { Livechat_hide_system_messages: ['livechat-started'] }, hides: words('Chat started') },
    { set: { Livechat_hide_system_messages: [] }, shows: words('Ada Agent joined') },
    { set: { Livechat_force_accept_data_processing_consent: true }, shows: ({ chat }) => chat.getByRole('menuitem', { name: 'Remove my data' }) },
  ],
  ended: [
    { set: { Livechat_conversation_finished_message: 'Come again' }, shows: heading('Come again') },
    { set: { Livechat_conversation_finished_text: 'It was a *joy*.' }, shows: words('It was a joy.') },
    { set: { Livechat_rating_enabled: false }, hides: ({ chat }) => chat.getByRole('radio', { name: '5 stars' }) },
    { set: { Livechat_enable_transcript: true }, shows: button('Send to vera@example.com') },
    { set: { Livechat_enable_transcript: true, Livechat_transcript_message: 'On paper?' }, shows: words('On paper?') },
  ],
};

/** How a visitor comes to a screen. */
const WAYS = {
  closed: async () => undefined,
  form: (vera) => vera.open(),
  offline: (vera) => vera.open(),
  async left(vera) {
    await vera.open();
    await field('Name')(vera).fill('Vera');
    await field('E-mail')(vera).fill('vera@example.com');
    await field('Your message')(vera).fill('Call me.');
    await button('Send message')(vera).click();
    await button('Done')(vera).waitFor();
  },
  async chat(vera) {
    await vera.begin('Vera', 'Hello');
    await vera.chat.getByRole('heading', { name: 'Ada Agent' }).waitFor();
    await vera.field.fill('12345');
    await vera.chat.getByRole('button', { name: 'More' }).click();
    await vera.chat.getByRole('menuitemcheckbox').waitFor();
  },
  async ended(vera) {
    await vera.begin('Vera', 'Hello');
    await vera.end();
  },
};

eachEngine('settings of the widget', (stage) => {
  const base = { Livechat_accept_chats_with_no_agents: true, Livechat_rating_enabled: true, Livechat_validate_offline_email: false }; // nobody asks the world's name servers here
  before(() => stage.foyer.settings(base));

  /** Changes settings as somebody else would, and lets the widget's time go on. */
  const change = async (visitor, values) => {
    await stage.foyer.settings(values);
    await visitor.page.clock.fastForward(await visitor.panel.isVisible() ? LATER.open : LATER.closed);
  };
  const there = async (locator, wanted) => assert.equal(await locator.isVisible(), wanted);

  /** One row: set, seen, set back, and seen again. */
  async function row(visitor, { set, shows, hides, of, is }) {
    const was = {};
    for (const id of Object.keys(set).toReversed()) was[id] = (await stage.foyer.call('GET', `/api/v1/settings/${id}`)).value;
    const seen = (now) => (of ? of(visitor).then((value) => assert.equal(value === is, now)) : there((shows ?? hides)(visitor), shows ? now : !now));
    const failed = [];
    for (const [values, now] of [[set, true], [was, false]]) {
      await change(visitor, values);
      await until(() => seen(now)).catch((failure) => failed.push(`${JSON.stringify(values)}: ${failure.message}`));
    }
    assert.deepEqual(failed, []);
  }

  for (const screen of Object.keys(TABLE)) {
    test(screen, async () => {
      await stage.foyer.setting('Livechat_accept_chats_with_no_agents', !['offline', 'left'].includes(screen));
      if (screen === 'chat') {
        const ada = await stage.agent('Ada');
        const { user } = await stage.foyer.call('GET', '/api/v1/users.info?username=ada');
        await stage.foyer.call('POST', '/api/v1/users.update', { userId: user._id, data: { email: 'ada@example.com' } });
        for (const name of ['Sales', 'Help']) await stage.department(name, [ada], { showOnRegistration: true });
      }
      const vera = await stage.visitor({ at: 'about:blank', locale: 'fi-FI' }); // a language that there is none of: the server's counts
      await vera.page.clock.install();
      await vera.page.goto(`${stage.foyer.url}/demo`);
      await vera.bubble.waitFor();
      await WAYS[screen](vera);
      for (const one of TABLE[screen]) await row(vera, one);
    });
  }

  test('read marks: both sides see that the other one has read, once that is wanted', async (t) => { // LC-READ-1 to 3
    const ada = await stage.agent('Ada');
    const vera = await stage.visitor();
    await vera.begin('Rita', 'Anybody?');
    await ada.choose('Rita');
    await ada.say('Not told.');
    await vera.reads('Not told.');
    const told = { visitor: vera.chat.getByText('Read', { exact: true }), agent: ada.page.getByText('Read', { exact: true }) };
    assert.deepEqual([await told.visitor.count(), await told.agent.count()], [0, 0]);
    await stage.foyer.setting('Message_Read_Receipt_Enabled', true);
    t.after(() => stage.foyer.setting('Message_Read_Receipt_Enabled', false));
    await vera.say('And now?');
    await ada.reads('And now?');
    await told.visitor.waitFor();
    await vera.minimise();
    await ada.say('Now it is.');
    await vera.unread('1 unread message');
    assert.equal(await told.agent.count(), 0);
    await vera.open();
    await told.agent.waitFor();
    assert.ok((await vera.field.boundingBox()).height < 60, 'an empty field has one line, also when the frame was small a moment ago');
    await ada.page.reload();
    await told.agent.waitFor();
  });

  test('a session that is cleared at the end of a chat leaves nothing; the chat is still rated and mailed', async () => {
    await stage.foyer.settings({ Livechat_accept_chats_with_no_agents: true, Livechat_clear_local_storage_when_chat_ended: false, Livechat_enable_transcript: true });
    const vera = await stage.visitor({ at: 'about:blank' });
    await vera.page.clock.install();
    await vera.page.goto(`${stage.foyer.url}/demo`);
    await vera.begin('Vera', 'Hello');
    assert.ok(await vera.frame.evaluate(() => localStorage.getItem('foyer:session')));
    const read = vera.page.waitForResponse(/widget\/config/);
    await change(vera, { Livechat_clear_local_storage_when_chat_ended: true });
    await (await read).finished();
    await vera.end();
    assert.equal(await vera.frame.evaluate(() => localStorage.getItem('foyer:session')), null);
    await vera.chat.getByRole('radio', { name: '5 stars' }).check({ force: true });
    await vera.chat.getByRole('button', { name: 'Send rating' }).click();
    await vera.chat.getByText('Thank you for your rating!').waitFor();
    await vera.chat.getByRole('button', { name: 'Send to vera@example.com' }).click();
    await vera.chat.getByText('It is on its way to vera@example.com.').waitFor();
  });
}, { only: ['SQLite'] });
