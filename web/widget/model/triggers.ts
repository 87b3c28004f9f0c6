import { fire, judge, type Fact, type Match, newVisit, note, patternsOf, type Trigger, type Visit } from '@foyer/shared/triggers/engine';
import type { EventName, Tell } from '../bridge/protocol';
import { userOf } from './look';
import { type Cancel, type Clock, Refusal, type Rest } from './ports';
import type { Spoken } from './spoken';
import type { Told } from './told';
import type { Config, Seen } from './wire';

const FACTS = 100;
const REPORT = 2_000;
/** How long an address of the page that is told to the server may be. */
const ADDRESS = 2_000;

type Reason = Seen['ledger'][number]['reason'];

export interface TriggerPorts {
  readonly clock: Clock;
  readonly rest: Pick<Rest, 'trigger' | 'visit'>;
  readonly told: Told;
  readonly config: () => Config;
  readonly spoken: Spoken;
  readonly tell: Tell;
  /** The visitor's secret, '' until he has acted. */
  readonly session: () => string;
  /** The triggers that the visitor has put away on this device. */
  readonly met: () => readonly string[];
  /** A new identifier nobody else has. */
  readonly id: () => string;
  /** Finds out which expressions match an address. */
  readonly learn: (patterns: readonly string[], address: string) => Promise<void>;
  readonly match: (pattern: string, address: string) => Match;
  /** The ledger changed. */
  readonly judged: () => void;
  /** What was said changed. */
  readonly changed: () => void;
}

/** What of the page's own happenings triggers look at. */
const HEARD: Partial<Record<EventName, Pick<Fact, 'is' | 'yes'>>> = {
  'chat-maximized': { is: 'opened' },
  'pre-chat-form-submit': { is: 'registered' },
  'chat-started': { is: 'chatting', yes: true },
  'chat-ended': { is: 'chatting', yes: false },
};

/** Lets triggers speak on this page load, and keeps what they did and why. */
export type Triggers = ReturnType<typeof openTriggers>;

export function openTriggers(ports: TriggerPorts) {
  const { clock, config, told, spoken, tell } = ports;
  const ledger = new Map<string, { trigger: string; at: number; reason: Reason }>();
  const name = ports.id();
  let visit: Visit = newVisit(clock.now());
  let facts: Fact[] = [];
  let timer: Cancel | undefined;
  let reporting: Cancel | undefined;

  const all = (): readonly Trigger[] => config().triggers.map((it) => ({ ...it, met: it.met || ports.met().includes(it._id) }));

  const happen = (fact: Omit<Fact, 'at'>) => {
    const now = { at: clock.now(), ...fact };
    facts = [...facts.slice(facts.length < FACTS ? 0 : 1), now];
    visit = note(visit, now, all());
  };

  /** Writes down why; what fired stays fired, unless it could not speak, and then stays that. A chat that begins hides no earlier reason. */
  const write = (trigger: string, reason: Reason, force = false) => {
    const last = ledger.get(trigger)?.reason;
    if (last === reason || reason === 'fired-here' || (last && reason === 'chatting') || (last === 'fired' && !force)) return;
    ledger.set(trigger, { trigger, at: clock.now(), reason });
    reporting ??= clock.after(REPORT, report);
    ports.judged();
  };

  const entries = () => [...ledger.values()].map(dated);

  const report = () => {
    reporting = undefined;
    const session = ports.session();
    if (session) ports.rest.visit(session, { visit: name, facts: facts.map(dated), ledger: entries() }).catch(() => undefined);
  };

  const judgeAll = () => {
    timer?.();
    let next = Infinity;
    for (const trigger of all()) {
      const { reason, due } = judge(trigger, visit, clock.now(), ports.match);
      if (due) next = Math.min(next, due);
      if (reason === 'asking') continue;
      if (reason === 'fired') {
        visit = fire(visit, trigger._id);
        void speak(trigger._id);
      }
      write(trigger._id, reason);
    }
    timer = next < Infinity ? clock.after(next - clock.now(), judgeAll) : undefined;
  };

  const look = () => {
    const { address } = visit;
    void ports.learn(patternsOf(all()), address).then(judgeAll);
  };

  const speak = async (id: string) => {
    const trigger = config().triggers.find((it) => it._id === id);
    const action = trigger?.actions[0];
    if (!trigger || !action) return;
    const { sender, msg, name: own, serviceFallbackMessage: fallback } = action.params;
    const external = action.name === 'use-external-service';
    let texts = msg ? [msg] : [];
    let agent = null;
    const ask = (step: 1 | -1) => {
      spoken.asking += external ? step : 0;
      if (external) ports.changed();
    };
    ask(1);
    try {
      if (external || sender !== 'custom') {
        const answer = await ports.rest.trigger(ports.session(), {
          trigger: id, visit: name, site: config().site, department: told.person.department,
          extraData: Object.entries(told.metadata).map(([key, value]) => ({ key, value })),
        });
        agent = answer.sender ?? null;
        if (external) texts = (answer.contents ?? []).map((it) => it.msg);
      }
    } catch (error) {
      if (error instanceof Refusal && error.code.includes('no-agent-online')) return write(id, 'no-agent', true);
      if (!external) return write(id, 'no-agent', true);
      texts = fallback ? [fallback] : [];
      if (!fallback) return write(id, 'service-failed', true);
    } finally {
      ask(-1);
    }
    if (visit.chatting) return;
    const by = { name: (sender === 'custom' && own) || agent?.name || agent?.username || '', ...userOf(sender === 'custom' ? null : agent) };
    const lines = texts.filter(Boolean).map((text) => ({ id: ports.id(), trigger: id, text, ...by, at: clock.now() }));
    spoken.lines = [...spoken.lines, ...lines];
    spoken.unread += lines.length;
    spoken.agent = agent ?? spoken.agent;
    tell('trigger-fired', { id, no: trigger.no ?? 0, title: trigger.name ?? '' });
    if (agent && !agent.hiddenInfo) tell('assign-agent', { name: agent.name, username: agent.username, status: agent.status });
    ports.changed();
  };

  const page = (href: string) => {
    if (href.slice(0, ADDRESS) === visit.address) return;
    happen({ is: 'page', address: href.slice(0, ADDRESS) });
    look();
  };

  happen({ is: 'online', yes: config().online });
  if (config().guest || told.registered) happen({ is: 'known' });
  if (config().room) happen({ is: 'chatting', yes: true });
  if (told.href) page(told.href);
  else judgeAll();

  return {
    page,
    /** What each trigger did last, and why. */
    ledger: entries,
    /** Something happened that pages are told of, too. */
    heard(event: EventName): void {
      const fact = HEARD[event];
      if (!fact) return;
      happen(fact);
      judgeAll();
      reporting ??= clock.after(REPORT, report);
    },
    /** The configuration was read anew. */
    renewed(): void {
      if (visit.online !== config().online) happen({ is: 'online', yes: config().online });
      look();
    },
  };
}

const dated = <T extends { at: number }>({ at, ...it }: T) => ({ ...it, at: new Date(at).toISOString() });
