import { backoff } from './backoff';
import { openMessages } from './messages';
import { type Cancel, type Ports, Refusal, type Socket } from './ports';
import { openSync } from './sync';
import { othersTyping } from './typing';
import type { Agent, EventData, Frame, History, Message, Place, Room } from './wire';

const PAGE = 50;
const MOMENT = 2500;
/** All widgets hear at once that the configuration changed; they ask within this time. */
const HERD = 2000;
/** Errors of the socket that say nothing about the session or the room. */
const HARMLESS = ['not-joined', 'too-many-requests'];

export interface LiveHandlers {
  /** Something shown changed. */
  changed(): void;
  /** Messages that were not known before. */
  fresh(messages: readonly Message[]): void;
  agent(agent: Agent | null): void;
  /** The agent's presence changed. */
  status(status: Agent['status']): void;
  /** The agent shows otherwise than before. */
  view(agent: Agent): void;
  /** The visitor has read up to the number, elsewhere. */
  seen(seq: number): void;
  room(room: Room): void;
  /** The place in the queue changed. */
  queue(place: Place): void;
  /** The configuration may be another. */
  renew(): void;
  /** The connection is there. */
  up(): void;
  /** The server does not know the session or the room any more. */
  gone(refusal: Refusal): void;
}

type Page = { before?: number; after?: number; count: number };

/** One room as it lives: its messages, kept complete over the socket and, where that is too far behind, over REST. */
export type Live = ReturnType<typeof openLive>;

export function openLive(ports: Ports, { session, rid }: { session: string; rid: string }, on: LiveHandlers) {
  const { clock } = ports;
  const messages = openMessages();
  const typing = othersTyping(clock, on.changed);
  const sync = openSync();
  let link: 'off' | 'up' | 'down' = 'off';
  let earlier = false;
  let seen = 0;
  let socket: Socket | null = null;
  let attempt = 0;
  let later: Cancel | undefined;
  let loading = false;
  let stopped = false;

  const send = (frame: object) => socket?.send({ ...frame, room: rid });

  /** A page of the history; again is called later if the server was not reached. */
  const read = async (page: Page, again?: () => void): Promise<History | null> => {
    try {
      const answer = await ports.rest.history(session, { rid, ...page });
      attempt = 0;
      return stopped ? null : answer;
    } catch (error) {
      if (stopped) return null;
      if (error instanceof Refusal && !error.passing) on.gone(error);
      else if (again) clock.after(backoff(attempt++, ports.random), () => stopped || again());
      return null;
    }
  };

  const merge = (list: readonly Message[]) => {
    const fresh = messages.merge(list);
    if (!fresh.length) return;
    on.fresh(fresh);
    typing.set(false);
  };

  const take = (page: History) => {
    merge(page.messages);
    on.agent(page.agent ?? null);
    on.room(page.room);
    on.changed();
  };

  const join = () => {
    sync.join();
    send({ t: 'join', after: sync.last() });
  };

  /** Too far behind for the socket: reads page after page. */
  const catchUp = async (): Promise<void> => {
    const page = await read({ after: sync.last(), count: PAGE }, catchUp);
    if (!page) return;
    const last = page.messages.reduce((most, m) => Math.max(most, m.seq), sync.last());
    const more = page.more && last > sync.last();
    sync.complete(more ? last : page.seq);
    take(page);
    if (!more) return;
    sync.join();
    void catchUp();
  };

  const settle = () => {
    later?.();
    later = undefined;
  };

  const leave = () => {
    settle();
    socket?.close();
    socket = null;
    link = 'off';
  };

  const events: Record<string, (data: EventData) => void> = {
    message: ({ message }) => message && merge([message]),
    'message-changed'({ message, removed }) {
      if (message && removed) messages.remove(message._id);
      else if (message) merge([message]);
    },
    taken: ({ agent }) => on.agent(agent ?? null),
    changed({ served, verifying = false }) {
      on.room({ _id: rid, open: true, verifying });
      if (served === false) on.agent(null);
    },
    closed() {
      on.room({ _id: rid, open: false });
      clock.after(MOMENT, leave);
    },
  };

  const event = (frame: Frame) => {
    const verdict = sync.see(frame.seq ?? 0);
    if (verdict === 'drop') return;
    events[frame.name ?? '']?.(frame.data ?? {});
    if (verdict === 'gap') join();
    on.changed();
  };

  const push = (data: EventData) => {
    if (data.status) on.status(data.status);
    if (data.agent) on.view(data.agent);
    if (data.spot) on.queue(data as unknown as Place);
  };

  const frame = (it: Frame) => {
    // The socket was refused: REST tells whether the session or the room is gone.
    if (it.t === 'error' && !HARMLESS.includes(it.code ?? '')) void read({ count: 1 });
    if (it.t === 'push' && it.name === 'config.changed') clock.after(ports.random() * HERD, on.renew);
    if (it.t === 'push' && it.data?.rid === rid) push(it.data);
    if (it.room !== rid) return;
    if (it.t === 'event') event(it);
    if (it.t === 'read' && it.visitor) on.seen(it.seq ?? 0);
    else if (it.t === 'read') {
      seen = it.seq ?? 0;
      on.changed();
    }
    if (it.t === 'typing' && !it.visitor) typing.set(Boolean(it.on));
    if (it.t === 'joined' && it.more) void catchUp();
    else if (it.t === 'joined') sync.complete(it.seq ?? 0);
  };

  const up = () => {
    settle();
    link = 'up';
    join();
    on.up();
    on.changed();
  };

  /** Says that the connection is lost only when it stays so. */
  const down = () => {
    later ??= clock.after(MOMENT, () => {
      link = 'down';
      on.changed();
    });
  };

  /** Follows the room from the number on up to which everything is known. */
  const follow = () => {
    if (socket || stopped) return;
    down();
    socket = ports.connect(session, { up, down, frame });
  };

  /** Reads the end of the history, then follows the room. */
  const resume = async (): Promise<void> => {
    const page = await read({ count: PAGE }, resume);
    if (!page) return;
    earlier = page.more;
    sync.complete(page.seq);
    take(page);
    if (page.room.open) follow();
  };

  return {
    messages, typing, send, follow, resume,
    link: () => link,
    earlier: () => earlier,
    read: () => seen,
    hurry: () => socket?.hurry(),

    /** Reads the page before the first known message. */
    async loadEarlier(): Promise<void> {
      const first = messages.list()[0];
      if (!first || !earlier || loading) return;
      loading = true;
      const page = await read({ before: first.seq, count: PAGE });
      loading = false;
      if (!page) return;
      earlier = page.more;
      messages.merge(page.messages);
      on.changed();
    },

    stop(): void {
      stopped = true;
      leave();
    },
  };
}
