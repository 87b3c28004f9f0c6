import { describe, expect, it } from 'vitest';
import { openChat } from '../model/chat';
import { Refusal } from '../model/ports';
import type { Spoken } from '../model/spoken';
import { openTalk } from '../model/talk';
import { newTold } from '../model/told';
import { openTriggers } from '../model/triggers';
import type { Config } from '../model/wire';
import { config, FakeClock, memoryStore, settle } from './fakes';
import { FakeServer } from './server';

type Trigger = Config['triggers'][number];
const trigger = (conditions: Trigger['conditions'], params: object, more: Partial<Trigger> = {}): Trigger =>
  ({ _id: 't1', no: 7, name: 'Help', runOnce: false, conditions, actions: [{ name: 'send-message', params: { sender: 'custom', name: 'Zoe', msg: 'May I help?', ...params } }], ...more });
const onCart = [{ name: 'page-url', value: '/cart' }] as Trigger['conditions'];
/** What the first room was asked with. */
const opened = (server: FakeServer) => server.asked.find(([what]) => what === 'room')?.[2];
const bob = { _id: 'bob', username: 'bob', name: 'Bob' };

/** A page load: triggers and the chat on a fake server. Expressions are matched on the spot. */
async function visit(triggers: Trigger[], { server = new FakeServer(), store = memoryStore(), settings = {} as Partial<Config> } = {}) {
  const clock = new FakeClock();
  const happened: [string, unknown][] = [];
  const told = newTold();
  const spoken: Spoken = { lines: [], agent: null, unread: 0, asking: 0 };
  let ids = 0;
  let judged = 0;
  const id = () => `browser-${ids++}`;
  server.settings = config({ ...settings, triggers });
  let now = await server.config(store.get('session') ?? '');
  const lookOut = (start: typeof openTriggers) => start({
    clock, rest: server, told, spoken, tell, id,
    config: () => now,
    session: () => store.get('session') ?? '',
    met: () => (store.get('met') ?? '').split(' '),
    learn: () => Promise.resolve(),
    match: (pattern, address) => (new RegExp(pattern).test(address) ? 'yes' : 'no'),
    judged: () => void (judged += 1),
    changed: () => chat.publish(),
  });
  const tell: Parameters<typeof openTriggers>[0]['tell'] = (event, data) => {
    happened.push([event, data]);
    speaking?.heard(event);
  };
  let speaking: ReturnType<typeof openTriggers> | null = null;
  const chat = openChat({
    clock, store, told, spoken, rest: server, tell, pick: () => undefined, agree: () => undefined,
    config: () => now,
    async renew() {
      now = await server.config(store.get('session') ?? '');
      speaking?.renewed();
    },
    changed: () => undefined,
    converse: () => Promise.resolve((on) => openTalk({ clock, store, rest: server, connect: server.connect, id, random: () => 0.5 }, on)),
  });
  chat.start();
  speaking = lookOut(openTriggers);
  await settle();
  const go = async (href: string) => {
    speaking?.page(href);
    await settle();
  };
  const write = async (text: string) => {
    chat.write(text);
    await chat.send();
    await settle();
  };
  const why = () => server.visits.slice(-1)[0]?.ledger.map(({ reason }) => reason).join();
  const live = () => [judged, speaking?.ledger().map(({ reason }) => reason).join()];
  return { live, chat, clock, server, store, spoken, happened, go, write, why, lines: () => chat.state().items.filter((item) => !item.line).map(({ name, text }) => `${name}: ${text}`) };
}

