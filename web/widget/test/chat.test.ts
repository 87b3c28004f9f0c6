import { describe, expect, it } from 'vitest';
import { openChat } from '../model/chat';
import { changesOf } from '../model/departments';
import type { Spoken } from '../model/spoken';
import type { State } from '../model/state';
import { openTalk } from '../model/talk';
import { newTold, type Told } from '../model/told';
import type { Config } from '../model/wire';
import { config, FakeClock, memoryStore, settle } from './fakes';
import { FakeServer } from './server';

interface Start {
  readonly server?: FakeServer;
  readonly store?: ReturnType<typeof memoryStore>;
  readonly knows?: Partial<Told>;
  readonly settings?: Config;
  readonly unreachable?: () => boolean;
}

/** A page view: the chat with the real model on a fake server. */
async function visit({ server = new FakeServer(), store = memoryStore(), knows = {}, settings = config(), unreachable = () => false }: Start = {}) {
  const clock = new FakeClock();
  const happenings: [string, unknown][] = [];
  const told = { ...newTold(), ...knows };
  const states: State[] = [];
  let ids = store.kept.size * 100;
  server.settings = settings;
  const read = () => server.config(store.get('session') ?? '');
  let now = await read();
  const spoken: Spoken = { lines: [], agent: null, unread: 0, asking: 0 };
  const chat = openChat({
    clock, store, told, spoken, rest: server, pick: () => undefined, agree: () => undefined,
    config: () => now,
    async renew() {
      now = await read();
    },
    tell: (what, data) => void happenings.push([what, data]),
    changed: (state) => void states.push(state),
    async converse() {
      if (unreachable()) throw new TypeError('Failed to fetch dynamically imported module');
      return (on) => openTalk({ clock, store, rest: server, connect: server.connect, id: () => `own${ids++}`, random: () => 0.5 }, on);
    },
  });
  chat.start();
  await settle();
  const state = () => chat.state();
  const write = async (text: string) => {
    chat.write(text);
    await chat.send();
    await settle();
  };
  const texts = () => state().items.filter((item) => !item.line).map((item) => item.text);
  return { chat, server, store, clock, told, spoken, config: () => now, happenings, state, states, write, texts, happened: () => happenings.map(([what]) => what) };
}

const noForm = config({ settings: { registrationForm: false } });

describe('another department', () => {
  const department = (_id: string, more: object = {}) => ({ _id, name: _id, showOnRegistration: true, showOnOfflineForm: false, ...more });
  const departments = [department('sales', { departmentsAllowedToForward: ['care', 'empty'] }), department('care'), department('empty'), department('hidden', { showOnRegistration: false })];
  const settings = (more: object = {}) => config({ settings: { registrationForm: false, allowSwitchingDepartments: true }, departments, ...more });
  const offered = (state: State) => changesOf(state).map(({ _id }) => _id);

  it('is chosen before a chat, and kept for it', async () => {
    const { chat, state } = await visit({ settings: settings() });
    expect(offered(state())).toEqual(['sales', 'care', 'empty']);
    chat.choose('care');
    expect([state().person.department, offered(state())]).toEqual(['care', ['sales', 'empty']]);
  });

  it('moves the running chat where its department lets it go', async () => {
    const { chat, server, state, write } = await visit({ settings: settings() });
    await write('one');
    server.moved('department', { nextDepartment: { _id: 'sales', name: 'Sales' } });
    expect(offered(state())).toEqual(['care', 'empty']);
    await expect(chat.talk()?.change('empty')).rejects.toThrow('error-no-agents-online-in-department');
    expect(state().room?.departmentId).toBe('sales');
    await chat.talk()?.change('care');
    expect([state().room?.departmentId, offered(state())]).toEqual(['care', ['sales', 'empty']]);
  });

  it('LC-FWD-4: is not offered when the site does not want it, or there is nothing to choose', async () => {
    for (const given of [config({ settings: { allowSwitchingDepartments: false }, departments }), settings({ departments: departments.slice(0, 1) })]) {
      expect(offered((await visit({ settings: given })).state())).toEqual([]);
    }
  });
});

