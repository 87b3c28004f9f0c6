/** What to do with a numbered frame: use it, drop it as known, or use it and ask again for what is missing before it. */
export type Verdict = 'use' | 'drop' | 'gap';

/**
 * Keeps account of a room's numbers: `last` is the number up to which nothing is
 * missing. While a join is under way everything is used, because using twice is
 * harmless and only the answer to the join says what is complete.
 */
export function openSync() {
  let last = 0;
  let joining = false;
  return {
    last: () => last,
    /** A join after `last` is asked for. */
    join(): void {
      joining = true;
    },
    /** Everything up to seq is here. */
    complete(seq: number): void {
      joining = false;
      last = Math.max(last, seq);
    },
    see(seq: number): Verdict {
      if (joining) return 'use';
      if (seq <= last) return 'drop';
      if (seq > last + 1) return 'gap';
      last = seq;
      return 'use';
    },
  };
}