describe('triggers', () => {
  it('tell what they did also of who has not acted, each time that changes', async () => {
    const page = await visit([trigger(onCart, {})]);
    await page.go('https://shop/help');
    const [before] = page.live();
    expect(page.live()[1]).toBe('other-page');
    await page.go('https://shop/terms');
    expect(page.live()).toEqual([before, 'other-page']);
    await page.go('https://shop/cart');
    expect(page.live()).toEqual([Number(before) + 1, 'fired']);
    expect(page.server.visits).toEqual([]);
  });

  it('speak, and what they said begins the chat when the visitor answers', async () => {
    const page = await visit([trigger(onCart, {})]);
    await page.go('https://shop/help');
    expect(page.spoken.lines).toEqual([]);
    await page.go('https://shop/cart');
    expect([page.spoken.unread, page.lines(), page.chat.state().screen]).toEqual([1, ['Zoe: May I help?'], 'chat']);
    expect(page.happened).toContainEqual(['trigger-fired', { id: 't1', no: 7, title: 'Help' }]);
    await page.clock.pass(60_000);
    expect([page.store.kept.size, page.server.visits.length, page.server.visitors]).toEqual([0, 0, 0]);
    page.chat.maximize();
    await page.write('yes please');
    expect(opened(page.server)).toEqual({ initiator: 'trigger', offers: [{ trigger: 't1', msg: 'May I help?', name: 'Zoe' }] });
    expect(page.spoken.lines).toEqual([]);
    await page.clock.pass(5_000);
    expect(page.why()).toBe('fired');
    expect(page.server.visits.slice(-1)[0]?.facts.map(({ is }) => is)).toEqual(['online', 'page', 'page', 'opened', 'chatting']);
  });

  it('speak for the agent who would get the chat, who is wished for then', async () => {
    const server = new FakeServer();
    server.says = () => ({ sender: bob as never });
    const page = await visit([trigger(onCart, { sender: 'queue' })], { server });
    await page.go('https://shop/cart');
    expect([page.lines(), page.chat.state().agent?.name, page.chat.state().items[0]?.user]).toEqual([['Bob: May I help?'], 'Bob', 'bob']);
    expect(page.happened.map(([what]) => what)).toContain('assign-agent');
    await page.write('hello');
    expect(opened(server)).toMatchObject({ agentId: 'bob' });
  });

  it('wish for the agent who spoke for half an hour, then for nobody', async () => { // RQ-AUTO-4, LT-PRO-3
    for (const [minutes, agentId] of [[29, 'bob'], [31, undefined]] as const) {
      const server = new FakeServer();
      server.says = () => ({ sender: bob as never });
      const page = await visit([trigger(onCart, { sender: 'queue' })], { server });
      await page.go('https://shop/cart');
      await page.clock.pass(minutes * 60_000);
      await page.write('hello');
      expect(opened(server)).toEqual({ ...(agentId && { agentId, shown: true }), initiator: 'trigger', offers: [{ trigger: 't1', msg: 'May I help?', name: 'Bob', user: 'bob' }] });
    }
  });

  it('lead to the form where there is one, once; what the visitor wrote before, and who is known, is not held up', async () => { // rocketchat-widget.md 8
    const settings = { settings: { ...config().settings, registrationForm: true, nameFieldRegistrationForm: true } };
    const page = await visit([trigger(onCart, {})], { settings });
    const stands = () => [page.chat.state().screen, page.chat.state().gated];
    page.chat.maximize();
    expect(stands()).toEqual(['form', false]);
    page.chat.minimize();
    await page.go('https://shop/cart');
    page.chat.maximize();
    expect(stands()).toEqual(['chat', true]);
    page.chat.enter();
    expect(stands()).toEqual(['form', false]);
    await page.chat.register({ name: 'Ann' });
    expect([...stands(), page.lines()]).toEqual(['chat', false, ['Zoe: May I help?']]);
    page.spoken.lines = [];
    const open = await visit([trigger(onCart, {})], { settings: { settings: { ...config().settings, registrationForm: false } } });
    await open.go('https://shop/cart');
    expect(open.chat.state().gated).toBe(false);
  });

  it('are skipped while there is nobody to speak for', async () => {
    const server = new FakeServer();
    server.says = () => {
      throw new Refusal(400, 'no-agent-online');
    };
    const page = await visit([trigger(onCart, { sender: 'queue' })], { server });
    await page.go('https://shop/cart');
    await page.write('hello');
    await page.clock.pass(5_000);
    expect([page.happened.some(([what]) => what === 'trigger-fired'), page.why()]).toEqual([false, 'no-agent']);
  });

  it('ask a service, else say what stands in for it', async () => {
    const server = new FakeServer();
    const external = (fallback: string) => [trigger(onCart, {}, { actions: [{ name: 'use-external-service', params: { sender: 'custom', name: 'Zoe', serviceFallbackMessage: fallback } }] })];
    server.says = () => ({ contents: [{ msg: 'one', order: 1 }, { msg: 'two', order: 2 }] });
    const asked = await visit(external('Sorry'), { server });
    await asked.go('https://shop/cart');
    expect(asked.lines()).toEqual(['Zoe: one', 'Zoe: two']);
    server.says = () => {
      throw new Refusal(400, 'error-timeout');
    };
    const failed = await visit(external('Sorry'), { server: Object.assign(new FakeServer(), { says: server.says }) });
    await failed.go('https://shop/cart');
    expect(failed.lines()).toEqual(['Zoe: Sorry']);
    const silent = await visit(external(''), { server: Object.assign(new FakeServer(), { says: server.says }) });
    await silent.go('https://shop/cart');
    expect([silent.lines(), silent.happened.some(([what]) => what === 'trigger-fired')]).toEqual([[], false]);
  });

  it('wait for time, for the opened widget and for the form', async () => {
    const late = await visit([trigger([{ name: 'time-on-site', value: 5 }] as Trigger['conditions'], {})]);
    await late.clock.pass(4_999);
    expect(late.lines()).toEqual([]);
    await late.clock.pass(1);
    expect(late.lines()).toEqual(['Zoe: May I help?']);
    const opened = await visit([trigger([{ name: 'chat-opened-by-visitor' }] as Trigger['conditions'], {})]);
    expect(opened.lines()).toEqual([]);
    opened.chat.maximize();
    await settle();
    expect(opened.lines()).toEqual(['Zoe: May I help?']);
    const registered = await visit([trigger([{ name: 'after-guest-registration' }] as Trigger['conditions'], {})]);
    registered.chat.maximize();
    await registered.chat.register({ name: 'Ann' });
    await settle();
    expect(registered.lines()).toEqual(['Zoe: May I help?']);
  });

  it('leave those alone who are known, who put them away, or who have met them', async () => {
    const server = new FakeServer();
    const store = memoryStore();
    const first = await visit([trigger(onCart, {})], { server, store });
    await first.write('hello');
    await first.chat.end();
    const again = await visit([trigger(onCart, {})], { server, store });
    await again.go('https://shop/cart');
    expect(again.spoken.lines).toEqual([]);
    const away = await visit([trigger(onCart, {}, { runOnce: true })], { store: memoryStore(new Map([['met', 't0 t1']])) });
    await away.go('https://shop/cart');
    const met = await visit([trigger(onCart, {}, { runOnce: true, met: true })]);
    await met.go('https://shop/cart');
    expect([away.lines(), met.lines()]).toEqual([[], []]);
  });

  it('speak once on a page load, wherever it goes', async () => {
    const page = await visit([trigger(onCart, {})]);
    for (const href of ['https://shop/cart', 'https://shop/', 'https://shop/cart']) await page.go(href);
    expect(page.lines()).toHaveLength(1);
  });
});
