import type { Tell } from '../bridge/protocol';
import { departmentOf, itemsOf, unreadOf } from './items';
import { type Live, openLive } from './live';
import { type Entry, openOutbox } from './outbox';
import { type Cancel, type Picked, type Ports, Refusal } from './ports';
import type { Session } from './session';
import { openingOf, type Spoken } from './spoken';
import type { TalkState } from './state';
import type { Told } from './told';
import { ownTyping } from './typing';
import { openUploads } from './uploads';
import type { Agent, Config, Message, Place, Room } from './wire';

const AWAY = 300_000;

/** Whose conversation it is. */
export interface TalkHandlers {
  readonly session: Session;
  readonly config: () => Config;
  readonly told: Told;
  readonly spoken: Spoken;
  readonly tell: Tell;
  /** Something came in that the visitor may be looking at. */
  readonly look: () => void;
  readonly changed: () => void;
  /** The configuration may be another. */
  readonly renew: () => void;
  /** There is a room. */
  readonly started: () => void;
  /** The server takes no new chat now. */
  readonly turnedAway: () => void;
}

/** The agent as pages are told of them. */
const publicly = ({ name, username, status }: Agent) => ({ name, username, status });

/** A conversation: the visitor's room and what is said in it, both ways. */
export type Talk = ReturnType<typeof openTalk>;

