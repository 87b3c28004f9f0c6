// The names of what is cached, each with its type.
import type { CustomField } from './custom-fields';
import type { Department } from './departments';
import type { Decision, History, Inbox, Monitor, PageView, Priority, Room, RoomDetail, Session, SignIn, SLA, User } from './wire';

/** A query key that knows the type of what it names. */
export type Key<T> = readonly string[] & { readonly of?: T };

export const keys = {
  session: ['session'] as Key<Session | null>,
  inbox: ['inbox'] as Key<Inbox>,
  room: (rid: string): Key<RoomDetail> => ['room', rid],
  history: (rid: string): Key<History> => ['history', rid],
  typing: (rid: string): Key<Typists> => ['typing', rid],
  read: (rid: string): Key<number> => ['read', rid],
  pages: (rid: string): Key<PageView[]> => ['pages', rid],
  earlier: (rid: string, visitor: string): Key<Room[]> => ['earlier', rid, visitor],
  identity: (rid: string): Key<unknown> => ['identity', rid],
  why: (rid: string): Key<Decision[]> => ['why', rid],
  ledger: (rid: string): Key<unknown> => ['trigger-ledger', rid],
  priorities: ['priorities'] as Key<Priority[]>,
  slas: ['slas'] as Key<SLA[]>,
  departments: ['departments'] as Key<Department[]>,
  units: ['units'] as Key<unknown>,
  monitors: ['monitors'] as Key<Monitor[]>,
  tags: ['tags'] as Key<unknown>,
  contacts: ['contacts'] as Key<unknown>,
  canned: ['canned'] as Key<unknown>,
  fields: ['fields'] as Key<CustomField[]>,
  notices: ['notices'] as Key<unknown>,
  offline: ['offline'] as Key<unknown>,
  onsite: ['onsite'] as Key<unknown>,
  serving: ['serving'] as Key<unknown>,
  routing: ['settings', 'routing'] as Key<unknown>,
  signIns: ['sign-ins'] as Key<SignIn[]>,
  settings: ['settings'] as Key<unknown>,
  agents: ['people', 'agents'] as Key<User[]>,
  managers: ['people', 'managers'] as Key<User[]>,
  people: ['people'] as Key<User[]>,
  faces: ['faces'] as Key<Readonly<Record<string, string>>>,
  analytics: ['analytics'] as Key<unknown>,
};

/** Who is typing in a room: id → name. */
export type Typists = Record<string, string>;
