import type { Item } from '../model/state';

const TOGETHER = 5 * 60_000;
/** Longer blocks than that are drawn, and seen, in parts: cut at the same messages whatever else is known. */
const MOST = 10;

/** Items shown as one block: of one sender under one name within five minutes, on one day, and not too many, or a single system line. */
export interface Group {
  readonly key: string;
  /** The first of a day carries its date; today goes without saying when nothing came before. */
  readonly day: number | null;
  readonly items: readonly Item[];
}

/** Puts a conversation into blocks, in its order. */
export function group(items: readonly Item[], now: number): Group[] {
  const groups: { key: string; day: number | null; items: Item[] }[] = [];
  let last: Item | null = null;
  for (const item of items) {
    const sameDay = dayOf(last?.at ?? now) === dayOf(item.at);
    const current = groups[groups.length - 1];
    if (current && last && sameDay && (!item.seq || item.seq % MOST) && together(last, item)) current.items.push(item);
    else groups.push({ key: item.id, day: sameDay ? null : item.at, items: [item] });
    last = item;
  }
  return groups;
}

function together(a: Item, b: Item): boolean {
  if (a.line || b.line || a.mine !== b.mine || b.at - a.at > TOGETHER) return false;
  return a.mine || (a.by === b.by && a.name === b.name);
}

/** The local day of a moment, as a number to compare. */
export function dayOf(at: number): number {
  return new Date(at).setHours(0, 0, 0, 0);
}
