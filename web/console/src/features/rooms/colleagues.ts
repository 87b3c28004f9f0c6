// Who and where a chat can be sent to.
import { queryOptions } from '@tanstack/react-query';
import { call, type Response } from '../../lib/api';
import type { Department } from '../../lib/departments';
import { keys } from '../../lib/keys';

export type Colleague = Response<'GET /api/v1/livechat/users/{type}'>['users'][number] & {
  /** How many chats he is in, those on hold left out. */
  chats: number;
};

/** The agents with what each has to do, read anew for each dialog. */
export const colleaguesQuery = queryOptions({
  queryKey: [...keys.people, 'colleagues'],
  queryFn: async (): Promise<Colleague[]> => {
    const { users } = await call('GET /api/v1/livechat/users/{type}', { path: { type: 'agent' }, query: { count: 100 } });
    return users.map((user) => ({ ...user, chats: user.chats ?? 0 })).toSorted(byUse);
  },
  staleTime: 0,
});

/** Whether chats can be given to an agent now, as far as it is known here; the server decides. */
export function isThere({ statusLivechat, status }: Pick<Colleague, 'statusLivechat' | 'status'>): boolean {
  return statusLivechat === 'available' && status !== 'offline';
}

/** Whether an agent has as many chats as he may have. */
export function isFull({ chats, mostChats }: Pick<Colleague, 'chats' | 'mostChats'>): boolean {
  return mostChats !== undefined && chats >= mostChats;
}

/** Those who are there first, the least busy of them first. */
function byUse(a: Colleague, b: Colleague): number {
  return Number(isThere(b)) - Number(isThere(a)) || a.chats - b.chats || (a.name || a.username).localeCompare(b.name || b.username);
}

/** The departments that a chat of the current one may be sent to. */
export function reachable(all: readonly Department[], current: Department | undefined): Department[] {
  const allowed = current?.departmentsAllowedToForward ?? [];
  return all.filter(({ _id }) => _id !== current?._id && (allowed.length === 0 || allowed.includes(_id)));
}
