import type { Wishes } from '../bridge/livechatoo';
import type { Field, Theme, Visit } from '../bridge/protocol';
import type { Person } from './ports';

/** What the page has told the widget; for what it has not the settings count. */
export interface Told {
  readonly person: Person;
  /** The page has introduced the visitor: no form is needed. */
  registered: boolean;
  theme: Theme;
  language: string;
  visible: boolean;
  /** The business unit whose departments are offered. */
  unit: string;
  /** Whom the next chat shall go to. */
  agent: { readonly _id: string; readonly username: string; readonly department?: string } | null;
  /** The department under which the visitor picked them, where only the page lists them there. */
  heading?: string;
  /** System messages that are not shown, besides those of the settings. */
  hidden: readonly string[];
  metadata: Readonly<Record<string, string>>;
  /** What the server is told as soon as it knows the visitor: values by field, and the pages seen. */
  readonly fields: Map<string, Required<Field>>;
  visits: readonly Visit[];
  /** Where the visitor is. */
  href: string;
  /** The page as it was told last. */
  visit?: Visit;
  /** What a page of the second API set. */
  wishes?: Wishes;
}

/** How many pages are remembered of a visitor whom the server does not know yet. */
export const VISITS = 20;

export const newTold = (): Told => ({
  person: {}, registered: false, theme: {}, language: '', visible: true, unit: '', agent: null, hidden: [], metadata: {}, fields: new Map(), visits: [], href: '',
});
