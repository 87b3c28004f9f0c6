// What travels between server and console, under the names the screens use.
// Everything is generated from the server's types: a renamed field breaks the build.
import type { Endpoints } from '@foyer/shared/gen/api';

export type { AgentView, Availability, Inquiry, Message, Presence, Room, User } from '@foyer/shared/gen/events';
export type { ConsoleSession as Session, PageMessage as PageView, Session as SignIn } from '@foyer/shared/gen/api';

/** The first screen: who waits, and whom the agent serves. */
export type Inbox = Answer<'GET /api/v1/foyer/inbox'>;

/** A room in the agent's list: with how much of it is unread. */
export type OwnRoom = Inbox['mine'][number];

/** A room with its visitor, who serves it, what may be done and why it came here. */
export type RoomDetail = Answer<'GET /api/v1/foyer/rooms/{rid}'>;

/** A room's messages up to a number; `more`: older ones exist. */
export type History = Answer<'GET /api/v1/foyer/rooms/{rid}/history'>;

/** Something routing, or a person, decided about a room, and why. */
export type Decision = Answer<'GET /api/v1/livechat/rooms/{rid}/explain'>['decisions'][number];

/** One of the five priorities. */
export type Priority = Answer<'GET /api/v1/livechat/priorities'>['priorities'][number];

/** A service level: how many minutes a visitor should wait at most. */
export type SLA = Answer<'GET /api/v1/livechat/sla'>['sla'][number];

/** Somebody who oversees units. */
export type Monitor = Answer<'GET /api/v1/livechat/monitors'>['monitors'][number];

type Answer<R extends keyof Endpoints> = Omit<Endpoints[R]['response'], 'success'>;
