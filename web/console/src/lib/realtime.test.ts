import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Refusal, Unreachable } from './api';
import type { ClientFrame, ServerFrame } from './frames';
import type { Dial, LinkEvents } from './links';
import { Realtime } from './realtime';

interface Dialled {
  way: string;
  sent: ClientFrame[];
  events: LinkEvents;
}

function bench(ticket: () => Promise<string> = async () => 'ticket') {
  const dialled: Dialled[] = [];
  const welcomes = vi.fn();
  const refused = vi.fn();
  const dial = (way: string): Dial => (events) => {
    const sent: ClientFrame[] = [];
    dialled.push({ way, sent, events });
    return { send: (frame) => sent.push(frame), close: () => undefined };
  };
  const realtime = new Realtime({ ticket, dials: [dial('socket'), dial('stream')], onPush: vi.fn(), onEvent: vi.fn(), onTyping: vi.fn(), onRead: vi.fn(), onWelcome: welcomes, onRefused: refused, reread: async () => 0 });
  const last = () => dialled.at(-1) as Dialled;
  const say = (frame: ServerFrame) => last().events.frame(frame);
  const connect = async () => {
    await vi.advanceTimersByTimeAsync(0);
    last().events.opened();
    say({ t: 'welcome', heartbeat: 25_000 });
  };
  return { realtime, dialled, welcomes, refused, last, say, connect };
}

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe('realtime', () => {
  it('says hello with a ticket and is live at the welcome', async () => {
    const { realtime, last, welcomes, connect } = bench();
    realtime.start();
    await connect();
    expect(last().sent[0]).toEqual({ t: 'hello', v: 1, ticket: 'ticket' });
    expect(realtime.standing.get().is).toBe('live');
    expect(welcomes).toHaveBeenCalledTimes(1);
  });
  it('comes back by itself and asks for its rooms after their last numbers', async () => {
    const { realtime, dialled, last, say, connect } = bench();
    realtime.start();
    await connect();
    realtime.join('r', 3);
    say({ t: 'event', room: 'r', seq: 4, name: 'message', data: {} });
    last().events.closed();
    expect(realtime.standing.get().is).toBe('lost');
    await vi.advanceTimersByTimeAsync(600);
    await connect();
    expect(dialled).toHaveLength(2);
    expect(last().sent).toContainEqual({ t: 'join', room: 'r', after: 4 });
  });
  it('says which room may not be followed', async () => {
    const { realtime, refused, say, connect } = bench();
    realtime.start();
    await connect();
    say({ t: 'error', code: 'too-many-frames' });
    say({ t: 'error', code: 'error-invalid-room', room: 'r' });
    expect(refused.mock.calls).toEqual([['r']]);
  });
  it('counts a link as dead that says nothing for a heartbeat and some patience', async () => {
    const { realtime, connect } = bench();
    realtime.start();
    await connect();
    await vi.advanceTimersByTimeAsync(34_000);
    expect(realtime.standing.get().is).toBe('live');
    await vi.advanceTimersByTimeAsync(1_100);
    expect(realtime.standing.get().is).toBe('lost');
  });
  it('believes the browser that the network is gone, and hurries when it is back', async () => {
    const { realtime, connect } = bench();
    realtime.start();
    await connect();
    realtime.offline();
    expect(realtime.standing.get().is).toBe('lost');
    realtime.hurry();
    expect(realtime.standing.get().is).toBe('connecting');
    await connect();
    expect(realtime.standing.get().is).toBe('live');
  });
  it('tries the other way when one fails twice before a welcome', async () => {
    const { realtime, dialled, last } = bench();
    realtime.start();
    for (let i = 0; i < 3; i++) {
      await vi.advanceTimersByTimeAsync(2_000);
      last().events.closed();
    }
    expect(dialled.slice(0, 3).map(({ way }) => way)).toEqual(['socket', 'socket', 'stream']);
  });
  it('waits longer after each failure, and stops when signed out', async () => {
    const tickets = vi.fn(async (): Promise<string> => { throw new Unreachable(); });
    const { realtime } = bench(tickets);
    realtime.start();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(tickets.mock.calls.length).toBeGreaterThan(4);
    expect(tickets.mock.calls.length).toBeLessThan(14);
    tickets.mockRejectedValue(new Refusal(401, '', ''));
    await vi.advanceTimersByTimeAsync(16_000);
    expect(realtime.standing.get().is).toBe('stopped');
  });
  it('ignores what a given-up link still says', async () => {
    const { realtime, last, connect, welcomes } = bench();
    realtime.start();
    await connect();
    const old = last();
    old.events.closed();
    old.events.frame({ t: 'welcome', heartbeat: 1 });
    expect(welcomes).toHaveBeenCalledTimes(1);
  });
  it('reconnects when the server drains', async () => {
    const { realtime, dialled, say, connect } = bench();
    realtime.start();
    await connect();
    say({ t: 'drain', after: 1000 });
    await vi.advanceTimersByTimeAsync(1_000);
    expect(dialled).toHaveLength(2);
  });
});
