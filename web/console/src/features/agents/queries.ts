// Agents: how they stand and why, and how they stood before.
import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { all } from '../../lib/all';
import { call, type Response } from '../../lib/api';
import { keys } from '../../lib/keys';
import type { Availability } from '../../lib/wire';

export type Standing = Omit<Response<'GET /api/v1/foyer/agents/{id}/standing'>, 'success'>;
export type Entry = Response<'GET /api/v1/foyer/agents/{id}/changes'>['changes'][number];

/** Below the key of people, which is outdated whenever an agent changes. */
const about = (id: string, what: string) => [...keys.agents, what, id] as const;

/** How an agent stands and why. */
export function standingQuery(id: string) {
  return queryOptions({
    queryKey: about(id, 'standing'),
    queryFn: () => call('GET /api/v1/foyer/agents/{id}/standing', { path: { id } }),
    refetchInterval: 60_000, // business hours open and close by themselves
  });
}

const page = 50;

/** How an agent stood, the latest first. */
export function historyQuery(id: string) {
  return infiniteQueryOptions({
    queryKey: about(id, 'history'),
    queryFn: ({ pageParam }) => call('GET /api/v1/foyer/agents/{id}/changes', { path: { id }, query: { offset: pageParam, count: page } }),
    initialPageParam: 0,
    getNextPageParam: ({ offset, count, total }) => (count > 0 && offset + count < total ? offset + count : undefined),
  });
}

export const agentsQuery = queryOptions({
  queryKey: [...keys.agents, 'all'],
  queryFn: () => all(async (query) => {
    const { users: items, total } = await call('GET /api/v1/livechat/users/{type}', { path: { type: 'agent' }, query });
    return { items, total };
  }),
});

export function setSwitch(agentId: string, status: Availability): Promise<{ status: Availability }> {
  return call('POST /api/v1/livechat/agent.status', { body: { agentId, status } });
}
