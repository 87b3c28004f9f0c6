// What this feature reads: how the routing method behaves, the queue's order, who serves how much.
import { queryOptions, useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { call, type Response } from '../../lib/api';
import { keys } from '../../lib/keys';
import { settingQuery } from '../../lib/public-settings';
import { useMay } from '../../lib/session';
import type { Inquiry } from '../../lib/wire';
import { inOrder } from './order';

/** How the screens of the routing method behave. */
export const routingQuery = queryOptions({
  queryKey: keys.routing,
  queryFn: async () => (await call('GET /api/v1/livechat/config/routing', {})).config,
  staleTime: 10 * 60_000,
});

export const sortingQuery = settingQuery('Omnichannel_sorting_mechanism');

/** The waiting chats in the queue's order. */
export function useInOrder(waiting: readonly Inquiry[] | undefined): Inquiry[] | undefined {
  const { data: sorting } = useQuery(sortingQuery);
  return useMemo(() => waiting && inOrder(waiting, sorting ?? 'Timestamp'), [waiting, sorting]);
}

/** As many of the waiting chats as the list may show (RQ-MAN-2). */
export function useShown(waiting: Inquiry[]): Inquiry[] {
  const { data: most } = useQuery(settingQuery('Livechat_guest_pool_max_number_incoming_livechats_displayed'));
  return most ? waiting.slice(0, most) : waiting;
}

/** Whether the queue overview is for the signed-in person: the method has one, and agents may be kept out. */
export function useQueueLink(): boolean {
  const may = useMay();
  const manager = may('view-livechat-manager');
  const { data: routing } = useQuery({ ...routingQuery, enabled: may('view-livechat-queue') });
  const { data: forAgents } = useQuery(settingQuery('Livechat_show_queue_list_link'));
  return (routing?.showQueueLink ?? false) && (manager || forAgents === true);
}

export type Agent = Response<'GET /api/v1/livechat/users/{type}'>['users'][number];

/** Who serves how many chats of which department. */
export const servingQuery = queryOptions({
  queryKey: keys.serving,
  queryFn: async () => (await call('GET /api/v1/livechat/queue', { query: { count: 100, includeOfflineAgents: true } })).queue,
  staleTime: 5_000,
  refetchInterval: 30_000,
});
