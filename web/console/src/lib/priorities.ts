// The five priorities and the service levels, as every list and menu names them.
import { queryOptions, useQuery } from '@tanstack/react-query';
import { call } from './api';
import { keys } from './keys';
import { maybe } from './text';
import type { Priority } from './wire';

/** The five, the highest first. */
export const prioritiesQuery = queryOptions({
  queryKey: keys.priorities,
  queryFn: async () => (await call('GET /api/v1/livechat/priorities', { query: {} })).priorities.toSorted((a, b) => a.sortItem - b.sortItem),
  staleTime: 10 * 60_000,
});

/** The service levels, the shortest first. */
export const slasQuery = queryOptions({
  queryKey: keys.slas,
  queryFn: async () => (await call('GET /api/v1/livechat/sla', { query: { count: 100 } })).sla.toSorted((a, b) => a.dueTimeInMinutes - b.dueTimeInMinutes),
  staleTime: 10 * 60_000,
});

/** What a priority is called here: its own name, or the usual one in the language in use. */
export function priorityName({ name, i18n }: Pick<Priority, 'name' | 'i18n'>): string {
  return name || maybe(`priority.${i18n}`) || i18n;
}

/** The name of the priority of a weight; undefined for rooms without one. */
export function usePriorityName(weight: number): string | undefined {
  const { data } = useQuery({ ...prioritiesQuery, enabled: weight <= 5 });
  const found = data?.find(({ sortItem }) => sortItem === weight);
  return found && priorityName(found);
}
