// Settings everybody signed in may read.
import { queryOptions } from '@tanstack/react-query';
import type { Settings } from '@foyer/shared/gen/settings';
import { call } from './api';
import { keys } from './keys';

/** The value of a public setting; undefined for one that is not public. A change outdates it. */
export function settingQuery<Id extends keyof Settings>(id: Id) {
  return queryOptions({
    queryKey: [...keys.settings, id],
    queryFn: async () => {
      const { settings } = await call('GET /api/v1/settings.public', { query: { _id: id } });
      return (settings.find(({ _id }) => _id === id)?.value ?? null) as Settings[Id] | null;
    },
    staleTime: 10 * 60_000,
  });
}
