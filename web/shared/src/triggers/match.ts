import type { Match, Matcher } from './engine';

/** How long an expression may take, and how much of an address it sees. */
const WITHIN = 150;
const LONGEST = 2000;
/** How many outcomes are remembered. */
const MOST = 500;

const PLAIN = /^[\w\s/:#&=%@,;!~'-]*$/;

/**
 * Matches expressions as JavaScript does, without trust in them: each is tried in a worker
 * that is ended when it takes too long, and is not tried again then. So an expression that
 * needs years takes nothing from the page. Without special characters no worker is needed.
 */
export function openMatcher(start: () => Worker, within = WITHIN) {
  const known = new Map<string, Match>();
  const slow = new Set<string>();
  let worker: Worker | null = null;
  const key = (pattern: string, address: string) => `${pattern}\n${address.slice(0, LONGEST)}`;

  const ask = (pattern: string, address: string) => new Promise<Match>((resolve) => {
    const helper = (worker ??= start());
    const end = (match: Match) => {
      clearTimeout(timer);
      if (match === 'slow') {
        helper.terminate();
        worker = null;
        slow.add(pattern);
      }
      resolve(match);
    };
    // Time counts from the first answer: a worker that is still being loaded is not slow.
    let timer: ReturnType<typeof setTimeout> | undefined;
    helper.onmessage = ({ data }: MessageEvent<Match>) => {
      if (data !== 'unknown') return end(data);
      timer = setTimeout(() => end('slow'), within);
    };
    helper.onerror = () => end('slow');
    helper.postMessage({ pattern, address });
  });

  const find = async (pattern: string, address: string): Promise<Match> => {
    const seen = address.slice(0, LONGEST);
    if (PLAIN.test(pattern)) return seen.includes(pattern) ? 'yes' : 'no';
    return slow.has(pattern) ? 'slow' : ask(pattern, seen);
  };

  const match: Matcher = (pattern, address) => known.get(key(pattern, address)) ?? 'unknown';
  return {
    /** What is known. */
    match,
    /** Finds out, one after the other. */
    async learn(patterns: readonly string[], address: string): Promise<void> {
      for (const pattern of patterns) {
        const at = key(pattern, address);
        if (known.size > MOST) known.clear();
        if (!known.has(at)) known.set(at, await find(pattern, address));
      }
    },
    close(): void {
      worker?.terminate();
      worker = null;
    },
  };
}