describe('a file', () => {
  it('begins the chat, is shown once it is stored, and opens by a link', async () => {
    const { chat, server, state } = await visit({ settings: noForm });
    await chat.attach({ name: 'a.png' });
    expect(state().items.map(({ text, state }) => [text, state])).toEqual([['a.png', 'sending']]);
    await settle(100);
    expect(server.rooms).toBe(1);
    expect(state().items.filter(({ line }) => !line).map(({ state, files }) => [state, files?.[0]?.title])).toEqual([['sent', 'a.png']]);
    expect(await chat.link('f1')).toBe('/file-upload/f1/x?token=t');
  });

  it('waits for a word when the network broke, and goes when it was refused', async () => {
    const { chat, server, state } = await visit({ settings: noForm });
    const last = () => state().items.slice(-1)[0];
    let broken = true;
    server.network = () => { if (broken) throw new TypeError('network'); };
    await chat.attach({ name: 'a.png' });
    await settle(100);
    expect([last()?.state, last()?.refused]).toEqual(['failed', '']);
    broken = false;
    chat.retry(last()!.id);
    await settle(100);
    expect([last()?.state, last()?.files?.length]).toEqual(['sent', 1]);
    await chat.attach({ name: 'error-size-not-allowed' });
    await settle(100);
    expect([last()?.state, last()?.refused]).toEqual(['failed', 'error-size-not-allowed']);
    chat.retry(last()!.id);
    expect(last()?.files?.length).toBe(1);
  });
});

describe('files picked together', () => {
  it('arrive in the order in which they were picked, whatever each takes, and one that is refused holds up none', async () => {
    const { chat, server, state } = await visit({ settings: noForm });
    const upload = server.upload;
    const arrived: string[] = [];
    server.upload = async (session, to, file) => {
      await settle(file.name === 'large.png' ? 50 : 1);
      const stored = await upload(session, to, file);
      arrived.push(file.name);
      return stored;
    };
    for (const name of ['large.png', 'error-size-not-allowed', 'small.png']) await chat.attach({ name });
    await settle(300);
    expect(arrived).toEqual(['large.png', 'small.png']);
    expect(state().items.filter(({ line }) => !line).map(({ state }) => state)).toEqual(['sent', 'sent', 'failed']);
  });
});

