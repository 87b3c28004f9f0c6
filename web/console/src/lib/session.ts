// Who is signed in, and what the server lets him do.
import { queryOptions, useQuery, useSuspenseQuery } from '@tanstack/react-query';
import { call, Refusal, sessionLost } from './api';
import { keys } from './keys';
import type { Session, User } from './wire';

/** The session, or null when nobody is signed in. */
export const sessionQuery = queryOptions<Session | null>({
  queryKey: keys.session,
  queryFn: async ({ client }) => {
    try {
      return await call('GET /api/v1/foyer/console/session', {});
    } catch (cause) {
      if (!(cause instanceof Refusal) || cause.status !== 401) throw cause;
      if (!client.getQueryData(keys.session)) return null;
      sessionLost(); // what is known stays until the page is left
      throw cause;
    }
  },
  staleTime: Infinity,
});

/** The signed-in person. Only inside the frame, where somebody is signed in. */
export function useMe(): User {
  const { data } = useSuspenseQuery(sessionQuery);
  if (!data) throw new Error('nobody is signed in');
  return data.user;
}

/** Whether the signed-in person may be given chats now: an agent who is switched on, by himself and by business hours. */
export function useTakesChats(): boolean {
  return useMe().statusLivechat === 'available';
}

/** Whether the server lets the signed-in person do something. */
export function useMay(): (permission: string) => boolean {
  const { data } = useQuery(sessionQuery);
  return (permission) => data?.permissions.includes(permission) ?? false;
}

export function signOut(): Promise<unknown> {
  return call('POST /api/v1/foyer/console/logout', {});
}
