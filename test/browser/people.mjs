// The two people of a conversation, each with a browser window of their own.
// They see and use what their screens say: roles and names, as everybody does.
import { complaints } from './browser.mjs';

/** Person is somebody with a window. */
class Person {
  constructor(page) {
    this.page = page;
    this.complaints = complaints(page);
  }

  /** offline cuts the person's network, or gives it back; the browser notices. */
  async offline(cut) {
    if (cut) this.line?.cut();
    else this.line?.mend();
    await this.page.context().setOffline(cut);
  }

  async leave() {
    await this.page.context().close();
    this.line?.close();
  }
}

export class Visitor extends Person {
  /** chat is the widget's frame in the page. */
  get chat() {
    return this.page.getByTitle('Chat', { exact: true }).contentFrame();
  }

  /** frame is the widget's document, to look inside. */
  get frame() {
    return this.page.frames().find((frame) => /\/livechat(\?|$)/.test(frame.url()));
  }

  get panel() {
    return this.chat.getByRole('dialog');
  }

  get bubble() {
    return this.chat.getByRole('button', { name: /^Open chat/ });
  }

  get field() {
    return this.chat.getByRole('textbox', { name: 'Write a message' });
  }

  get log() {
    return this.chat.getByRole('log');
  }

  async open() {
    await this.bubble.click();
    await this.panel.waitFor();
  }

  minimise() {
    return this.panel.getByRole('button', { name: 'Minimise chat' }).click();
  }

  async register({ name, email = `${name.split(' ')[0].toLowerCase()}@example.com` }) {
    await this.chat.getByRole('textbox', { name: 'Name' }).fill(name);
    await this.chat.getByRole('textbox', { name: 'E-mail' }).fill(email);
    await this.chat.getByRole('button', { name: 'Start chat' }).click();
    await this.field.waitFor();
  }

  /** begin opens the chat, introduces the visitor and says the first words. */
  async begin(name, words) {
    await this.open();
    await this.register({ name });
    await this.say(words);
    await this.chat.getByText('Sent', { exact: true }).waitFor();
  }

  async say(text) {
    await this.field.fill(text);
    await this.field.press('Enter');
  }

  reads(text) {
    return this.log.getByText(text, { exact: true }).waitFor();
  }

  /** shown lists the texts of the messages on the screen, from above. */
  async shown() {
    const lines = await this.log.getByRole('paragraph').evaluateAll((list) => list.map((line) => line.textContent));
    return lines.map((line) => /^[^:]+: (.*)$/s.exec(line)?.[1]).filter((text) => text !== undefined);
  }

  /** unread waits until the bubble tells how many messages are unread. */
  unread(words) {
    return this.chat.getByRole('button', { name: new RegExp(`^Open chat,? ${words}$`) }).waitFor();
  }

  /** unsettled counts the messages that are not known to be stored. */
  unsettled() {
    return this.log.getByText(/^(Sending|Not sent)/).count();
  }

  async end() {
    await this.chat.getByRole('button', { name: 'End chat' }).click();
    await this.chat.getByRole('alertdialog').getByRole('button', { name: 'End chat' }).click();
    await this.finished();
  }

  finished() {
    return this.chat.getByRole('heading', { name: 'Thank you for chatting with us' }).waitFor();
  }

  startAgain() {
    return this.chat.getByRole('button', { name: 'Start a new chat' }).click();
  }
}

export class Agent extends Person {
  /** room is the id of the chat on the screen. */
  get room() {
    return /\/inbox\/([\w-]+)/.exec(this.page.url())?.[1];
  }

  get field() {
    return this.page.getByRole('textbox', { name: 'Your message' });
  }

  get log() {
    return this.page.getByRole('log', { name: /^Messages with/ });
  }

  async signIn({ username, password }) {
    await this.page.getByRole('textbox', { name: 'Username or e-mail' }).fill(username);
    await this.page.getByRole('textbox', { name: 'Password' }).fill(password);
    await this.page.getByRole('button', { name: 'Sign in' }).click();
  }

  /** ready waits until the agent is told to be taking chats. */
  ready() {
    return this.page.getByRole('button', { name: 'Availability: Taking chats' }).waitFor();
  }

  /** wants flips the agent's own switch. */
  async wants(chats) {
    await this.page.getByRole('button', { name: /^Availability/ }).click();
    const own = this.page.getByRole('switch', { name: 'Take new chats' });
    await own.waitFor();
    if ((await own.isChecked()) !== chats) await own.press('Space');
    await this.page.getByRole('button', { name: `Availability: ${chats ? 'Taking' : 'Not taking'} chats`, includeHidden: true }).waitFor();
    await this.page.keyboard.press('Escape');
    await own.waitFor({ state: 'hidden' });
  }

  /** row is the place of somebody's chat in the list. */
  row(name) {
    return this.page.getByRole('tabpanel').getByRole('listitem').filter({ hasText: name });
  }

  async choose(name) {
    await this.row(name).getByRole('link', { name }).click();
    await this.log.waitFor();
  }

  async take(name) {
    await this.row(name).getByRole('button', { name: `Take the chat with ${name}` }).click();
  }

  /** forward sends the chat on the screen to a colleague or, as kind Department, to one. */
  async forward(to, { kind = 'Colleague', comment = '' } = {}) {
    await this.page.getByRole('button', { name: 'Forward' }).click();
    const dialog = this.page.getByRole('dialog', { name: /^Forward the chat with/ });
    await dialog.getByText(kind, { exact: true }).click();
    await dialog.getByText(to, { exact: true }).click();
    await dialog.getByRole('textbox', { name: 'Comment' }).fill(comment);
    await dialog.getByRole('button', { name: 'Forward' }).click();
  }

  async say(text) {
    await this.field.fill(text);
    await this.field.press('Enter');
  }

  reads(text) {
    return this.log.getByText(text, { exact: true }).waitFor();
  }

  /** shown lists the texts of the messages on the screen, from above. */
  shown() {
    return this.log.locator('[data-message]').evaluateAll((list) => list.map((message) => message.textContent));
  }

  unsettled() {
    return this.log.getByText(/^(Sending…|Waiting for the connection…|Not sent\.)/).count();
  }

  /** close ends the chat with a comment and tags. */
  async close(comment, ...tags) {
    await this.page.getByRole('button', { name: 'Close chat' }).click();
    const dialog = this.page.getByRole('dialog', { name: /^Close the chat with/ });
    await dialog.getByRole('textbox', { name: 'Comment' }).fill(comment);
    for (const tag of tags) {
      await dialog.getByLabel('Tags').fill(tag);
      await dialog.getByLabel('Tags').press('Enter');
    }
    await dialog.getByRole('button', { name: 'Close chat' }).click();
    await dialog.waitFor({ state: 'hidden' });
  }
}
