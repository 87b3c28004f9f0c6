/**
 * What the host page and the widget's frame say to each other: one table each
 * way. A new method is a line in Calls and METHODS, a new callback a line in
 * Happenings. Facades give these the names that their pages know.
 */

import type { Asked, Told as SecondTold } from './livechatoo';

/** A value for a visitor's custom field; it replaces a stored one unless told otherwise. */
export interface Field {
  readonly key: string;
  readonly value: string;
  readonly overwrite?: boolean;
}

/** What a page knows of its visitor. */
export interface Guest {
  token?: string;
  name?: string;
  email?: string;
  phone?: string;
  /** By id or name. */
  department?: string;
  customFields?: readonly Field[];
}

/** The page's own look; what it leaves out is as the settings say. */
export interface Theme {
  title?: string;
  offlineTitle?: string;
  color?: string;
  fontColor?: string;
  iconColor?: string;
  position?: string;
  background?: string;
  guestBubbleBackgroundColor?: string;
  agentBubbleBackgroundColor?: string;
  hideGuestAvatar?: boolean;
  hideAgentAvatar?: boolean;
}

/** Where the visitor is on the host page, and which part of that is new. */
export interface Visit {
  readonly change: string;
  readonly title: string;
  readonly location: { readonly href: string };
  /** Where the page was reached from. */
  readonly referrer?: string;
}

/** What the page may ask for. */
export interface Calls {
  pageVisited(visit: Visit): void;
  setParentUrl(url: string): void;
  maximizeWidget(): void;
  minimizeWidget(): void;
  showWidget(): void;
  hideWidget(): void;
  setTheme(theme: Theme): void;
  setLanguage(language: string): void;
  setHiddenSystemMessages(types: readonly string[]): void;
  setGuestToken(token: string): void;
  setGuestName(name: string): void;
  setGuestEmail(email: string): void;
  registerGuest(guest: Guest): void;
  setCustomField(key: string, value: string, overwrite?: boolean): void;
  setGuestMetadata(metadata: Readonly<Record<string, string>>): void;
  /** By id or name. */
  setDepartment(department: string): void;
  clearDepartment(): void;
  setBusinessUnit(id: string): void;
  clearBusinessUnit(): void;
  setAgent(agent: { readonly _id: string; readonly username: string; readonly department?: string }): void;
  /** Of the running chat, to a department by id or name. */
  transferChat(department: string): void;
}

/** What the facade of the second API asks for besides. */
export interface AllCalls extends Calls {
  livechatoo(asked: Asked): void;
}

/** The names of the calls, for whoever offers them all. */
export const METHODS = [
  'pageVisited', 'setParentUrl', 'maximizeWidget', 'minimizeWidget', 'showWidget', 'hideWidget', 'setTheme', 'setLanguage',
  'setHiddenSystemMessages', 'setGuestToken', 'setGuestName', 'setGuestEmail', 'registerGuest', 'setCustomField', 'setGuestMetadata',
  'setDepartment', 'clearDepartment', 'setBusinessUnit', 'clearBusinessUnit', 'setAgent', 'transferChat',
] as const satisfies readonly (keyof Calls)[];

/** The agent as pages are told of them. */
export interface AgentTold {
  readonly name?: string;
  readonly username?: string;
  readonly status?: string;
}

/** What pages are told: the names of the events, and what each carries. */
export interface Happenings {
  'chat-maximized': undefined;
  'chat-minimized': undefined;
  'show-widget': undefined;
  'hide-widget': undefined;
  'pre-chat-form-submit': { name?: string; email?: string; phone?: string; department?: string };
  'offline-form-submit': { name: string; email: string; department?: string; message: string };
  /** For the facade of the second API alone. */
  livechatoo: SecondTold;
  'chat-started': { rid: string; ticket: string; initiator: string; fresh: boolean };
  'chat-ended': { rid: string };
  'assign-agent': AgentTold;
  'agent-status-change': AgentTold;
  'queue-position-change': { spot: number; estimatedWaitTimeSeconds?: number; message?: unknown };
  'no-agent-online': undefined;
  /** The conversation was rated: the answers by the names of the questions. */
  'chat-rated': Readonly<Record<string, string>>;
  /** A trigger spoke to the visitor. */
  'trigger-fired': { id: string; no: number; title: string };
}

export type EventName = keyof Happenings;

/** Tells of what happened. */
export type Tell = <E extends EventName>(event: E, data?: Happenings[E]) => void;

/** How the page shows the frame. */
export interface Place {
  readonly state: 'closed' | 'opened' | 'triggered' | 'hidden';
  readonly side: 'left' | 'right';
  /** The frame's accessible name. */
  readonly title: string;
  /** How high a triggered card is, in CSS pixels, with its margins. */
  readonly height?: number;
  /** How large the frame is while the chat is closed, where it is no bubble. */
  readonly size?: readonly [width: number, height: number];
  /** It sits in the middle of its side, not in the corner. */
  readonly middle?: boolean;
  /** The opened chat fills the screen. */
  readonly full?: boolean;
}

/** What the frame cannot see by itself: whether it fills the screen, and the screen's unsafe edges (top, right, bottom, left) as CSS lengths. */
export interface Room {
  readonly full: boolean;
  readonly edges: readonly string[];
}

/** Something new for a visitor who looks elsewhere. */
export interface News {
  readonly unread: number;
  /** What a desktop notification says, where the visitor has allowed the page to show them. */
  readonly notice?: { readonly title: string; readonly body: string };
}

/** Page → frame. */
export type ToFrame =
  | { readonly fn: keyof AllCalls; readonly args: readonly unknown[] }
  | { readonly fn: 'room'; readonly args: readonly [Room] };

/** Frame → page. */
export type ToPage =
  | { readonly fn: 'place'; readonly args: readonly [Place] }
  | { readonly fn: 'news'; readonly args: readonly [News] }
  | { readonly fn: 'callback'; readonly args: readonly [EventName, unknown?] };
