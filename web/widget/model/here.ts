import { userOf } from './look';
import type { Clock, Store } from './ports';
import type { Spoken } from './spoken';
import type { Told } from './told';
import type { Beat, Call, Config } from './wire';

/** How often a page that is looked at says so, and how long what happens together waits for each other. */
const EVERY = 15_000;
const SOON = 300;

/** How long what the server is told may be. */
const cut = (text = '', most = 2_000) => text.slice(0, most);

export interface HerePorts {
  readonly clock: Clock;
  readonly told: Told;
  readonly spoken: Spoken;
  readonly store: Pick<Store, 'get'>;
  readonly config: () => Config;
  /** The page load's name, and what its address says of the site. */
  readonly page: string;
  readonly where: { readonly site: string; readonly host: string };
  readonly send: (session: string, beat: Beat, last: boolean) => Promise<Call>;
  readonly seen: () => boolean;
  /** What pages of the second API know besides. */
  readonly more: () => { readonly staffName?: string; readonly targets?: string[] };
  /** What triggers did on this page load. */
  readonly ledger: () => NonNullable<Beat['ledger']>;
  /** An agent has said something: it is to be shown. */
  readonly invited: () => void;
  /** What was said changed. */
  readonly changed: () => void;
}

/** Tells that the visitor is there while the page is looked at, and shows what an agent says then. */
export function openHere(ports: HerePorts) {
  const { clock, told, spoken, store, config, page, where } = ports;
  let stopped = false;
  let before = '';
  let plan = clock.after(0, () => undefined);

  const allowed = () => !stopped && told.href && (!config().settings.forceAcceptDataProcessingConsent || Boolean(store.get('consent')));

  const beat = async (left = false) => {
    if (!allowed() || !(left || ports.seen())) return;
    next(EVERY);
    const { person, visit } = told;
    const moved = before !== told.href;
    before = told.href;
    const answer = await ports.send(store.get('session') ?? '', {
      page, ...where, href: cut(told.href), title: cut(visit?.title, 500), referrer: cut(visit?.referrer),
      name: cut(person.name, 100), email: cut(person.email, 254), phone: cut(person.phone, 50), ...ports.more(), ledger: ports.ledger().slice(-200),
      moved, offered: spoken.lines.some(({ invitation }) => !invitation), consents: Boolean(store.get('consent')), left,
    }, left).catch(() => {
      if (moved) before = '';
    });
    if (!answer || left) return;
    stopped = !answer.watched;
    hear(answer.invitation);
  };

  const next = (ms: number) => {
    plan();
    plan = clock.after(ms, () => void beat());
  };

  /** Shows what an agent says once, in place of what was said before, and no longer than it stands. */
  const hear = (said: Call['invitation']) => {
    const shown = spoken.lines.find((it) => it.invitation);
    if (shown?.invitation === said?._id || config().room) return;
    const lines = spoken.lines.filter((it) => !it.invitation);
    spoken.invited = said ? page : '';
    if (!said) {
      Object.assign(spoken, { lines, unread: Math.max(0, spoken.unread - 1) });
      return ports.changed();
    }
    const { _id, text, agent } = said;
    spoken.lines = [...lines, { id: _id, invitation: _id, trigger: '', text, name: agent.name || agent.username || '', ...userOf(agent), at: clock.now() }];
    spoken.agent = agent;
    ports.invited();
  };

  next(0);
  return {
    /** Something happened that agents should see. */
    soon: () => next(SOON),
    /** The page came before the visitor's eyes. */
    look: () => next(0),
    leave: () => void beat(true),
  };
}
