import { describe, expect, it } from 'vitest';
import type { Dial, LineHandlers } from '../platform/lines';
import { reconnecting } from '../platform/socket';
import { FakeClock } from './fakes';

function setUp() {
  const clock = new FakeClock();
  const dialled: { way: string; hello: string; on: LineHandlers; sent: string[]; closed: boolean }[] = [];
  const way = (name: string): Dial => (_, hello, on) => {
    const line = { way: name, hello, on, sent: [] as string[], closed: false };
    dialled.push(line);
    return { send: (text) => void line.sent.push(text), close: () => void (line.closed = true) };
  };
  const happened: string[] = [];
  const socket = reconnecting(
    { clock, random: () => 1, base: 'http://x/', session: 's', ways: [way('socket'), way('stream')] },
    { up: () => void happened.push('up'), down: () => void happened.push('down'), frame: (frame) => void happened.push(String(frame.t)) },
  );
  const last = () => dialled[dialled.length - 1]!;
  const receive = (frame: object) => last().on.receive(JSON.stringify(frame));
  return { clock, dialled, happened, socket, last, receive };
}

describe('the reconnecting socket', () => {
  it('says hello, is up after the welcome and hands frames on', async () => {
    const { receive, happened, last, socket } = setUp();
    expect(JSON.parse(last().hello)).toEqual({ t: 'hello', v: 1, session: 's' });
    socket.send({ t: 'join' });
    receive({ t: 'welcome', heartbeat: 25_000 });
    socket.send({ t: 'join' });
    receive({ t: 'joined' });
    receive({ t: 'pong' });
    expect(happened).toEqual(['up', 'joined']);
    expect(last().sent).toEqual(['{"t":"join"}']);
  });

  it('comes back with growing waits', async () => {
    const { clock, dialled, last, receive } = setUp();
    receive({ t: 'welcome' });
    for (const wait of [1000, 2000, 4000, 8000]) {
      const before = dialled.length;
      last().on.lost();
      await clock.pass(wait - 1);
      expect(dialled.length).toBe(before);
      await clock.pass(1);
      expect(dialled.length).toBe(before + 1);
    }
  });

  it('tries the other way in turn after two failures, and stays with what works', async () => {
    const { clock, dialled, last, receive } = setUp();
    last().on.lost();
    await clock.pass(1000);
    last().on.lost();
    await clock.pass(2000);
    expect(dialled.map(({ way }) => way)).toEqual(['socket', 'socket', 'stream']);
    receive({ t: 'welcome' });
    last().on.lost();
    await clock.pass(1000);
    expect(last().way).toBe('stream');
    last().on.lost();
    await clock.pass(2000);
    expect(last().way).toBe('socket');
  });

  it('gives up a line that does not greet, or gives no sign of life', async () => {
    const { clock, dialled, receive, last, happened } = setUp();
    await clock.pass(10_000);
    expect(dialled[0]!.closed).toBe(true);
    await clock.pass(1000);
    receive({ t: 'welcome', heartbeat: 20_000 });
    await clock.pass(20_000);
    expect(last().sent).toEqual(['{"t":"ping"}']);
    receive({ t: 'pong' });
    await clock.pass(39_999);
    expect(happened).toEqual(['down', 'up']);
    await clock.pass(20_001);
    expect(happened).toEqual(['down', 'up', 'down']);
  });

  it('connects elsewhere when the server drains', async () => {
    const { clock, dialled, receive, happened } = setUp();
    receive({ t: 'welcome' });
    receive({ t: 'drain', after: 1500 });
    await clock.pass(1500);
    expect([dialled.length, dialled[0]!.closed, happened]).toEqual([2, true, ['up', 'down']]);
  });

  it('hurries when asked: dials at once, or proves that the line is alive', async () => {
    const { clock, dialled, last, receive, socket } = setUp();
    receive({ t: 'welcome' });
    last().on.lost();
    socket.hurry();
    expect(dialled.length).toBe(2);
    receive({ t: 'welcome' });
    socket.hurry();
    expect(last().sent).toEqual(['{"t":"ping"}']);
    await clock.pass(6000);
    expect(dialled.length).toBe(3);
  });

  it('is silent once closed', async () => {
    const { clock, dialled, last, receive, socket, happened } = setUp();
    receive({ t: 'welcome' });
    socket.close();
    last().on.lost();
    socket.hurry();
    await clock.pass(100_000);
    expect([dialled.length, happened]).toEqual([1, ['up']]);
  });
});
