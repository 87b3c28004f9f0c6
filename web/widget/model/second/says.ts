import type { Endpoints } from '@foyer/shared/gen/api';

/** What the server tells a page of the second API. */
export type Page = Endpoints['GET /api/v1/foyer/widget/livechatoo']['response'];
export type Operator = Page['operators'][number];
export type Request = 'off' | 'optional' | 'required';
export type Requested = 'name' | 'email' | 'phone';

/** An operator in the list that a visitor picks from, under the heading of a department. */
export interface Listed {
  /** What a choice is known by: the operator and the heading. */
  readonly key: string;
  readonly heading: string;
  readonly operator: Operator;
  /** The page alone lists him there. */
  readonly virtual: boolean;
}

/** What a page of the second API adds to the configuration. */
export interface Says {
  readonly requests: Readonly<Record<Requested, Request>>;
  readonly given: Readonly<Partial<Record<Requested, string>>>;
  /** Addresses; '' is none. */
  readonly contact: string;
  readonly faq: string;
  readonly privacy: string;
  /** The visitor has agreed to what is done with their data. */
  readonly agreed: boolean;
  /** Whom the visitor may pick; none: the server picks. */
  readonly operators: readonly Listed[];
  readonly picked: string;
  /** Whether the chat fills the window, and how that changes; none: it has one size here. */
  readonly large: boolean;
  readonly enlarge: (() => void) | undefined;
  /** Shown in place of the operator's own. */
  readonly department: string;
  readonly photo: string;
}
