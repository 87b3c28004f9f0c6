/**
 * What the host page and the widget's frame say to each other: one table each
 * way. A new method is a line in Calls, a new callback a line in EVENTS.
 */

export interface Guest {
  name?: string;
  email?: string;
  department?: string;
}

/** What the page may ask for; each is also a method of the page's API. */
export interface Calls {
  maximizeWidget(): void;
  minimizeWidget(): void;
  showWidget(): void;
  hideWidget(): void;
  setGuestName(name: string): void;
  setGuestEmail(email: string): void;
  /** By id or name. */
  setDepartment(department: string): void;
  registerGuest(guest: Guest): void;
  setLanguage(language: string): void;
}

/** The page's API methods that only pass on. */
export const METHODS: readonly (keyof Calls)[] = [
  'maximizeWidget', 'minimizeWidget', 'showWidget', 'hideWidget',
  'setGuestName', 'setGuestEmail', 'setDepartment', 'registerGuest', 'setLanguage',
];

/** The page's callbacks and the event each one waits for. */
export const EVENTS = {
  onChatMaximized: 'chat-maximized',
  onChatMinimized: 'chat-minimized',
  onChatStarted: 'chat-started',
  onChatEnded: 'chat-ended',
  onPrechatFormSubmit: 'pre-chat-form-submit',
  onAssignAgent: 'assign-agent',
  onAgentStatusChange: 'agent-status-change',
  onQueuePositionChange: 'queue-position-change',
  onWidgetShown: 'show-widget',
  onWidgetHidden: 'hide-widget',
} as const;

export type EventName = (typeof EVENTS)[keyof typeof EVENTS];

/** How the page shows the frame. */
export interface Place {
  readonly state: 'closed' | 'opened' | 'hidden';
  readonly side: 'left' | 'right';
  /** The frame's accessible name. */
  readonly title: string;
}

/** What the frame cannot see by itself: whether it fills the screen, and the screen's unsafe edges (top, right, bottom, left) as CSS lengths. */
export interface Room {
  readonly full: boolean;
  readonly edges: readonly string[];
}

/** Page → frame. */
export type ToFrame =
  | { readonly fn: keyof Calls; readonly args: readonly unknown[] }
  | { readonly fn: 'room'; readonly args: readonly [Room] };

/** Frame → page. */
export type ToPage =
  | { readonly fn: 'place'; readonly args: readonly [Place] }
  | { readonly fn: 'callback'; readonly args: readonly [EventName, unknown?] };

/** The public greeting that both sides know each other by before the private channel. */
export const SOURCE = 'rocketchat';
