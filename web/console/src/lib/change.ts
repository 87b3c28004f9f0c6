// A change of the cache as a value: which entry, and what becomes of it.
import type { QueryClient } from '@tanstack/react-query';
import type { Key } from './keys';

export interface Change {
  readonly key: readonly string[];
  /** What the entry becomes; without it the entry is out of date and read anew if somebody looks at it. */
  readonly to?: (old: unknown) => unknown;
}

/** The entry becomes what `to` makes of it; an entry that is not there stays away. */
export function change<T>(key: Key<T>, to: (old: T) => T): Change {
  return { key, to: (old) => (old === undefined ? undefined : to(old as T)) };
}

/** The entry becomes what `to` makes of it, beginning with `empty`. */
export function changeFrom<T>(key: Key<T>, empty: T, to: (old: T) => T): Change {
  return { key, to: (old) => to((old as T | undefined) ?? empty) };
}

/** The entry and all below it are out of date. */
export function outdated(key: readonly string[]): Change {
  return { key };
}

/** Carries the changes out. An entry that is being read just now is read once more, since the answer may be older. */
export function apply(client: QueryClient, changes: readonly Change[]): void {
  for (const { key, to } of changes) {
    if (!to) {
      renew(client, { queryKey: key });
      continue;
    }
    const reading = client.isFetching({ queryKey: key, exact: true }) > 0;
    client.setQueryData(key, to);
    if (reading) renew(client, { queryKey: key, exact: true });
  }
}

/** Reads entries anew, also those whose first answer is still on its way: it may be older than what made them outdated. */
export function renew(client: QueryClient, entries: { queryKey: readonly string[]; exact?: boolean }): void {
  const first = client.getQueryCache().findAll({ ...entries, fetchStatus: 'fetching' }).filter(({ state }) => state.data === undefined);
  void client.invalidateQueries(entries);
  if (first.length === 0) return;
  void Promise.allSettled(first.map(({ promise }) => promise)).then(() => client.invalidateQueries(entries, { cancelRefetch: false }));
}
