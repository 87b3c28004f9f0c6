/** A small server for tests: one visitor's rooms as the real one keeps them, over a network that the test breaks. */
import { type Picked, Refusal, type Rest, type Socket, type SocketHandlers, type TalkRest } from '../model/ports';
import type { Config, Frame, History, Message, Said, Seen } from '../model/wire';
import { config, message, settle } from './fakes';

/** How many promises long a way over the network is. */
const HOP = 3;

interface Numbered {
  readonly seq: number;
  readonly name: string;
  readonly data: Frame['data'];
}

interface Line {
  readonly on: SocketHandlers;
  joined: boolean;
}

export class FakeServer implements Rest, TalkRest {
  log: Numbered[] = [];
  rid = '';
  open = false;
  token = '';
  session = '';
  rooms = 0;
  /** What clients sent over the socket, without joins. */
  heard: Frame[] = [];
  visitors = 0;
  /** What was asked over REST that changes something: what, the session, the rest. */
  asked: [string, string, unknown][] = [];
  settings: Config = config();
  /** How many numbers behind a join may be before the history must be fetched. */
  most = 200;
  /** Called before and after each request; throwing means the network broke there. */
  network: (when: 'before' | 'after') => void = () => undefined;
  readonly lines = new Set<Line>();

  readonly connect = (session: string, on: SocketHandlers): Socket => {
    const line: Line = { on, joined: false };
    const dial = () => {
      if (!this.lines.has(line)) return;
      if (session === this.session) on.up();
      else on.frame({ t: 'error', code: 'error-invalid-session' });
    };
    this.lines.add(line);
    void settle(HOP).then(dial);
    return {
      send: (frame) => void settle(HOP).then(() => this.receive(line, frame as Frame)),
      hurry: () => undefined,
      close: () => void this.lines.delete(line),
    };
  };

  /** The transcript goes to the visitor when the chat ends. */
  mails = false;

  /** What triggers say when they fire here, or why not. */
  says: () => Omit<Said, 'success'> = () => ({});
  visits: Seen[] = [];

  async trigger(): Promise<Said> {
    return { success: true, ...this.says() };
  }

  async visit(_: string, seen: Seen): Promise<void> {
    this.visits.push(seen);
  }

  /** Breaks every connection; they come back at once. */
  async cut(): Promise<void> {
    for (const line of this.lines) {
      line.joined = false;
      line.on.down();
    }
    await settle();
    for (const line of this.lines) line.on.up();
  }

  /** Every connected socket hears an unnumbered frame. */
  tell(frame: Frame): void {
    for (const line of this.lines) line.on.frame({ room: this.rid, ...frame });
  }

  event(name: string, make: (seq: number) => Frame['data']): void {
    const seq = this.log.length + 1;
    const one = { seq, name, data: make(seq) };
    this.log.push(one);
    for (const line of this.lines) if (line.joined) line.on.frame(this.frame(one));
  }

  say(msg: string): void {
    this.event('message', (seq) => ({ message: message(seq, { msg, rid: this.rid, _id: `a${this.rid}-${seq}` }) }));
  }

  end(): void {
    if (this.mails) this.event('message', (seq) => ({ message: message(seq, { _id: `over-${this.rid}`, t: 'livechat-close', rid: this.rid, msg: '', transcriptRequested: true }) }));
    this.open = false;
    this.event('closed', () => ({}));
  }

  /** The messages as they are now, in order. */
  messages(): Message[] {
    const now = new Map<string, Message>();
    for (const { data } of this.log) {
      const one = data?.message;
      if (one && data.removed) now.delete(one._id);
      else if (one) now.set(one._id, one);
    }
    return [...now.values()].sort((a, b) => a.seq - b.seq);
  }

  config = (session: string) => this.answer(() => {
    const known = session !== '' && session === this.session;
    return { ...this.settings, ...(known && { guest: { _id: 'me', username: 'guest-1' } }), ...(known && this.open && { room: { _id: this.rid, open: true, seq: this.log.length } }) };
  });

  visitor = (session: string, person: unknown = {}) => this.answer(() => {
    this.asked.push(['visitor', session, { ...(person as object) }]);
    if (session && session !== this.session) throw new Refusal(401, 'error-invalid-session');
    const { token } = person as { token?: string };
    if (!session || (token && token !== this.token)) {
      this.session = `secret${++this.visitors}`;
      this.open = false;
    }
    this.token = token ?? this.token;
    return { session: this.session, visitor: { _id: 'me' } };
  });

  page = (session: string, visit: unknown) => this.answer(() => {
    this.asked.push(['page', session, visit]);
    this.check(session);
  });

