// The live connection: keeps one link to the server, comes back by itself and
// hands on pushes, typing and numbered room events.
import { Refusal } from './api';
import type { ClientFrame, Push, Read, RoomEvent, ServerFrame, Typing } from './frames';
import type { Dial, Link } from './links';
import { store } from './store';
import { Streams } from './streams';

/** How the connection stands; `next` is when it is tried again. */
export type Standing = { is: 'live' } | { is: 'connecting' } | { is: 'lost'; next: number } | { is: 'stopped' };

export interface RealtimeOptions {
  ticket(): Promise<string>;
  /** Ways to connect, the preferred first. */
  dials: Dial[];
  onPush(push: Push): void;
  onEvent(event: RoomEvent): void;
  onTyping(typing: Typing): void;
  onRead(read: Read): void;
  /** A room may not, or no longer, be followed. */
  onRefused(room: string): void;
  /** A connection stands (again): what came without numbers meanwhile is unknown. */
  onWelcome(): void;
  reread(room: string): Promise<number>;
}

const slowest = 15_000;
const patience = 10_000;

export class Realtime {
  readonly standing = store<Standing>({ is: 'stopped' });
  private link: Link | undefined;
  private attempt = 0;
  private dial = 0;
  private idle = false;
  private retry: number | undefined;
  private beat: number | undefined;
  private quiet: number | undefined;
  private readonly streams: Streams;

  constructor(private readonly options: RealtimeOptions) {
    this.streams = new Streams({
      send: (frame) => this.send(frame),
      deliver: options.onEvent,
      reread: options.reread,
    });
  }

  /** Connects, and stays connected until stop. */
  start(): void {
    if (this.standing.get().is === 'stopped') void this.connect();
  }

  /** Disconnects for good, for instance at sign-out. */
  stop(): void {
    this.standing.set({ is: 'stopped' });
    this.drop();
  }

  /** Tries now instead of at the next planned time. */
  hurry(): void {
    if (this.standing.get().is === 'lost') void this.connect();
    else this.check();
  }

  /** The browser says that there is no network: do not wait until the silence is noticed. */
  offline(): void {
    if (this.standing.get().is === 'live') this.lost();
  }

  join(room: string, after: number): void {
    this.streams.join(room, after);
  }

  leave(room: string): void {
    this.streams.leave(room);
  }

  /** Sends a frame if there is a connection; what must not get lost goes over REST. */
  send(frame: ClientFrame): void {
    if (this.standing.get().is === 'live') this.link?.send(frame);
  }

  /** Tells the server that nobody sits here, or somebody again. */
  setIdle(on: boolean): void {
    if (on === this.idle) return;
    this.idle = on;
    this.send({ t: 'idle', on });
  }

  private async connect(): Promise<void> {
    window.clearTimeout(this.retry);
    this.standing.set({ is: 'connecting' });
    try {
      const ticket = await this.options.ticket();
      if (this.standing.get().is === 'connecting') this.open(ticket);
    } catch (cause) {
      if (cause instanceof Refusal && cause.status === 401) this.stop();
      else this.lost();
    }
  }

  private open(ticket: string): void {
    const dial = this.options.dials[this.dial % this.options.dials.length];
    if (!dial) return;
    const mine: Link = dial({
      opened: () => mine.send({ t: 'hello', v: 1, ticket }),
      frame: (frame) => this.link === mine && this.take(frame),
      closed: () => this.link === mine && this.lost(),
    });
    this.link = mine;
    this.expect(patience);
  }

  private take(frame: ServerFrame): void {
    if (frame.t !== 'welcome') this.expect();
    switch (frame.t) {
      case 'welcome':
        return this.welcome(frame.heartbeat);
      case 'event':
        return this.streams.event(frame);
      case 'joined':
        return void this.streams.joined(frame.room, frame.seq, frame.more);
      case 'push':
        return this.options.onPush(frame);
      case 'typing':
        return this.options.onTyping(frame);
      case 'read':
        return this.options.onRead(frame);
      case 'drain':
        return this.again(frame.after * Math.random());
      case 'error':
        return frame.room === undefined ? undefined : this.options.onRefused(frame.room);
      default:
        return;
    }
  }

  private welcome(heartbeat: number): void {
    this.attempt = 0;
    this.allowed = heartbeat + patience;
    this.standing.set({ is: 'live' });
    this.expect();
    window.clearInterval(this.beat);
    this.beat = window.setInterval(() => this.send({ t: 'ping' }), heartbeat);
    if (this.idle) this.send({ t: 'idle', on: true });
    this.streams.resume();
    this.options.onWelcome();
  }

  private allowed = patience;

  /** Waits at most so long for the next frame, else counts the link as dead. */
  private expect(ms = this.allowed): void {
    window.clearTimeout(this.quiet);
    this.quiet = window.setTimeout(() => this.lost(), ms);
  }

  /** Asks for a sign of life now: after sleep a link may be dead without knowing. */
  private check(): void {
    if (this.standing.get().is !== 'live') return;
    this.send({ t: 'ping' });
    this.expect(patience / 2);
  }

  private lost(): void {
    if (this.standing.get().is === 'stopped') return;
    const welcomed = this.standing.get().is === 'live';
    if (!welcomed && this.attempt % 2 === 1) this.dial += 1; // this way failed twice: try the other
    this.again(backOff(this.attempt++));
  }

  private again(ms: number): void {
    this.drop();
    this.standing.set({ is: 'lost', next: Date.now() + ms });
    this.retry = window.setTimeout(() => void this.connect(), ms);
  }

  private drop(): void {
    const link = this.link;
    this.link = undefined;
    window.clearTimeout(this.retry);
    window.clearTimeout(this.quiet);
    window.clearInterval(this.beat);
    link?.close();
  }
}

/** Half to all of 0.5, 1, 2, 4, 8, 15 seconds. */
function backOff(attempt: number): number {
  const most = Math.min(slowest, 500 * 2 ** attempt);
  return most * (0.5 + Math.random() / 2);
}
