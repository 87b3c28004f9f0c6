// Rooms, messages and inquiries for tests.
import type { Inquiry, Message, OwnRoom, Room } from './wire';

const at = '2026-03-02T10:00:00.000Z';

export const visitor = { _id: 'v1', username: 'guest-1', name: 'Ann' };
export const agent = { _id: 'u1', username: 'bea', name: 'Bea' };

export function message(seq: number, more: Partial<Message> = {}): Message {
  return { _id: `m${seq}`, rid: 'r1', msg: `text ${seq}`, ts: at, _updatedAt: at, u: visitor, seq, ...more };
}

export function room(more: Partial<Room> = {}): Room {
  return {
    _id: 'r1', t: 'l', fname: 'Ann', ts: at, lm: at, msgs: 1, usersCount: 2, open: true, v: visitor, source: { type: 'widget' },
    servedBy: { _id: 'u1', username: 'bea', ts: at }, priorityWeight: 99, estimatedWaitingTimeQueue: 9999999, code: 1, cl: false,
    _updatedAt: at, seq: 5, ...more,
  };
}

export function ownRoom(more: Partial<OwnRoom> = {}): OwnRoom {
  return { ...room(), unread: 0, ...more };
}

export function inquiry(rid: string, more: Partial<Inquiry> = {}): Inquiry {
  return {
    _id: `i-${rid}`, rid, name: 'Ann', ts: at, message: 'hello', status: 'queued', v: visitor, t: 'l', source: { type: 'widget' },
    priorityWeight: 99, estimatedWaitingTimeQueue: 9999999, _updatedAt: at, ...more,
  };
}