export function openTalk(ports: Ports, on: TalkHandlers) {
  const { rest, store, clock } = ports;
  const { session, tell, changed } = on;
  let live: Live | null = null;
  let room: Room | null = null;
  let agent: Agent | null = on.config().agent ?? null;
  let queue: Place | null = on.config().queueInfo ?? null;
  let away: Cancel | undefined;
  /** The configuration as it was looked at last. */
  let known = on.config();
  /** The number of the last message the visitor has seen. */
  let seen = Number(store.get('seen'));

  const outbox = openOutbox({ ...ports, changed, send: (entry) => deliver(entry) });
  const uploads = openUploads({ ...ports, changed, send: (_id, file) => hand(() => rest.upload(session.secret, { rid: session.rid, _id }, file)) });
  const typing = ownTyping(clock, (on) => live?.send({ t: 'typing', on }));
  const messages = () => live?.messages.list() ?? [];

  const see = (seq: number) => {
    if (seq <= seen) return;
    seen = seq;
    session.keep('seen', String(seq));
    live?.send({ t: 'seen', seq });
  };

  /** The room is open or, from then on for good, closed. */
  const turn = (now: Room) => {
    const before = room?.open;
    if (before === false) return;
    room = { ...room, verifying: false, ...now };
    if (!before || now.open) return;
    typing('');
    session.ended = { secret: session.secret, rid: room._id };
    if (on.config().settings.clearLocalStorageWhenChatEnded) session.forget();
    tell('chat-ended', { rid: room._id });
    on.renew();
    changed();
  };

  const leave = () => {
    live?.stop();
    live = room = agent = queue = null;
    seen = 0;
    session.keep('seen', '0');
    session.enter('');
  };

  const gone = (refusal: Refusal) => {
    leave();
    if (refusal.status === 401) session.forget();
    changed();
  };

  /** What is shown of the agent may be another than before; who serves is told by events. */
  const look = ({ agent: now, room: theirs }: { agent?: Agent | undefined; room?: { _id: string } | null | undefined }) => {
    if (!now || !agent || theirs?._id !== room?._id) return;
    if (now.hiddenInfo) agent = now;
    else if (agent.hiddenInfo || agent._id === now._id) agent = { ...now, status: agent.status ?? now.status };
  };

  const serve = (now: Agent | null) => {
    const other = now && now._id !== agent?._id;
    agent = now;
    if (now) queue = null;
    if (other && !now.hiddenInfo) tell('assign-agent', publicly(now));
  };

  const enter = (now: Room, known: boolean) => {
    live?.stop();
    room = now;
    session.enter(now._id);
    live = openLive(ports, { session: session.secret, rid: now._id }, {
      changed, gone, agent: serve, room: turn, up: outbox.kick, renew: on.renew,
      status(status) {
        const other = agent?.status !== status;
        agent = agent && { ...agent, status };
        if (other && agent && !agent.hiddenInfo) tell('agent-status-change', publicly(agent));
        changed();
      },
      view(now) {
        look({ agent: now, room });
        changed();
      },
      seen(seq) {
        if (seq <= seen) return;
        seen = seq;
        session.keep('seen', String(seq));
        changed();
      },
      queue(place) {
        if (agent) return;
        const other = queue?.spot !== place.spot || queue.estimatedWaitTimeSeconds !== place.estimatedWaitTimeSeconds;
        queue = place;
        if (other) tell('queue-position-change', place);
        changed();
      },
      fresh(list: readonly Message[]) {
        for (const message of list) outbox.confirm(message._id);
        on.look();
      },
    });
    if (known) void live.resume();
    else live.follow();
  };

  const start = async () => {
    if (room) throw new Refusal(400, 'room-closed');
    const { agent: wanted } = on.told;
    const opened = await rest.room(session.secret, { ...openingOf(on.spoken, clock.now()), ...(wanted && { agentId: wanted._id, shown: false }) });
    enter(opened, false);
    Object.assign(on.spoken, { lines: [], agent: null, unread: 0, invited: '' });
    tell('chat-started', { rid: session.rid, ticket: String(opened.code ?? ''), initiator: opened.initiator ?? 'client', fresh: opened.fresh !== false });
    on.started();
    const claim = store.get('left');
    if (claim) await rest.resume(session.secret, { rid: session.rid, claim }).then(() => store.remove('left'), () => undefined);
  };

  const deliver = (entry: Entry) => hand(() => rest.message(session.secret, { rid: session.rid, _id: entry.id, msg: entry.text }));

  /** Hands something in, in the visitor's room; opens it where there is none. */
  const hand = async (give: () => Promise<Message>) => {
    try {
      if (!session.secret || !session.visitor) await session.register(on.told);
      if (!room?.open) await start();
      const message = await give();
      live?.messages.merge([message]);
      see(message.seq);
    } catch (error) {
      throw error instanceof Refusal ? refused(error) : error;
    }
  };

  /** What a refused message means for the rest. An unknown session is made anew before the next attempt. */
  const refused = (refusal: Refusal) => {
    if (refusal.code.includes('room-closed')) turn({ _id: session.rid, open: false });
    if (refusal.code.includes('no-agent-online')) on.turnedAway();
    if (refusal.status !== 401) return refusal;
    gone(refusal);
    return new Error(refusal.code);
  };

  const hurry = () => {
    live?.hurry();
    outbox.kick();
  };

  return {
    state(): TalkState {
      if (known !== on.config()) look((known = on.config()));
      const list = messages();
      const self = session.visitor?._id ?? '';
      return {
        room: room && { ...room, departmentId: departmentOf(list) ?? room.departmentId }, agent, queue,
        items: itemsOf(list, [...outbox.entries(), ...uploads.entries()], self, [...on.config().settings.hiddenSystemMessages, ...on.told.hidden]),
        unread: unreadOf(list, seen, self),
        typing: live?.typing.any() ?? false, read: live?.read() ?? 0, link: live?.link() ?? 'off', earlier: live?.earlier() ?? false,
        mailed: list.some((it) => it.transcriptRequested),
      };
    },

    /** Takes up the room that runs, or the finished one that the visitor has not left yet, and what is unsent. */
    resume(): void {
      const running = on.config().room;
      const rid = running?._id ?? session.rid;
      if (!room && session.secret && rid) enter({ ...running, _id: rid, open: Boolean(running) }, true);
      outbox.kick();
    },

    send(text: string): void {
      typing('');
      outbox.add(text);
    },

    attach: (file: Picked) => uploads.add(file),
    link: (id: string) => rest.file(session.secret, id),

    async end(): Promise<void> {
      await rest.close(session.secret, session.rid);
      turn({ _id: session.rid, open: false });
    },

    /** Goes to another department with the running chat. */
    async change(department: string): Promise<void> {
      await rest.department(session.secret, { rid: session.rid, department });
      room = room && { ...room, departmentId: department };
      changed();
    },

    /** Leaves the room behind; returns the texts that could not be sent. */
    leave(): string[] {
      leave();
      uploads.clear();
      return outbox.clear();
    },

    /** The visitor looks: everything up to the last message is seen. */
    look: () => see(messages().slice(-1)[0]?.seq ?? 0),

    hurry,

    /** The page came before the visitor's eyes, or left them; who stays away is idle. */
    show(visible: boolean): void {
      away?.();
      if (!visible) away = clock.after(AWAY, () => live?.send({ t: 'idle', on: true }));
      else live?.send({ t: 'idle', on: false });
      if (visible) hurry();
    },

    retry(id: string): void {
      outbox.retry(id);
      uploads.retry(id);
    },
    loadEarlier: () => void live?.loadEarlier(),
    typing,
  };
}
