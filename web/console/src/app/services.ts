// What lives beside the pages: the cache, the live connection, the outbox.
import { QueryClient } from '@tanstack/react-query';
import { Outbox } from '../features/rooms/outbox';
import { withMessage } from '../features/rooms/history';
import { historyQuery, postMessage } from '../features/rooms/queries';
import { isLooking } from '../features/rooms/reading';
import { call, Unreachable } from '../lib/api';
import { apply, change, renew } from '../lib/change';
import type { Typing } from '../lib/frames';
import { keys } from '../lib/keys';
import { dialSocket, dialStream } from '../lib/links';
import type { Live } from '../lib/live';
import { Realtime } from '../lib/realtime';
import type { Session } from '../lib/wire';
import { alertOfEvent, alertOfPush, type Alert } from './alerts';
import { onPush, onRoomEvent, refused, type Scene, typed } from './live';

export interface Services {
  client: QueryClient;
  live: Live;
  realtime: Realtime;
  outbox: Outbox;
}

interface Hooks {
  /** The room on the screen. */
  shown(): string | undefined;
  alert(alert: Alert): void;
}

const typingForgotten = 6000;

/** Makes and wires them. */
export function makeServices({ shown, alert }: Hooks): Services {
  const client = makeClient();
  const scene = (): Scene => ({
    me: client.getQueryData<Session | null>(keys.session)?.user._id ?? '',
    reading: isLooking() ? shown() : undefined,
  });
  const realtime: Realtime = new Realtime({
    ticket: async () => (await call('POST /api/v1/foyer/realtime/ticket', {})).ticket,
    dials: [dialSocket, dialStream],
    onPush(push) {
      const found = alertOfPush(push, scene());
      apply(client, onPush(push.name, push.data, scene()));
      if (found) alert(found);
    },
    onEvent(event) {
      const found = alertOfEvent(event, scene());
      apply(client, onRoomEvent(event, scene()));
      if (found) alert(found);
    },
    onTyping: (typing) => showTyping(client, typing),
    onRead: ({ room, seq }) => client.setQueryData(keys.read(room), seq),
    onRefused: (room) => apply(client, refused(room)),
    onWelcome() {
      [keys.inbox, ['room'], keys.session, keys.faces, keys.notices].forEach((queryKey) => renew(client, { queryKey }));
      outbox.hurry();
    },
    reread: async (room) => (await client.fetchQuery({ ...historyQuery(room), staleTime: 0 })).seq,
  });
  const outbox: Outbox = new Outbox({
    post: postMessage,
    stored: (message) => apply(client, [change(keys.history(message.rid), (old) => withMessage(old, message, old.seq))]),
    wait: (ms) => new Promise((resolve) => window.setTimeout(resolve, ms)),
  });
  return { client, realtime, outbox, live: liveOf(realtime) };
}

function makeClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        retry: (count, error) => error instanceof Unreachable && count < 3,
        retryDelay: (count) => Math.min(4000, 500 * 2 ** count),
        networkMode: 'always',
      },
      mutations: { networkMode: 'always' },
    },
  });
}

const ends = new Map<string, number>();

/** A typing mark goes away by itself when nothing more is heard. */
function showTyping(client: QueryClient, typing: Typing): void {
  const name = `${typing.room}/${typing.id}`;
  window.clearTimeout(ends.get(name));
  apply(client, typed(typing));
  if (typing.on) ends.set(name, window.setTimeout(() => apply(client, typed({ ...typing, on: false })), typingForgotten));
}

function liveOf(realtime: Realtime): Live {
  return {
    standing: realtime.standing,
    join: (room, after) => realtime.join(room, after),
    leave: (room) => realtime.leave(room),
    typing: (room, on) => realtime.send({ t: 'typing', room, on }),
    seen: (room, seq) => realtime.send({ t: 'seen', room, seq }),
    hurry: () => realtime.hurry(),
  };
}
