// What this feature reads over REST.
import { queryOptions } from '@tanstack/react-query';
import { call, type Response } from '../../lib/api';
import { keys } from '../../lib/keys';

export type Check = Response<'GET /api/v1/foyer/rooms/{rid}/identity'>['checks'][number];

/** What the site said about a room's visitor. */
export function identityQuery(rid: string) {
  return queryOptions({
    queryKey: keys.identity(rid),
    queryFn: () => call('GET /api/v1/foyer/rooms/{rid}/identity', { path: { rid } }),
    staleTime: 60_000,
  });
}

/** The address of the page beside a room; it is good for less than an hour. */
export function frameQuery(rid: string) {
  return queryOptions({
    queryKey: ['frame', rid],
    queryFn: async () => (await call('POST /api/v1/foyer/rooms/{rid}/frame', { path: { rid } })).url,
    staleTime: 50 * 60_000,
    gcTime: 0,
    retry: false,
  });
}
