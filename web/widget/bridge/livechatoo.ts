/** What a page of the second API and the widget's frame say to each other. */

/** Where the bar is, as pages know it (livechatoo.md 6). */
export const STATUSES = ['start-online', 'online', 'start-offline', 'offline', 'hidden', 'mini', 'chat'] as const;
export type Status = (typeof STATUSES)[number];

export type Side = 'left' | 'right';

/** The bubbles that open the window: a side of the screen, and 1 a tab at its edge, 2 an icon, 3 a box. */
export const BUBBLES = ['right1', 'right2', 'right3', 'left1', 'left2', 'left3'] as const;
export type Bubble = (typeof BUBBLES)[number];

/** What the page set, checked; what it left out is as the settings say. */
export interface Wishes {
  readonly lang?: string;
  readonly side?: Side;
  readonly page?: Status;
  readonly bubble?: boolean;
  readonly mobile?: boolean;
  readonly btype?: Bubble;
  readonly css?: string;
  readonly name?: string;
  /** The name that only operators see. */
  readonly staffName?: string;
  readonly email?: string;
  readonly phone?: string;
  readonly contact?: string;
  readonly faq?: string;
  readonly privacy?: string;
  readonly custom?: string;
  /** Numbers or ids; empty: all. */
  readonly departments?: readonly string[];
  readonly operators?: readonly string[];
  /** Operators by name, and the departments that they are listed in besides their own. */
  readonly clones?: Readonly<Record<string, readonly string[]>>;
  readonly targets?: readonly string[];
}

/** What a proactive chat begins with; what is left out is the operator's own. */
export interface Offer {
  readonly message?: string;
  readonly departments?: readonly string[];
  readonly operators?: readonly string[];
  readonly department?: string;
  readonly name?: string;
  readonly photo?: string;
}

/** What the page asks for. */
export type Asked =
  | { readonly do: 'init'; readonly wishes: Wishes }
  | { readonly do: 'page'; readonly status: Status; readonly offer?: Offer }
  /** Hides what is shown, else shows it as it was: only the frame knows at once which. */
  | { readonly do: 'flip' }
  | { readonly do: 'bubble'; readonly shown: boolean }
  | { readonly do: 'side'; readonly side: Side }
  /** The page that opened the window is there, or has gone. */
  | { readonly do: 'opener'; readonly there: boolean }
  | Passage;

/** A session goes to another domain of the account, or has come from one. */
export type Passage =
  | { readonly do: 'leave'; readonly host: string }
  | { readonly do: 'arrive'; readonly code: string; readonly from: string };

/** What a callback gets: plain values by name. */
export type Data = Readonly<Record<string, string | number | boolean>>;

/** What the frame tells. */
export interface Told {
  readonly status?: Status;
  /** One of the page's callbacks, and what it gets. */
  readonly event?: string;
  readonly data?: Data;
  /** The site has the page's analytics told of it. */
  readonly record?: boolean;
  /** With this code the visitor's session goes on at that host. */
  readonly passage?: { readonly host: string; readonly code: string };
  /** The visitor wants the window. */
  readonly window?: true;
  /** The account is none: there is no widget. */
  readonly unknown?: true;
  /** For the console of those who write the page. */
  readonly warning?: string;
}
