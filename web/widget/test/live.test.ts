import { describe, expect, it } from 'vitest';
import { openLive } from '../model/live';
import type { Room } from '../model/wire';
import { chance, FakeClock, memoryStore, message, settle } from './fakes';
import { FakeServer } from './server';

async function setUp() {
  const server = new FakeServer();
  const clock = new FakeClock();
  await server.visitor('');
  await server.room(server.session);
  const seen = { rooms: [] as Room[], agents: [] as unknown[], gone: 0 };
  const live = openLive(
    { clock, store: memoryStore(), rest: server, connect: server.connect, id: () => 'x', random: () => 0.5 },
    { session: server.session, rid: server.rid },
    {
      changed: () => undefined, fresh: () => undefined, up: () => undefined, renew: () => undefined, status: () => undefined, view: () => undefined, seen: () => undefined, queue: () => undefined,
      room: (room) => void seen.rooms.push(room), agent: (agent) => void seen.agents.push(agent), gone: () => void seen.gone++,
    },
  );
  return { server, clock, live, seen };
}

const texts = (list: readonly { _id: string }[]) => list.map((one) => one._id);

describe('a room as it lives', () => {
  it('shows what was said before and what is said then', async () => {
    const { server, live, clock } = await setUp();
    server.say('before');
    void live.resume();
    await clock.pass(10);
    server.say('then');
    expect(live.messages.list().map((m) => m.msg)).toEqual(['text 1', 'before', 'then']);
    expect(live.link()).toBe('up');
  });

  it('asks again for what is missing before a number', async () => {
    const { server, live, clock } = await setUp();
    live.follow();
    await clock.pass(10);
    server.log.push({ seq: 2, name: 'message', data: { message: message(2) } });
    server.say('three');
    await clock.pass(10);
    expect(live.messages.list().map((m) => m.seq)).toEqual([1, 2, 3]);
  });

  it('reads the history page by page when it is too far behind', async () => {
    const { server, live, clock } = await setUp();
    server.most = 10;
    for (let i = 0; i < 240; i++) server.say(`${i}`);
    live.follow();
    await clock.pass(1000);
    expect(texts(live.messages.list())).toEqual(texts(server.messages()));
    server.say('last');
    expect(live.messages.list()).toHaveLength(242);
  });

  it('does not mention a connection that is back at once', async () => {
    const { server, live, clock } = await setUp();
    live.follow();
    await clock.pass(10);
    await server.cut();
    await clock.pass(10_000);
    expect(live.link()).toBe('up');
  });

  it('is lost after two and a half seconds however often it is tried', async () => {
    const { clock } = await setUp();
    let down = () => undefined as void;
    const changes: string[] = [];
    const server = new FakeServer();
    const live = openLive(
      { clock, store: memoryStore(), rest: server, id: () => 'x', random: () => 0.5, connect: (_, on) => ((down = on.down), { send: () => undefined, hurry: () => undefined, close: () => undefined }) },
      { session: 's', rid: 'r' },
      { changed: () => void changes.push(live.link()), fresh: () => undefined, up: () => undefined, renew: () => undefined, status: () => undefined, view: () => undefined, seen: () => undefined, queue: () => undefined, room: () => undefined, agent: () => undefined, gone: () => undefined },
    );
    live.follow();
    for (let i = 0; i < 4; i++) {
      down();
      await clock.pass(700);
    }
    expect(changes).toEqual(['down']);
  });

  it('tells that the session is gone', async () => {
    const { server, live, clock, seen } = await setUp();
    server.session = 'another';
    live.follow();
    await clock.pass(10);
    expect(seen.gone).toBe(1);
  });

  it('hears of the end once and lets go of the connection', async () => {
    const { server, live, clock, seen } = await setUp();
    live.follow();
    await clock.pass(10);
    server.end();
    await clock.pass(5000);
    expect(seen.rooms).toEqual([{ _id: 'r1', open: false }]);
    expect(live.link()).toBe('off');
  });

  it('forgets typing that is not renewed, and at a message', async () => {
    const { server, live, clock } = await setUp();
    live.follow();
    await clock.pass(10);
    server.tell({ t: 'typing', id: 'agent', on: true, visitor: false });
    expect(live.typing.any()).toBe(true);
    server.say('there');
    expect(live.typing.any()).toBe(false);
    server.tell({ t: 'typing', id: '', on: true, visitor: false });
    await clock.pass(6000);
    expect(live.typing.any()).toBe(false);
    server.tell({ t: 'typing', id: 'me', on: true, visitor: true });
    expect(live.typing.any()).toBe(false);
  });

  it.each(Array.from({ length: 40 }, (_, seed) => [seed]))('ends with exactly what the server has, whatever breaks (seed %i)', async (seed) => {
    const random = chance(seed);
    const { server, live, clock } = await setUp();
    server.most = 5 + Math.floor(random() * 20);
    server.network = () => {
      if (random() < 0.2) throw new TypeError('Failed to fetch');
    };
    if (random() < 0.5) void live.resume();
    else live.follow();
    for (let step = 0; step < 80; step++) {
      const dice = random();
      const known = server.messages();
      const one = known[Math.floor(random() * known.length)];
      if (dice < 0.6) server.say(`step ${step}`);
      else if (dice < 0.7 && one) server.event('message-changed', () => ({ message: { ...one, msg: 'edited', _updatedAt: `2027-01-01T00:00:${10 + (step % 50)}.000Z` }, removed: false }));
      else if (dice < 0.75) server.event('none', () => undefined);
      else if (dice < 0.85) await server.cut();
      else await clock.pass(random() * 2000);
    }
    server.network = () => undefined;
    await clock.pass(120_000);
    await server.cut();
    await clock.pass(120_000);
    await settle();
    expect(texts(live.messages.list().slice(-40))).toEqual(texts(server.messages().slice(-live.messages.list().length).slice(-40)));
    const numbers = live.messages.list().map((m) => m.seq);
    expect(numbers).toEqual([...new Set(numbers)].sort((a, b) => a - b));
    expect(texts(live.messages.list())).toEqual(texts(server.messages().slice(-numbers.length)));
  });
});
