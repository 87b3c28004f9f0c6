/**
 * Whether triggers fire, and why not: pure functions over what happened on a visit. The
 * widget and the console's preview use the same ones, so the preview cannot be wrong.
 * Expressions are matched elsewhere, in time that is limited; here only their outcome counts.
 */

/** One thing that must be so. */
export interface Condition {
  readonly name: string;
  readonly value?: unknown;
}

/** A trigger as far as it is judged. */
export interface Trigger {
  readonly _id: string;
  readonly enabled?: boolean;
  readonly runOnce: boolean;
  /** The visitor has met it on another page load. */
  readonly met?: boolean;
  readonly conditions: readonly Condition[];
}

/** One thing that happened. */
export interface Fact {
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly is: 'page' | 'opened' | 'registered' | 'known' | 'online' | 'chatting';
  /** With page. */
  readonly address?: string;
  /** With online and chatting: whether it is so from now on. */
  readonly yes?: boolean;
}

/** What is known of a page load. */
export interface Visit {
  readonly began: number;
  readonly address: string;
  readonly opened: boolean;
  readonly registered: boolean;
  readonly known: boolean;
  readonly online: boolean;
  readonly chatting: boolean;
  /** The triggers that fired on it. */
  readonly fired: readonly string[];
}

/** How an expression fares with an address. */
export type Match = 'yes' | 'no' | 'invalid' | 'slow' | 'unknown';
export type Matcher = (pattern: string, address: string) => Match;

/** Why a trigger fires or does not. */
export type Reason =
  | 'fired' | 'disabled' | 'nobody-online' | 'chatting' | 'known' | 'fired-before' | 'fired-here' | 'other-page'
  | 'pattern-invalid' | 'pattern-slow' | 'too-early' | 'not-opened' | 'not-registered' | 'no-conditions';

export interface Verdict {
  readonly reason: Reason | 'asking';
  /** When nothing but time is missing: then. */
  readonly due?: number;
}

export const newVisit = (began: number): Visit => ({ began, address: '', opened: false, registered: false, known: false, online: false, chatting: false, fired: [] });

const REGISTRATION = 'after-guest-registration';
const waitsFor = (trigger: Trigger, name: string) => trigger.conditions.some((condition) => condition.name === name);

/** The visit after something happened. The end of a chat lets what waits for a registration fire again. */
export function note(visit: Visit, fact: Fact, triggers: readonly Trigger[]): Visit {
  switch (fact.is) {
    case 'page':
      return { ...visit, address: fact.address ?? '' };
    case 'opened':
      return { ...visit, opened: true };
    case 'registered':
      return { ...visit, registered: true };
    case 'known':
      return { ...visit, known: true };
    case 'online':
      return { ...visit, online: fact.yes ?? false };
    case 'chatting': {
      if (fact.yes || !visit.chatting) return { ...visit, chatting: fact.yes ?? false };
      const again = triggers.filter((it) => !it.runOnce && waitsFor(it, REGISTRATION)).map((it) => it._id);
      return { ...visit, chatting: false, known: true, registered: false, fired: visit.fired.filter((id) => !again.includes(id)) };
    }
  }
}

export const fire = (visit: Visit, id: string): Visit => ({ ...visit, fired: [...visit.fired, id] });

/** Judges one trigger at an instant: the first thing that stands against it, or that it fires. */
export function judge(trigger: Trigger, visit: Visit, now: number, match: Matcher): Verdict {
  if (trigger.enabled === false) return { reason: 'disabled' };
  if (visit.fired.includes(trigger._id)) return { reason: 'fired-here' };
  if (trigger.runOnce && trigger.met) return { reason: 'fired-before' };
  if (!visit.online) return { reason: 'nobody-online' };
  if (visit.chatting) return { reason: 'chatting' };
  if ((visit.known || visit.registered) && !waitsFor(trigger, REGISTRATION)) return { reason: 'known' };
  if (!trigger.conditions.length) return { reason: 'no-conditions' };
  let due = 0;
  for (const condition of trigger.conditions) {
    const verdict = check(condition, visit, match);
    if (verdict.due !== undefined) due = Math.max(due, verdict.due);
    else if (verdict.reason !== 'fired') return verdict;
  }
  return due > now ? { reason: 'too-early', due } : { reason: 'fired' };
}

/** One condition; time is judged last, so that nothing else is missing when it is waited for. */
function check({ name, value }: Condition, visit: Visit, match: Matcher): Verdict {
  switch (name) {
    case 'page-url':
      return { reason: PAGE[match(String(value ?? ''), visit.address)] };
    case 'time-on-site':
      return { reason: 'too-early', due: visit.began + (Number(value) || 0) * 1000 };
    case 'chat-opened-by-visitor':
      return { reason: visit.opened ? 'fired' : 'not-opened' };
    case REGISTRATION:
      return { reason: visit.registered ? 'fired' : 'not-registered' };
    default:
      return { reason: 'no-conditions' };
  }
}

const PAGE = { yes: 'fired', no: 'other-page', invalid: 'pattern-invalid', slow: 'pattern-slow', unknown: 'asking' } as const;

/** The expressions of triggers. */
export const patternsOf = (triggers: readonly Trigger[]): string[] => [...new Set(
  triggers.flatMap((trigger) => trigger.conditions.filter(({ name }) => name === 'page-url').map(({ value }) => String(value ?? ''))),
)];

/** What a trigger did last, and why. */
export interface Entry {
  readonly trigger: string;
  readonly at: number;
  readonly reason: string;
}

/** Plays a visit's facts against triggers: what each would have done last. All that fire are said to have spoken. */
export function replay(triggers: readonly Trigger[], facts: readonly Fact[], until: number, match: Matcher): Entry[] {
  const ledger = new Map<string, Entry>();
  let visit = newVisit(facts[0]?.at ?? until);
  const judgeAll = (now: number) => {
    let next = Infinity;
    for (const trigger of triggers) {
      const { reason, due } = judge(trigger, visit, now, match);
      if (due) next = Math.min(next, due);
      const last = ledger.get(trigger._id)?.reason;
      if (reason === 'fired') visit = fire(visit, trigger._id);
      if (reason !== last && !(last === 'fired' && reason !== 'fired')) ledger.set(trigger._id, { trigger: trigger._id, at: now, reason });
    }
    return next;
  };
  facts.forEach((fact, i) => {
    const end = facts[i + 1]?.at ?? until;
    visit = note(visit, fact, triggers);
    if (facts[i + 1]?.at === fact.at) return;
    for (let next = judgeAll(fact.at); next <= end; next = judgeAll(next));
  });
  return [...ledger.values()];
}
