import type { Wishes } from '../../bridge/livechatoo';
import type { Listed, Operator, Page } from './says';

interface Numbered {
  readonly _id: string;
  readonly no: number;
}

/** Those that are named by number or id. Null: no restriction, because nobody or nobody known is named. */
export function named<T extends Numbered>(all: readonly T[], wanted: readonly string[] = []): readonly T[] | null {
  const found = all.filter(({ _id, no }) => wanted.includes(String(no)) || wanted.includes(_id));
  return found.length ? found : null;
}

/** Who may serve on this page. */
export interface Choice {
  readonly departments: readonly Page['departments'][number][];
  readonly operators: readonly Operator[];
  /** The page does not offer everybody. */
  readonly restricted: boolean;
  /** One of them is there; without a restriction the server knows. */
  readonly online: boolean;
}

export function choiceOf(page: Page, { departments, operators }: Pick<Wishes, 'departments' | 'operators'>): Choice {
  const rooms = named(page.departments, departments);
  const people = named(page.operators, operators);
  const serves = ({ departments }: Operator) => !rooms || departments.some((no) => rooms.some((it) => it.no === no));
  const pool = (people ?? page.operators).filter(serves);
  return {
    departments: rooms ?? page.departments, operators: pool, restricted: Boolean(rooms || people),
    online: page.operators.length ? pool.some((it) => it.online) : Boolean(rooms?.some((it) => it.online)),
  };
}

/** Warnings about numbers that nobody has. */
export function unknownOf(page: Page, { departments = [], operators = [] }: Wishes): string[] {
  return [
    ...(departments.length && !named(page.departments, departments) ? ['departments: none of these is known here, all are offered'] : []),
    ...(operators.length && !named(page.operators, operators) ? ['operators: none of these is known here, all are offered'] : []),
  ];
}

const alike = (a: string, b: string) => a.trim() === b.trim() || a.trim().toLowerCase() === b.trim().toLowerCase();

/** The list that visitors pick an operator from, by department; the page lists some of them in further ones. */
export function listOf({ departments, operators }: Choice, clones: Wishes['clones'] = {}): Listed[] {
  const own = operators.flatMap((operator): Listed[] => {
    const mine = departments.filter(({ no }) => operator.departments.includes(no)).map(({ name }) => name);
    return (mine.length ? mine : ['']).map((heading) => listed(operator, heading, false));
  });
  const more = Object.entries(clones).flatMap(([name, headings]) =>
    operators.filter((it) => alike(it.name || it.username, name)).flatMap((operator) =>
      headings.map((wanted) => listed(operator, departments.find((it) => alike(it.name, wanted))?.name ?? wanted.trim(), true))));
  const all = [...own, ...more.filter(({ key }) => !own.some((it) => it.key === key))];
  return all.filter(({ key }, i) => all.findIndex((it) => it.key === key) === i).sort((a, b) => (a.heading > b.heading ? 1 : a.heading < b.heading ? -1 : 0));
}

const listed = (operator: Operator, heading: string, virtual: boolean): Listed => ({ key: `${operator._id} ${heading}`, heading, operator, virtual });

/** One of those who are there. */
export function anyOf(operators: readonly Operator[], random: () => number): Operator | null {
  const there = operators.filter((it) => it.online);
  return there[Math.floor(random() * there.length)] ?? null;
}
