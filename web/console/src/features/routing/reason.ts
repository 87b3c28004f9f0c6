// A decision of routing in words: what happened, why, and what ruled each candidate out.
import { explainCode } from '../../lib/explain';
import { maybe, t } from '../../lib/text';
import type { Decision } from '../../lib/wire';

export type Candidate = Decision['candidates'][number];

/** What was decided. */
export function outcome(decision: Decision): string {
  const { agent, by, department, rule, error } = decision;
  if (error) return t('why.notForwarded');
  if (agent && rule === 'taken') return t('why.took', { agent: nameOf(agent) });
  if (agent && rule === 'assigned') return t('why.gave', { agent: nameOf(agent), by: nameOf(by) });
  if (rule === 'returned') return t('why.gaveBack', { by: nameOf(by) });
  if (agent) return t('why.went', { agent: nameOf(agent) });
  return department ? t('why.waitsIn', { department: department.name }) : t('why.waits');
}

/** Why; nothing where the outcome says it already. The server's sentence is for codes of a later version. */
export function because(decision: Decision): string {
  const { error, rule = '', path = [], reason } = decision;
  if (rule === 'taken' || rule === 'assigned' || rule === 'returned') return '';
  const main = error ? (explainCode(error) ?? reason) : (maybe(key(decision)) ?? reason);
  const passed = path.length > 0 ? t('why.passed', { departments: path.map(({ name }) => name).join(', ') }) : '';
  return [fill(main, decision), passed].filter(Boolean).join(' ');
}

/** The text of the rule: for the routing method it is what told the agent from the others. */
function key({ rule, tie, method, candidates }: Decision): string {
  if (rule !== 'method') return `why.rule.${rule}`;
  if (method === 'External') return 'why.tie.external';
  if (tie === 'only' && candidates.some(({ out }) => out === 'full' || out === 'delayed')) return 'why.tie.room';
  return `why.tie.${tie}`;
}

function fill(text: string, { agent, wish, among = 0 }: Decision): string {
  const values: Record<string, string | number> = { agent: nameOf(agent), wish: nameOf(wish), among };
  return text.replace(/\{(\w+)\}/g, (hole, name: string) => String(values[name] ?? hole));
}

/** What ruled a candidate out; for who could have had the chat, how much he has to do. */
export function ruling({ out, has, limit, load }: Candidate): string {
  if (out === 'full' && has !== undefined && limit !== undefined) return t('why.out.fullOf', { has, limit });
  if (out) return maybe(`why.out.${out}`) ?? out;
  return t('forward.chats', { count: load });
}

/** The chosen one first, then who could have had it, then the others. */
export function inRank({ agent, candidates }: Decision): Candidate[] {
  const rank = (candidate: Candidate) => (candidate.agent._id === agent?._id ? 0 : candidate.out ? 2 : 1);
  return candidates.toSorted((a, b) => rank(a) - rank(b) || nameOf(a.agent).localeCompare(nameOf(b.agent)));
}

/** How a person is shown; of who is gone only the id is left. */
export function nameOf(person: Candidate['agent'] | undefined): string {
  return person?.name || person?.username || person?._id || '?';
}
