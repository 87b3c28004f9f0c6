// Who is on the sites now, and what an agent may say to them.
import { infiniteQueryOptions } from '@tanstack/react-query';
import { call, type Response } from '../../lib/api';
import { keys } from '../../lib/keys';

export type Visitor = Response<'GET /api/v1/foyer/onsite'>['visitors'][number];
export type Status = Visitor['status'];

const pageSize = 50;
/** Whoever is gone without a word disappears with the next reading. */
const rhythm = 20_000;

export function onsiteQuery(text: string) {
  const wanted = { ...(text && { text }) };
  return infiniteQueryOptions({
    queryKey: [...keys.onsite, wanted],
    queryFn: ({ pageParam }) => call('GET /api/v1/foyer/onsite', { query: { ...wanted, offset: pageParam, count: pageSize } }),
    initialPageParam: 0,
    getNextPageParam: ({ offset, count, total }) => (offset + count < total ? offset + count : undefined),
    refetchInterval: rhythm,
  });
}

export const invite = ({ _id, text }: { _id: string; text: string }) => call('POST /api/v1/foyer/onsite.invite', { body: { _id, text } });
export const withdraw = ({ _id }: Visitor) => call('POST /api/v1/foyer/onsite.withdraw', { body: { _id } });
