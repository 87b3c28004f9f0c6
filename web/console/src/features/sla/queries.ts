// Priorities and SLA policies, for who keeps them.
import { queryOptions } from '@tanstack/react-query';
import { all } from '../../lib/all';
import { call } from '../../lib/api';
import { keys } from '../../lib/keys';
import type { Priority, SLA } from '../../lib/wire';

export interface PolicyDraft {
  _id: string | undefined;
  name: string;
  description: string;
  minutes: number;
}

export const policiesQuery = queryOptions({
  queryKey: [...keys.slas, 'all'],
  queryFn: () => all(async (page) => {
    const { sla: items, total } = await call('GET /api/v1/livechat/sla', { query: { ...page, sort: '{"dueTimeInMinutes":1}' } });
    return { items, total };
  }),
});

export function savePolicy({ _id, name, description, minutes }: PolicyDraft): Promise<unknown> {
  const body = { name, description, dueTimeInMinutes: minutes };
  if (_id === undefined) return call('POST /api/v1/livechat/sla', { body });
  return call('PUT /api/v1/livechat/sla/{slaId}', { path: { slaId: _id }, body });
}

export function removePolicy({ _id }: SLA): Promise<unknown> {
  return call('DELETE /api/v1/livechat/sla/{slaId}', { path: { slaId: _id } });
}

/** Renames a priority; without a name it has its usual one again. */
export function renamePriority({ _id }: Priority, name: string | undefined): Promise<unknown> {
  return call('PUT /api/v1/livechat/priorities/{priorityId}', { path: { priorityId: _id }, body: name === undefined ? { reset: true } : { name } });
}

export function resetPriorities(): Promise<unknown> {
  return call('POST /api/v1/livechat/priorities.reset', {});
}
