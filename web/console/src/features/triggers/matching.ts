// Tries expressions in a worker, as the widget does.
import { openMatcher } from '@foyer/shared/triggers/match';
import { useEffect, useState } from 'react';

const open = () => openMatcher(() => new Worker(new URL('../../../../shared/src/triggers/worker.ts', import.meta.url), { type: 'module' }));

export type Matching = ReturnType<typeof open>;

/** A matcher for as long as the screen is shown. */
export function useMatcher(): Matching {
  const [matcher] = useState(open);
  useEffect(() => () => matcher.close(), [matcher]);
  return matcher;
}
