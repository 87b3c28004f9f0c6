// Which numbered room events to pass on: each once, in order, none left out.
import type { ClientFrame, RoomEvent } from './frames';

interface Stream {
  last: number;
  /** Between a join and its answer the numbers may jump: the server sends what we missed. */
  catchingUp: boolean;
}

export interface StreamsOptions {
  send(frame: ClientFrame): void;
  deliver(event: RoomEvent): void;
  /** Too far behind: read the history anew; answers the number it reaches. */
  reread(room: string): Promise<number>;
}

/** The joined rooms with the last number seen of each. */
export class Streams {
  private readonly rooms = new Map<string, Stream>();

  constructor(private readonly options: StreamsOptions) {}

  /** Starts following a room after the given number. */
  join(room: string, after: number): void {
    const known = this.rooms.get(room);
    this.rooms.set(room, { last: Math.max(after, known?.last ?? 0), catchingUp: true });
    this.ask(room);
  }

  /** Stops following a room. */
  leave(room: string): void {
    if (this.rooms.delete(room)) this.options.send({ t: 'leave', room });
  }

  /** Asks again for every room, after a new connection. */
  resume(): void {
    for (const room of this.rooms.keys()) this.ask(room);
  }

  /** Takes a room's event: passes it on, drops it as known, or asks for what is missing before it. */
  event(event: RoomEvent): void {
    const stream = this.rooms.get(event.room);
    if (!stream || event.seq <= stream.last) return;
    if (!stream.catchingUp && event.seq > stream.last + 1) {
      this.ask(event.room);
      return;
    }
    stream.last = event.seq;
    this.options.deliver(event);
  }

  /** The server has sent everything up to seq, or says that it is too much to send. */
  async joined(room: string, seq: number, more: boolean): Promise<void> {
    const stream = this.rooms.get(room);
    if (!stream) return;
    if (!more) {
      stream.last = Math.max(stream.last, seq);
      stream.catchingUp = false;
      return;
    }
    const reached = await this.options.reread(room);
    if (this.rooms.get(room) !== stream) return;
    stream.last = Math.max(stream.last, reached);
    this.ask(room);
  }

  private ask(room: string): void {
    const stream = this.rooms.get(room);
    if (!stream) return;
    stream.catchingUp = true;
    this.options.send({ t: 'join', room, after: stream.last });
  }
}
