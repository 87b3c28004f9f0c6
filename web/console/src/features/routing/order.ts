// The queue's order, the same as the server's (RQ-SORT-4).
import type { Inquiry } from '../../lib/wire';

type Key = (inquiry: Inquiry) => number | string;

const minute = 60_000;
const deadline: Key = ({ ts, estimatedWaitingTimeQueue }) => Date.parse(ts) + estimatedWaitingTimeQueue * minute;

/** What comes before the age, by the setting's value; unknown ones sort by age alone (RQ-SORT-5). */
const first: Partial<Record<string, Key>> = {
  Priority: ({ priorityWeight }) => priorityWeight,
  SLAs: ({ estimatedWaitingTimeQueue }) => estimatedWaitingTimeQueue,
  SLADeadline: deadline,
};

/** The waiting chats, the next one first. */
export function inOrder(waiting: readonly Inquiry[], sorting: string): Inquiry[] {
  const key: Key = first[sorting] ?? (() => 0);
  return waiting.toSorted((a, b) => compare(key(a), key(b)) || compare(a.ts, b.ts) || compare(b._updatedAt, a._updatedAt) || compare(a._id, b._id));
}

function compare(a: number | string, b: number | string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
