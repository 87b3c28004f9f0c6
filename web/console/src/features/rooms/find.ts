// The search for chats: what is asked for and how it is asked.
import { infiniteQueryOptions } from '@tanstack/react-query';
import { call } from '../../lib/api';
import type { Room } from '../../lib/wire';

export const states = ['verifying', 'waiting', 'served', 'held', 'closed'] as const;
export type State = (typeof states)[number];

export interface Filter {
  name: string;
  state: State | null;
  department: string | null;
  agent: string | null;
  /** Days, as the browser's field gives them; empty: every day. */
  from: string;
  to: string;
}

export const everything: Filter = { name: '', state: null, department: null, agent: null, from: '', to: '' };

const asked: Record<State, { open?: boolean; queued?: boolean; onhold?: boolean; verifying?: boolean }> = {
  verifying: { verifying: true },
  waiting: { queued: true },
  served: { open: true },
  held: { onhold: true },
  closed: { open: false },
};

const pageSize = 50;

/** The chats that fit, the latest first. */
export function chatsQuery(filter: Filter) {
  const wanted = questionOf(filter);
  return infiniteQueryOptions({
    queryKey: ['chats', wanted],
    queryFn: ({ pageParam }) => call('GET /api/v1/livechat/rooms', { query: { ...wanted, offset: pageParam, count: pageSize } }),
    initialPageParam: 0,
    getNextPageParam: ({ offset, count, total }) => (offset + count < total ? offset + count : undefined),
    refetchInterval: 15_000,
  });
}

/** A filter in the words of the API; days are those of the reader's own clock. */
export function questionOf({ name, state, department, agent, from, to }: Filter) {
  const created = { ...(from && { start: new Date(`${from}T00:00:00`).toISOString() }), ...(to && { end: new Date(`${to}T23:59:59.999`).toISOString() }) };
  return {
    ...(state && asked[state]),
    ...(name && { roomName: name }),
    ...(department && { departmentId: department }),
    ...(agent && { agents: [agent] }),
    ...((from || to) && { createdAt: created }),
  };
}

/** The state a chat is in, in the words of the filter. */
export function stateOf({ open, servedBy, onHold, verifying }: Pick<Room, 'open' | 'servedBy' | 'onHold' | 'verifying'>): State {
  if (!open) return 'closed';
  if (verifying) return 'verifying';
  if (onHold) return 'held';
  return servedBy ? 'served' : 'waiting';
}

/** The filter asks for all closed chats, at most of one department. */
export function onlyClosed(filter: Filter): boolean {
  return JSON.stringify(filter) === JSON.stringify({ ...everything, state: 'closed', department: filter.department });
}
