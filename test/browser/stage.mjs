// A server on an engine and a browser, and the people who come and go. None of
// their pages may have complained.
import assert from 'node:assert/strict';
import { setTimeout as pause } from 'node:timers/promises';
import { Foyer } from './foyer.mjs';
import { Line } from './line.mjs';
import { Agent, Visitor } from './people.mjs';

const patience = 20_000;
/** A folder for a picture of every window at the end of each test, to see what went wrong. */
const pictures = process.env.FOYER_PICTURES;

/** until repeats a check until it passes; the last failure is told when it never does. */
export async function until(check, ms = patience) {
  for (const end = Date.now() + ms; ; await pause(30)) {
    try {
      return await check();
    } catch (failure) {
      if (Date.now() > end) throw failure;
    }
  }
}

export const focused = (element) => element.evaluate((it) => it === it.ownerDocument.activeElement);
export const isFocused = (element) => until(async () => assert.ok(await focused(element), 'the focus is elsewhere'));

export class Stage {
  people = [];
  agents = new Set();

  async open(browser, engine, server) {
    this.browser = browser;
    this.foyer = await Foyer.start(engine, server);
  }

  close() {
    return this.foyer?.stop();
  }

  /** line is a network that can be cut. */
  line() {
    return Line.to(this.foyer.address);
  }

  /** window opens an empty page for somebody, in another browser if that is given; in one without sockets every WebSocket fails. */
  async window({ sockets = true, browser = this.browser, ...options } = {}) {
    const context = await browser.newContext({ locale: 'en-US', viewport: { width: 1280, height: 800 }, ...options });
    context.setDefaultTimeout(patience);
    if (!sockets) await context.routeWebSocket(/realtime/, (socket) => socket.close({ code: 1011 }));
    return context.newPage();
  }

  /** visitor comes to the shop, or to another page; over a line of their own if it is to be cut. */
  async visitor({ at, line, ...options } = {}) {
    const visitor = this.#enter(new Visitor(await this.window(options)), line);
    await visitor.page.goto(at ?? `${line?.url ?? this.foyer.url}/demo`);
    return visitor;
  }

  /** agent comes to the console, known to the server and signed in unless told otherwise. */
  async agent(name, { signedIn = true, fullName = `${name} Agent`, roles, line, ...options } = {}) {
    const person = { username: name.toLowerCase(), name: fullName, password: 'Agent-password-1', roles };
    if (!this.agents.has(name)) this.foyer.addAgent(person);
    this.agents.add(name);
    const agent = this.#enter(new Agent(await this.window(options)), line);
    agent.person = person;
    if (signedIn) await this.signIn(agent, person);
    await agent.page.goto(`${line?.url ?? this.foyer.url}/console/`);
    if (signedIn) await this.reachable(agent);
    return agent;
  }

  /** department makes one with these agents; it is not offered to visitors unless told otherwise. */
  async department(name, agents, more = {}) {
    const { users } = await this.foyer.call('GET', '/api/v1/livechat/users/agent?count=100');
    const members = agents.map(({ person: { username } }) => ({ agentId: users.find((user) => user.username === username)._id, username }));
    const department = { name, enabled: true, showOnRegistration: false, showOnOfflineForm: false, email: 'desk@example.com', ...more };
    return (await this.foyer.call('POST', '/api/v1/livechat/department', { department, agents: members })).department;
  }

  /** signIn gives somebody's browser a session without going through the form. */
  async signIn({ page }, { username, password }) {
    const answer = await page.request.post(`${this.foyer.url}/api/v1/foyer/console/login`, { data: { user: username, password } });
    assert.ok(answer.ok(), await answer.text());
  }

  /** signOut ends the session of whose browser has one: who signed out is gone at once, who only left after some seconds (RT-21). */
  signOut({ page }) {
    return page.request.post(`${this.foyer.url}/api/v1/foyer/console/logout`).catch(() => undefined);
  }

  #enter(person, line) {
    this.people.push(person);
    return Object.assign(person, { line });
  }

  /** stored lists the texts of a room's messages as the database has them. */
  async stored(rid) {
    const { messages } = await this.foyer.call('GET', `/api/v1/foyer/rooms/${rid}/history?count=100`);
    return messages.sort((a, b) => a.seq - b.seq).filter(({ t }) => !t).map(({ msg }) => msg);
  }

  /** agree waits until both screens show exactly these messages, and checks them against what is stored. */
  async agree(visitor, agent, said) {
    await until(async () => {
      assert.equal(await visitor.unsettled(), 0, 'the visitor still sends');
      assert.equal(await agent.unsettled(), 0, 'the agent still sends');
      const stored = await this.stored(agent.room);
      assert.deepEqual(stored.toSorted(), said.toSorted(), 'stored');
      assert.deepEqual(await visitor.shown(), stored, 'on the visitor’s screen');
      assert.deepEqual(await agent.shown(), stored, 'on the agent’s screen');
    });
  }

  /** clear sends everybody home. */
  async clear() {
    const people = this.people.splice(0);
    if (pictures) await Promise.all(people.map(({ page }, i) => page.screenshot({ path: `${pictures}/${Date.now()}-${i}.png` }).catch(() => undefined)));
    await Promise.all(people.map((person) => this.signOut(person).then(() => person.leave())));
    assert.deepEqual(people.flatMap((person) => person.complaints), [], 'pages complained');
  }

  /** nobodyIsThere waits until the server has noticed that the agents of the test before have left. */
  async nobodyIsThere() {
    await until(async () => assert.ok(!(await this.someoneIsThere()), 'an agent who left counts as there'));
  }

  /** emptied waits until the agents of the test before are gone, and ends every chat that it has left, also those that wait. */
  async emptied() {
    await this.nobodyIsThere(); // who could be given a chat that waits
    for (const which of ['queued', 'open']) {
      const { rooms } = await this.foyer.call('GET', `/api/v1/livechat/rooms?${which}=true&count=100`);
      for (const { _id } of rooms) await this.foyer.call('POST', '/api/v1/livechat/room.closeByUser', { rid: _id, comment: 'The shop is closed.', tags: ['swept'] });
    }
  }

  /** reachable waits until an agent and the server both think that chats can come. */
  async reachable(agent) {
    await agent.ready();
    await until(async () => assert.ok(await this.someoneIsThere(), 'the agent does not count as there'));
  }

  async someoneIsThere() {
    const answer = await fetch(`${this.foyer.url}/api/v1/foyer/widget/config`);
    return (await answer.json()).config.online;
  }
}
