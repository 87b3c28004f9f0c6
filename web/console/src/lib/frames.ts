// The frames of the live connection, one shape each.

export type ClientFrame =
  | { t: 'hello'; v: 1; ticket: string }
  | { t: 'join'; room: string; after: number }
  | { t: 'leave'; room: string }
  | { t: 'typing'; room: string; on: boolean }
  | { t: 'seen'; room: string; seq: number }
  | { t: 'idle'; on: boolean }
  | { t: 'ping' };

/** A numbered change of a room. */
export interface RoomEvent {
  t: 'event';
  room: string;
  seq: number;
  name: string;
  data: unknown;
}

/** Something that concerns the signed-in person, outside a joined room. */
export interface Push {
  t: 'push';
  name: string;
  data: unknown;
}

export interface Typing {
  t: 'typing';
  room: string;
  id: string;
  name: string;
  visitor: boolean;
  on: boolean;
}

/** How far the visitor has read a room. */
export interface Read {
  t: 'read';
  room: string;
  seq: number;
}

export type ServerFrame =
  | { t: 'welcome'; heartbeat: number }
  | { t: 'joined'; room: string; seq: number; more: boolean }
  | RoomEvent
  | Push
  | Typing
  | Read
  | { t: 'pong' }
  | { t: 'drain'; after: number }
  | { t: 'error'; code: string; room?: string };