  leave = (session: string, message: unknown) => this.answer(() => {
    this.asked.push(['leave', session, message]);
    return { message: 'Thanks!', claim: 'claim1' };
  });

  resume = (session: string, left: unknown) => this.answer(() => {
    this.asked.push(['resume', session, left]);
    this.check(session);
  });

  survey = (session: string, rating: unknown) => this.answer(() => {
    this.asked.push(['survey', session, rating]);
    this.check(session);
  });

  transcript = (session: string, wanted: unknown) => this.answer(() => {
    this.asked.push(['transcript', session, wanted]);
    this.check(session);
  });

  forget = (session: string) => this.answer(() => {
    this.check(session);
    if (this.open) throw new Refusal(400, 'visitor-has-open-rooms');
    this.session = '';
  });

  room = (session: string, wanted: unknown = {}) => this.answer(() => {
    this.asked.push(['room', session, wanted]);
    this.check(session);
    if (!this.settings.online && !this.open) throw new Refusal(400, 'no-agent-online');
    if (!this.open) this.begin();
    return { _id: this.rid, open: true };
  });

  message = (session: string, { rid, _id, msg }: { rid: string; _id: string; msg: string }) => this.answer(() => {
    this.check(session);
    const stored = this.messages().find((one) => one._id === _id);
    if (stored) return stored;
    if (!this.open || rid !== this.rid) throw new Refusal(400, 'room-closed');
    this.event('message', (seq) => ({ message: message(seq, { _id, msg, rid, u: { _id: 'me', username: 'guest-1' } }) }));
    return this.messages().find((one) => one._id === _id)!;
  });

  upload = async (session: string, { rid, _id }: { rid: string; _id: string }, { name }: Picked) => {
    const refused = /^error-[a-z-]+$/.exec(name)?.[0];
    if (refused) throw new Refusal(400, refused);
    const stored = await this.message(session, { rid, _id, msg: '' });
    Object.assign(stored, { attachments: [{ title: name, type: 'file', title_link: `/file-upload/f1/${name}` }] });
    return stored;
  };

  file = async (_session: string, id: string) => `/file-upload/${id}/x?token=t`;

  history = (session: string, { rid, before, after, count }: { rid: string; before?: number; after?: number; count: number }) => this.answer((): History => {
    this.check(session);
    if (rid !== this.rid) throw new Refusal(404, 'invalid-room');
    const all = this.messages().filter((one) => one.seq > (after ?? 0) && one.seq < (before ?? Infinity));
    const page = after === undefined ? all.slice(-count) : all.slice(0, count);
    return { messages: page, room: { _id: rid, open: this.open }, seq: this.log.length, more: all.length > page.length };
  });

  close = (session: string) => this.answer(() => {
    this.check(session);
    if (this.open) this.end();
  });

  department = (session: string, { rid, department }: { rid: string; department: string }) => this.answer(() => {
    this.check(session);
    if (!this.open || rid !== this.rid) throw new Refusal(400, 'room-closed');
    if (department === 'empty') throw new Refusal(400, 'error-no-agents-online-in-department');
    this.moved('department', { nextDepartment: { _id: department, name: department } });
  });

  /** The room was sent somewhere. */
  moved(scope: string, to: object): void {
    this.event('message', (seq) => ({ message: message(seq, { _id: `moved${seq}`, t: 'livechat_transfer_history', rid: this.rid, msg: '', transferData: { scope, ...to } }) }));
  }

  private begin(): void {
    this.open = true;
    this.rid = `r${++this.rooms}`;
    this.log = [];
    this.event('message', (seq) => ({ message: message(seq, { _id: `started-${this.rid}`, t: 'livechat-started', rid: this.rid }) }));
  }

  private check(session: string): void {
    if (session !== this.session) throw new Refusal(401, 'error-invalid-session');
  }

  private async answer<T>(make: () => T): Promise<T> {
    await settle(HOP);
    this.network('before');
    const made = make();
    this.network('after');
    return made;
  }

  private receive(line: Line, frame: Frame): void {
    if (!this.lines.has(line) || frame.room !== this.rid) return;
    if (frame.t !== 'join') return void this.heard.push(frame);
    const after = frame.after ?? 0;
    const missed = this.log.filter(({ seq }) => seq > after);
    line.joined = true;
    const more = missed.length > this.most;
    if (!more) for (const one of missed) line.on.frame(this.frame(one));
    line.on.frame({ t: 'joined', room: this.rid, seq: this.log.length, more });
  }

  private frame({ seq, name, data }: Numbered): Frame {
    return { t: 'event', room: this.rid, seq, name, ...(data && { data }) };
  }
}
