/** What the model needs of the outside world; platform/ has the real ones, tests have their own. */
import type { Field, Visit } from '../bridge/protocol';
import type { Config, Firing, Frame, History, Message, Opening, Room, Said, Seen, Visitor } from './wire';

/** Cancels what it was returned for; harmless to call twice. */
export type Cancel = () => void;

export interface Clock {
  /** Milliseconds since 1970. */
  now(): number;
  after(ms: number, run: () => void): Cancel;
}

/** Texts by key. It never fails: without storage it remembers until the page goes. */
export interface Store {
  get(key: string): string | null;
  set(key: string, value: string): void;
  remove(key: string): void;
  /** The keys that begin with the prefix. */
  keys(prefix: string): string[];
}

/** What is known of a visitor. */
export interface Person {
  name?: string;
  email?: string;
  phone?: string;
  /** The id of the department wanted. */
  department?: string;
  /** What the page knows the visitor by. */
  token?: string;
}

/** A message for when somebody is back. */
export interface Left {
  readonly name: string;
  readonly email: string;
  readonly message: string;
  readonly phone?: string;
  readonly department?: string;
  /** The page it is written on. */
  readonly host?: string;
  /** Whom the visitor chose. */
  readonly agentId?: string;
  /** What the server said when this browser left a message before. */
  readonly claim?: string;
}

/** What the configuration depends on besides the session. */
export interface Wanted {
  readonly businessUnit?: string;
  readonly department?: string;
  /** The site, by its name or by the page's host. */
  readonly site?: string;
  readonly host?: string;
}

/** The server's REST calls. They reject with a Refusal when the server says no, with anything else when it was not reached. */
export interface Rest {
  config(session: string, wanted?: Wanted): Promise<Config>;
  visitor(session: string, person: Person & { customFields?: Required<Field>[]; consent?: string }): Promise<{ session?: string; visitor: Visitor }>;
  /** A page that the visitor saw. */
  page(session: string, visit: Visit & { rid?: string }): Promise<void>;
  /** Who says what when a trigger fires. */
  trigger(session: string, firing: Firing): Promise<Said>;
  /** What happened on the page load, and what triggers made of it. */
  visit(session: string, seen: Seen): Promise<void>;
  /** Leaves a message while nobody is there; resolves with the server's thanks. */
  leave(session: string, message: Left): Promise<{ readonly message: string; readonly claim: string }>;
  survey(session: string, rating: { rid: string; data: { name: string; value: string }[] }): Promise<void>;
  /** Mails what was said to the visitor. */
  transcript(session: string, wanted: { rid: string; email: string }): Promise<void>;
  /** Removes the visitor and all that was said. */
  forget(session: string): Promise<void>;
}

/** A file as the model knows it: the page's own kind of file has more. */
export interface Picked {
  readonly name: string;
}

/** What the opened chat asks of them. */
export type ChatRest = Omit<Rest, 'config' | 'trigger' | 'visit'>;

/** The calls of a conversation. */
export interface TalkRest {
  upload(session: string, to: { rid: string; _id: string }, file: Picked): Promise<Message>;
  /** An address that opens a file for a while. */
  file(session: string, id: string): Promise<string>;
  room(session: string, wanted: Opening): Promise<Room>;
  /** Says in the room what this browser left while nobody was there. */
  resume(session: string, left: { rid: string; claim: string }): Promise<void>;
  message(session: string, entry: { rid: string; _id: string; msg: string }): Promise<Message>;
  history(session: string, page: { rid: string; before?: number; after?: number; count: number }): Promise<History>;
  close(session: string, rid: string): Promise<void>;
  department(session: string, to: { rid: string; department: string }): Promise<void>;
}

/** The server understood and said no. */
export class Refusal extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
  ) {
    super(code);
  }

  /** Whether the same request may succeed later without anybody changing anything. */
  get passing(): boolean {
    return this.status >= 500 || this.status === 429 || this.status === 408;
  }
}

/** The socket to the server. It reconnects by itself until it is closed. */
export interface Socket {
  send(frame: object): void;
  /** Tries at once instead of waiting for the next attempt. */
  hurry(): void;
  close(): void;
}

export interface SocketHandlers {
  /** Connected and greeted; called again after each reconnect. */
  up(): void;
  down(): void;
  frame(frame: Frame): void;
}

/** What a conversation needs. */
export interface Ports {
  readonly clock: Clock;
  readonly store: Store;
  readonly rest: TalkRest;
  readonly connect: (session: string, on: SocketHandlers) => Socket;
  /** A new identifier nobody else has. */
  readonly id: () => string;
  /** Between 0 and 1. */
  readonly random: () => number;
}
