// What somebody has written and not sent, for each room; kept in this browser.
import { read, write } from './store';

const longest = 200;

type Drafts = Record<string, { text: string; at: number }>;

/** The unsent text of a room. */
export function draftOf(room: string): string {
  return (read<Drafts>('drafts') ?? {})[room]?.text ?? '';
}

/** Keeps a room's unsent text; empty text forgets it. The oldest give way when there are very many. */
export function keepDraft(room: string, text: string, at: number): void {
  const { [room]: _old, ...others } = read<Drafts>('drafts') ?? {};
  const next = text.trim() === '' ? others : { ...others, [room]: { text, at } };
  write('drafts', Object.fromEntries(newest(next)));
}

/** Forgets all drafts, at sign-out. */
export function forgetDrafts(): void {
  write('drafts', undefined);
}

function newest(drafts: Drafts): [string, Drafts[string]][] {
  const entries = Object.entries(drafts) as [string, Drafts[string]][];
  return entries.sort((a, b) => (b[1]?.at ?? 0) - (a[1]?.at ?? 0)).slice(0, longest);
}
