import { backoff } from '../model/backoff';
import type { Cancel, Clock, Socket, SocketHandlers } from '../model/ports';
import type { Frame } from '../model/wire';
import type { Dial, Line } from './lines';

const GREETING = 10_000;
const PROOF = 5_000;
const HEARTBEAT = 25_000;
const PING = { t: 'ping' };

export interface SocketPorts {
  readonly clock: Clock;
  readonly random: () => number;
  readonly base: string;
  readonly session: string;
  /** The ways to connect: the usual one, and the one for when it cannot be had. */
  readonly ways: readonly [Dial, Dial];
}

/** A connection that is made again, with growing waits, until it is closed. */
export function reconnecting({ clock, random, base, session, ways }: SocketPorts, on: SocketHandlers): Socket {
  let line: Line | null = null;
  let greeted = false;
  let closed = false;
  let attempt = 0;
  /** How often in a row a line ended before its greeting; the other way takes every second turn after two. */
  let stuck = 0;
  let heartbeat = HEARTBEAT;
  /** How many frames came. */
  let heard = 0;
  let timer: Cancel | undefined;

  /** There is one thing to wait for at a time. */
  const wait = (ms: number, run: () => void) => {
    timer?.();
    timer = clock.after(ms, run);
  };

  const drop = () => {
    timer?.();
    greeted = false;
    line?.close();
    line = null;
  };

  const send = (frame: object) => {
    if (greeted) line?.send(JSON.stringify(frame));
  };

  const lost = () => {
    if (closed) return;
    if (!greeted) stuck++;
    drop();
    on.down();
    wait(backoff(attempt++, random), dial);
  };

  const dial = () => {
    drop();
    const way = stuck >= 2 && stuck % 2 === 0 ? ways[1] : ways[0];
    wait(GREETING, lost);
    try {
      line = way(base, JSON.stringify({ t: 'hello', v: 1, session }), { receive, lost });
    } catch {
      lost();
    }
  };

  /** Asks for a sign of life and gives the line up when none comes. */
  const prove = (within: number) => {
    const before = heard;
    send(PING);
    wait(within, () => (heard > before ? beat() : lost()));
  };

  const beat = () => wait(heartbeat, () => prove(heartbeat));

  const welcome = (frame: Frame) => {
    greeted = true;
    attempt = 0;
    if (stuck % 2) stuck = 0;
    heartbeat = frame.heartbeat || heartbeat;
    beat();
    on.up();
  };

  const redial = () => {
    on.down();
    dial();
  };

  const receive = (text: string) => {
    const frame = JSON.parse(text) as Frame;
    heard++;
    if (frame.t === 'welcome') welcome(frame);
    else if (frame.t === 'drain') wait(frame.after ?? 0, redial);
    else if (frame.t === 'closed') lost();
    else if (frame.t !== 'pong') on.frame(frame);
  };

  dial();
  return {
    send,
    hurry() {
      if (closed) return;
      attempt = 0;
      if (!line) dial();
      else if (greeted) prove(PROOF);
    },
    close() {
      closed = true;
      drop();
    },
  };
}