describe('a chat', () => {
  it('goes from the form to the conversation to the end and to a new one', async () => {
    const { chat, server, state, write, texts, happened } = await visit();
    expect(state().screen).toBe('form');
    chat.maximize();
    await chat.register({ name: 'Ann', email: 'ann@example.com' });
    expect(state().screen).toBe('chat');
    await write(' hello ');
    server.say('hi');
    expect(texts()).toEqual(['hello', 'hi']);
    expect(state().items.map((item) => [item.mine, item.state])).toContainEqual([true, 'sent']);
    await chat.end();
    expect(state().screen).toBe('ended');
    await chat.restart();
    expect([state().screen, state().items]).toEqual(['chat', []]);
    await write('again');
    expect(server.rooms).toBe(2);
    expect(happened()).toEqual(['chat-maximized', 'pre-chat-form-submit', 'chat-started', 'chat-ended', 'chat-started']);
  });

  it('knows at its end whether the transcript is mailed anyway', async () => {
    for (const mails of [false, true]) {
      const { chat, server, state, write } = await visit({ settings: noForm });
      server.mails = mails;
      await write('one');
      expect(state().mailed).toBe(false);
      await chat.end();
      await settle();
      expect([state().screen, state().mailed]).toEqual(['ended', mails]);
    }
  });

  it('stores nothing and registers nobody before the visitor acts', async () => {
    const { chat, store, server } = await visit({ knows: { person: { name: 'From the page' }, registered: true } });
    chat.maximize();
    chat.write('half a thou');
    chat.introduce(false);
    chat.minimize();
    await settle();
    expect([store.kept.size, server.visitors]).toEqual([0, 0]);
  });

  it('skips the form for a guest whom the page has registered', async () => {
    const { state } = await visit({ knows: { registered: true } });
    expect(state().screen).toBe('chat');
  });

  it('shows the form only when it has something to ask', async () => {
    const nothing = { nameFieldRegistrationForm: false, emailFieldRegistrationForm: false };
    const { state } = await visit({ settings: config({ settings: nothing }) });
    expect(state().screen).toBe('chat');
    const departments = [{ _id: 'd', name: 'Sales', showOnRegistration: true, showOnOfflineForm: true }];
    const other = await visit({ settings: config({ settings: nothing, departments }) });
    expect(other.state().screen).toBe('form');
  });

  it('is taken up by the next page: messages, draft, open panel, what is unsent', async () => {
    const first = await visit({ settings: noForm });
    first.chat.maximize();
    await first.write('one');
    first.server.network = () => {
      throw new TypeError('Failed to fetch');
    };
    await first.write('two');
    first.chat.write('thr');
    first.server.network = () => undefined;
    const { state, texts, server } = await visit({ server: first.server, store: first.store, settings: noForm });
    expect([state().open, state().draft, state().screen]).toEqual([true, 'thr', 'chat']);
    expect(texts()).toEqual(['one', 'two']);
    expect(server.messages().map((m) => m.msg)).toEqual(['text 1', 'one', 'two']);
  });

  it('shows the end of a chat that was closed while the visitor was elsewhere', async () => {
    const first = await visit({ settings: noForm });
    await first.write('one');
    first.server.say('good bye');
    first.server.end();
    const { state, texts, happened } = await visit({ server: first.server, store: first.store, settings: noForm });
    expect(state().screen).toBe('ended');
    expect(texts()).toEqual(['one', 'good bye']);
    expect(happened()).not.toContain('chat-ended');
  });

  it('LC-READ-4: counts what was not seen, and nothing while one looks', async () => {
    const { chat, server, state, write, store } = await visit({ settings: noForm });
    chat.maximize();
    await write('one');
    chat.minimize();
    server.say('a');
    server.say('b');
    expect(state().unread).toBe(2);
    chat.show(false);
    chat.maximize();
    expect(state().unread).toBe(2);
    chat.show(true);
    expect(state().unread).toBe(0);
    expect(store.get('seen')).toBe('4');
  });

  it('keeps what is written when the conversation cannot be loaded', async () => {
    let broken = true;
    const { state, write, texts, chat } = await visit({ settings: noForm, unreachable: () => broken });
    await write('hello');
    expect([state().draft, state().problem, texts()]).toEqual(['hello', 'unreachable', []]);
    broken = false;
    await chat.send();
    await settle();
    expect([state().draft, state().problem, texts()]).toEqual(['', '', ['hello']]);
  });

  it('sends a text once however often one presses Enter while it loads', async () => {
    const { chat, server } = await visit({ settings: noForm });
    chat.write('hello');
    await Promise.all([chat.send(), chat.send(), chat.send()]);
    await settle();
    expect(server.messages().filter((m) => m.msg === 'hello')).toHaveLength(1);
  });

  it('makes a new session when the server forgot the old one, and loses no message', async () => {
    const { server, write, clock } = await visit({ settings: noForm, knows: { person: { name: 'Ann' } } });
    await write('one');
    server.session = 'forgotten';
    server.open = false;
    await write('two');
    await clock.pass(10_000);
    expect(server.visitors).toBe(2);
    expect(server.messages().map((m) => m.msg)).toEqual(['text 1', 'two']);
  });

  it('puts what could not be sent into the draft of the next chat', async () => {
    const { chat, server, state, write } = await visit({ settings: noForm });
    await write('one');
    server.open = false;
    await write('too late');
    expect(state().screen).toBe('ended');
    expect(state().items.slice(-1)[0]?.state).toBe('failed');
    await chat.restart();
    expect([state().screen, state().draft, state().items]).toEqual(['chat', 'too late', []]);
  });

  it('says when nobody is there, looks again, and keeps a running chat', async () => {
    const { chat, server, state } = await visit({ settings: config({ online: false, settings: { registrationForm: false } }) });
    chat.maximize();
    expect(state().screen).toBe('offline');
    server.settings = noForm;
    await chat.refresh();
    expect(state().screen).toBe('chat');
    const running = await visit({ settings: noForm });
    await running.write('one');
    running.server.settings = config({ online: false });
    await running.chat.refresh();
    expect(running.state().screen).toBe('chat');
  });

  it('leaves a message that was begun where it is when somebody comes back (LT-PAGE-2)', async () => {
    const { chat, server, state } = await visit({ settings: config({ online: false }) });
    chat.maximize();
    chat.hold(true);
    server.settings = noForm;
    await chat.refresh();
    expect([state().screen, state().config.online]).toEqual(['offline', true]);
    chat.hold(false);
    await chat.refresh();
    expect(state().screen).toBe('chat');
  });

  it('goes offline with the text kept when the last agent leaves before the first message', async () => {
    const { server, state, write } = await visit({ settings: noForm });
    server.settings = config({ online: false, settings: { registrationForm: false } });
    await write('anybody?');
    expect(state().items.map((item) => [item.text, item.state])).toEqual([['anybody?', 'failed']]);
  });

  it('LC-TOK-5: forgets everything at the end where the site wants that', async () => {
    const settings = config({ settings: { clearLocalStorageWhenChatEnded: true } });
    const { chat, write, store, state } = await visit({ settings, knows: { registered: true } });
    await write('one');
    store.set('privacy', '1');
    store.set('targets', 'https://shop/order');
    await chat.end();
    expect(state().screen).toBe('ended');
    expect(['session', 'rid', 'privacy', 'targets'].filter((key) => store.kept.has(key))).toEqual([]);
  });

  it('joins the chat that another tab of the site began', async () => {
    const store = memoryStore();
    const server = new FakeServer();
    const second = await visit({ server, store, settings: noForm });
    const first = await visit({ server, store, settings: noForm });
    await first.write('one');
    second.chat.show(false);
    second.chat.show(true);
    await settle();
    expect(second.texts()).toEqual(['one']);
  });

  it('takes up a chat that another tab began after this page had read the configuration', async () => {
    const store = memoryStore();
    const server = new FakeServer();
    const settings = await server.config('');
    const first = await visit({ server, store, settings: noForm });
    await first.write('one');
    const { config: read } = server;
    let stale: Config | null = { ...settings, settings: noForm.settings };
    server.config = async (session) => {
      const answer = stale ?? (await read(session));
      stale = null;
      return answer;
    };
    const second = await visit({ server, store, settings: noForm });
    expect([second.state().screen, second.texts(), second.state().items.map((item) => item.mine)]).toEqual(['chat', ['one'], [false, true]]);
  });

  it('tells the other side of typing, what was seen, and of being away', async () => {
    const { chat, server, write, clock } = await visit({ settings: noForm });
    chat.maximize();
    await write('one');
    server.heard = [];
    chat.write('t');
    await clock.pass(1000);
    chat.write('ty');
    await clock.pass(2500);
    chat.write('typ');
    chat.send();
    await settle();
    server.say('answer');
    chat.show(false);
    await clock.pass(300_000);
    chat.show(true);
    await settle();
    const said = server.heard.map(({ t, on, seq }) => `${t} ${on ?? seq}`);
    expect(said).toEqual(['typing true', 'typing true', 'typing false', 'seen 3', 'seen 4', 'idle true', 'idle false']);
  });

  it('counts nothing as unread that comes before the eyes of the visitor, from somebody who typed it either', async () => {
    const { chat, server, states, texts, write } = await visit({ settings: noForm });
    chat.maximize();
    await write('one');
    server.tell({ t: 'typing', id: 'agent', on: true, visitor: false });
    server.say('answer');
    expect([states.some(({ typing }) => typing), chat.state().typing, texts().pop()]).toEqual([true, false, 'answer']);
    expect(states.filter(({ unread }) => unread)).toEqual([]);
  });

  it('tells the page who serves, once each', async () => {
    const { server, happenings, write } = await visit({ settings: noForm });
    await write('one');
    const agent = { _id: 'a', username: 'bob', name: 'Bob' };
    server.event('taken', () => ({ agent }));
    server.event('taken', () => ({ agent }));
    server.event('changed', () => ({ served: false }));
    server.event('taken', () => ({ agent: { hiddenInfo: true } }));
    expect(happenings.filter(([what]) => what === 'assign-agent')).toEqual([['assign-agent', { name: 'Bob', username: 'bob', status: undefined }]]);
  });

  it('follows how the agent shows, and tells the page of nobody new', async () => {
    const { server, happenings, state, write } = await visit({ settings: noForm });
    await write('one');
    server.event('taken', () => ({ agent: { _id: 'a', username: 'bob', name: 'Bob', status: 'online', avatarETag: '1' } }));
    const view = (agent: object) => server.tell({ t: 'push', name: 'agent.view', data: { rid: server.rid, agent: agent as never } });
    view({ _id: 'a', username: 'bob', name: 'Robert', avatarETag: '2' });
    expect(state().agent).toEqual({ _id: 'a', username: 'bob', name: 'Robert', status: 'online', avatarETag: '2' });
    view({ _id: 'b', username: 'eve', name: 'Eve' });
    expect(state().agent?.name).toBe('Robert');
    view({ hiddenInfo: true });
    expect(state().agent?.name).toBeUndefined();
    expect(happenings.filter(([what]) => what === 'assign-agent')).toHaveLength(1);
  });

  it('has read what another window of the visitor has read', async () => {
    const { server, state, write, store } = await visit({ settings: noForm });
    await write('one');
    server.say('two');
    await settle();
    expect(state().unread).toBe(1);
    server.tell({ t: 'read', room: server.rid, seq: 1, visitor: true });
    expect(state().unread).toBe(1);
    server.tell({ t: 'read', room: server.rid, seq: 99, visitor: true });
    expect([state().unread, state().read, store.get('seen')]).toEqual([0, 0, '99']); // also after a reload
  });

  it('RQ-POS-7: knows the place in the queue until somebody serves', async () => {
    const { server, happenings, state, write } = await visit({ settings: noForm });
    await write('one');
    const place = (spot: number) => server.tell({ t: 'push', name: 'queueData', data: { rid: server.rid, spot, estimatedWaitTimeSeconds: 90 } });
    place(3);
    place(3);
    place(2);
    expect([state().queue?.spot, state().queue?.estimatedWaitTimeSeconds]).toEqual([2, 90]);
    expect(happenings.filter(([what]) => what === 'queue-position-change').map(([, data]) => (data as { spot: number }).spot)).toEqual([3, 2]);
    server.event('taken', () => ({ agent: { _id: 'a', username: 'bob' } }));
    expect(state().queue).toBeNull();
    place(1);
    expect(state().queue).toBeNull();
    server.event('changed', () => ({ served: false }));
    place(1);
    expect(state().queue?.spot).toBe(1);
  });

  it('RQ-Q-10: knows that the chat waits for its visitor to be verified, until it goes on', async () => {
    const { server, state, write } = await visit({ settings: noForm });
    await write('one');
    expect(state().room?.verifying).toBeFalsy();
    server.event('changed', () => ({ open: true, served: false, verifying: true }));
    expect(state().room?.verifying).toBe(true);
    server.event('changed', () => ({ open: true, served: false }));
    expect(state().room?.verifying).toBe(false);
  });

  it('RQ-POS-6: begins with the place that the configuration tells', async () => {
    const store = memoryStore();
    const server = new FakeServer();
    await (await visit({ server, store, settings: noForm })).write('one');
    const queueInfo = { spot: 4, message: { text: 'Soon!', user: { _id: 'rocket.cat', username: 'rocket.cat' } } };
    const { state } = await visit({ server, store, settings: { ...noForm, queueInfo } });
    expect(state().queue).toEqual(queueInfo);
  });

  it('tells the page of an agent who went away, once', async () => {
    const { server, happenings, write } = await visit({ settings: noForm });
    await write('one');
    server.event('taken', () => ({ agent: { _id: 'a', username: 'bob', status: 'online' } }));
    for (const status of ['away', 'away', 'online'] as const) server.tell({ t: 'push', data: { rid: server.rid, status } });
    expect(happenings.filter(([what]) => what === 'agent-status-change').map(([, data]) => (data as { status: string }).status)).toEqual(['away', 'online']);
  });

  it('tells the server what the page says about a known visitor', async () => {
    const { chat, told, server, write } = await visit({ settings: noForm });
    await write('one');
    told.person.name = 'Ann';
    chat.introduce(false);
    await settle();
    expect(server.asked.slice(-1)).toEqual([['visitor', 'secret1', { name: 'Ann' }]]);
  });

  it('registers at once whom the page knows for sure, and takes up their chat', async () => {
    const { chat, told, server, store, state } = await visit({ settings: noForm });
    Object.assign(told, { registered: true, person: { name: 'Ann', token: 'page-7' } });
    chat.introduce(true);
    await settle();
    expect([server.visitors, store.get('session'), state().screen]).toEqual([1, 'secret1', 'chat']);
    expect(server.asked.slice(-1)).toEqual([['visitor', '', { name: 'Ann', token: 'page-7' }]]);
  });

  it('LC-TOK-8: is another visitor under another token, and shows nothing of the one before', async () => {
    const { chat, told, server, store, state, write } = await visit({ settings: noForm });
    await write('one');
    expect([state().items.length > 0, server.lines.size, store.get('rid')]).toEqual([true, 1, 'r1']);
    Object.assign(told, { registered: true, person: { token: 'page-7' } });
    chat.introduce(true);
    await settle();
    expect([state().items, state().room, server.lines.size, store.get('rid'), store.get('session')]).toEqual([[], null, 0, '', 'secret2']);
    await write('two');
    expect(state().items.map((item) => 'text' in item && item.text)).toContain('two');
    const before = state().items;
    chat.introduce(true); // the same token: nothing
    await settle();
    expect([state().items, store.get('session')]).toEqual([before, 'secret2']);
  });

  it('LC-TOK-8, LC-REG-12: asks another visitor for their own consent', async () => {
    const { chat, told, state, write } = await visit({ settings: { ...noForm, settings: { ...noForm.settings, forceAcceptDataProcessingConsent: true } } });
    chat.maximize();
    chat.consent('words');
    await write('one');
    expect(state().screen).toBe('chat');
    Object.assign(told, { registered: true, person: { token: 'page-7' } });
    chat.introduce(true);
    await settle();
    expect(state().screen).toBe('consent');
  });

  it('tells the server of the pages seen as soon as it knows the visitor, in order, each once', async () => {
    const { chat, told, server, write } = await visit({ settings: noForm });
    const seen = (href: string) => ({ change: 'url', title: href, location: { href } });
    told.visits = [seen('a'), seen('b')];
    chat.report();
    await write('one');
    told.visits = [seen('c')];
    chat.report();
    chat.report();
    await settle();
    expect(server.asked.filter(([what]) => what === 'page').map(([, , page]) => page)).toEqual([
      { ...seen('a'), rid: 'r1' }, { ...seen('b'), rid: 'r1' }, { ...seen('c'), rid: 'r1' },
    ]);
  });

  it('opens the room with the agent whom the page wants', async () => {
    const { server, write } = await visit({ settings: noForm, knows: { agent: { _id: 'a1', username: 'bob' } } });
    await write('one');
    expect(server.asked.find(([what]) => what === 'room')).toEqual(['room', 'secret1', { agentId: 'a1', shown: false }]);
  });

  it('asks for consent before anything else, once, and never over a running chat', async () => {
    const settings = config({ online: false, settings: { forceAcceptDataProcessingConsent: true } });
    const { chat, state, store, server } = await visit({ settings });
    expect(state().screen).toBe('consent');
    chat.consent('Yes?');
    expect([state().screen, store.get('consent')]).toEqual(['offline', 'Yes?']);
    await chat.register({ name: 'Ann' });
    expect(server.asked.slice(-1)).toEqual([['visitor', '', { name: 'Ann', consent: 'Yes?' }]]); // LC-REG-12
    expect((await visit({ settings, store })).state().screen).toBe('offline');
    const running = await visit({ settings: noForm });
    await running.write('one');
    running.server.settings = settings;
    await running.chat.refresh();
    expect(running.state().screen).toBe('chat');
  });

  it('leaves a message, and tells the page what was accepted', async () => {
    const { chat, server, happenings } = await visit({ settings: config({ online: false }) });
    expect(await chat.leave({ name: 'Ann', email: 'a@b.example', message: 'Call me', host: 'https://shop' })).toBe('Thanks!');
    expect(server.asked).toEqual([['leave', '', { name: 'Ann', email: 'a@b.example', message: 'Call me', host: 'https://shop' }]]);
    expect(happenings.slice(-1)).toEqual([['offline-form-submit', { name: 'Ann', email: 'a@b.example', message: 'Call me' }]]);
  });

  it('takes what was left up in the next chat, once, before anything else is said (LC-OFF-8)', async () => {
    const away = config({ online: false, settings: { registrationForm: false } });
    const { chat, server, write, store } = await visit({ settings: away });
    await chat.leave({ name: 'Ann', email: 'a@b.example', message: 'Call me' });
    await chat.leave({ name: 'Ann', email: 'a@b.example', message: 'Please' });
    expect(server.asked.slice(-1)[0]?.[2]).toMatchObject({ claim: 'claim1' });
    server.settings = noForm;
    await chat.refresh();
    await write('Here I am');
    expect(server.asked.slice(-1)).toEqual([['resume', 'secret1', { rid: 'r1', claim: 'claim1' }]]);
    expect(store.get('left') ?? '').toBe('');
    await chat.end();
    await chat.restart();
    await write('And again');
    expect(server.asked.filter(([what]) => what === 'resume')).toHaveLength(1);
  });

  it('is rated after its end', async () => {
    const { chat, server, write, happened } = await visit({ settings: noForm });
    await write('one');
    await chat.end();
    await chat.rate({ satisfaction: '5' });
    expect(server.asked.slice(-1)).toEqual([['survey', 'secret1', { rid: 'r1', data: [{ name: 'satisfaction', value: '5' }] }]]);
    expect(happened().slice(-1)).toEqual(['chat-rated']);
  });

  it('sends the stars that were chosen and not sent when the visitor closes, looks elsewhere or begins anew', async () => {
    const { chat, server, write } = await visit({ settings: noForm });
    const rated = () => server.asked.filter(([what]) => what === 'survey').map(([, , rating]) => rating);
    const rating = (value: string) => ({ rid: 'r1', data: [{ name: 'satisfaction', value }] });
    await write('one');
    await chat.end();
    chat.maximize();
    chat.answer({ satisfaction: '2' });
    chat.answer({ satisfaction: '3' });
    chat.minimize();
    await settle();
    expect(rated()).toEqual([rating('3')]);
    chat.answer({ satisfaction: '4' });
    chat.show(false);
    await settle();
    expect(rated().slice(1)).toEqual([rating('4')]);
    chat.answer({ satisfaction: '5' });
    await chat.restart();
    expect(rated().slice(2)).toEqual([rating('5')]);
    chat.minimize();
    chat.show(false);
    await settle();
    expect(rated()).toHaveLength(3);
  });

  it('shows what is said to the visitor after its end below it, and begins the next chat with that', async () => {
    const { chat, state, spoken, write, texts, config: read } = await visit({ settings: noForm });
    await write('one');
    await chat.end();
    await settle();
    expect(read().room).toBeUndefined();
    chat.maximize();
    Object.assign(spoken, { lines: [{ id: 'i', invitation: 'i', trigger: '', text: 'One more?', name: 'Bob', at: 2e12 }], unread: 1 });
    chat.publish();
    expect([state().screen, texts(), spoken.unread]).toEqual(['ended', ['one', 'One more?'], 0]);
    await chat.restart();
    expect([state().screen, texts()]).toEqual(['chat', ['One more?']]);
  });

  it('forgets the visitor on both sides, but not while a chat runs', async () => {
    const { chat, store, write, state, server } = await visit({ settings: noForm });
    chat.consent('Yes?');
    await write('one');
    await expect(chat.forget()).rejects.toThrow('open-rooms');
    await chat.end();
    await chat.forget();
    expect([store.kept.size, state().items, server.session]).toEqual([0, [], '']);
  });

  it('sends the form with the site’s own fields, and fields the page sets later', async () => {
    const { chat, told, server } = await visit();
    await chat.register({ name: 'Ann' }, { size: 'L' });
    expect(server.asked.slice(-1)).toEqual([['visitor', '', { name: 'Ann', customFields: [{ key: 'size', value: 'L', overwrite: true }] }]]);
    told.fields.set('plan', { key: 'plan', value: 'gold', overwrite: false });
    chat.report();
    chat.report();
    await settle();
    expect(server.asked.slice(-1)).toEqual([['visitor', 'secret1', { name: 'Ann', customFields: [{ key: 'plan', value: 'gold', overwrite: false }] }]]);
    expect([server.asked.length, told.fields.size]).toEqual([2, 0]);
  });

  it('reads the configuration anew when the server says that it changed', async () => {
    const { chat, server, state, write, clock } = await visit({ settings: noForm });
    await write('one');
    server.settings = config({ settings: { registrationForm: false, hideWatermark: true } });
    server.tell({ t: 'push', name: 'config.changed' });
    await clock.pass(3000);
    expect([state().config.settings.hideWatermark, chat.state().screen]).toEqual([true, 'chat']);
  });
});
