/**
 * What the server sends to a visitor's widget. The shapes are generated from the
 * server's own types; here they get the names that the widget uses.
 */
import type { AgentView, Attachment as ServerAttachment, Config as ServerConfig, Endpoints, Guest, Message as ServerMessage } from '@foyer/shared/gen/api';
import type { Says } from './second/says';
import type { Events as Frames } from '@foyer/shared/gen/events';

export type Agent = AgentView;
/** The configuration; on pages of the second API with what these add. */
export type Config = ServerConfig & { readonly page?: Says };
export type Message = ServerMessage;
export type Attachment = ServerAttachment;
export type Visitor = Pick<Guest, '_id'>;

/** A room as far as the widget looks at it. */
export interface Room {
  readonly _id: string;
  readonly open?: boolean;
  readonly departmentId?: string;
  /** It waits until the visitor is verified. */
  readonly verifying?: boolean;
  /** Its number, how it began, and whether that was just now. */
  readonly code?: number;
  readonly initiator?: string;
  readonly fresh?: boolean;
}

/** What a new chat begins with. */
export type Opening = Endpoints['POST /api/v1/foyer/widget/room']['body'];

/** A trigger that fires, and what it says then. */
export type Firing = Endpoints['POST /api/v1/foyer/widget/trigger']['body'];
export type Said = Endpoints['POST /api/v1/foyer/widget/trigger']['response'];

/** That the visitor is there, and what the server says to that. */
export type Beat = Endpoints['POST /api/v1/foyer/widget/here']['body'];
export type Call = Pick<Endpoints['POST /api/v1/foyer/widget/here']['response'], 'watched' | 'invitation'>;

/** What happened on a page load, and what triggers did. */
export type Seen = Endpoints['POST /api/v1/foyer/widget/visit']['body'];

/** The place in the queue: 1 is next. */
export type Place = Pick<Frames['QueueData'], 'spot' | 'estimatedWaitTimeSeconds' | 'message'>;

/** A page of a room's history; `seq` is the room's last number, `more` that there are more messages that way. */
export interface History {
  readonly messages: readonly Message[];
  readonly room: Room;
  readonly agent?: Agent;
  readonly seq: number;
  readonly more: boolean;
}

/** A frame from the server; which fields it has depends on `t`. */
export type Frame = Partial<
  Frames['WelcomeFrame'] & Frames['JoinedFrame'] & Omit<Frames['EventFrame'], 'data'> & Frames['TypingFrame'] & Frames['DrainFrame'] & Frames['ErrorFrame'] & { data: EventData }
>;

/** What events and pushes carry; which fields depends on the frame's name. */
export type EventData = Partial<Frames['MessageChangedData'] & Frames['TakenData'] & Frames['VisitorChangedData'] & Frames['AgentStatusData'] & Frames['AgentViewData'] & Omit<Frames['QueueData'], 'message'>>;
