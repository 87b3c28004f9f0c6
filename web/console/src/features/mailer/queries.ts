// Mails on their way, and how they leave.
import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { call, type Response } from '../../lib/api';

export type Mail = Response<'GET /api/v1/foyer/mail'>['mails'][number];
export type Tried = Response<'POST /api/v1/foyer/mail.test'>;
export type State = 'waiting' | 'sent' | 'dead' | 'kept' | 'unsent';
export const states: readonly State[] = ['waiting', 'sent', 'dead', 'kept', 'unsent'];

export const mailKey = ['mail'];
const fresh = 5000;
const pageSize = 50;

export function mailsQuery(state: State | null) {
  const wanted = state ? { state } : {};
  return infiniteQueryOptions({
    queryKey: [...mailKey, 'list', wanted],
    queryFn: ({ pageParam }) => call('GET /api/v1/foyer/mail', { query: { ...wanted, offset: pageParam, count: pageSize } }),
    initialPageParam: 0,
    getNextPageParam: ({ offset, count, total }) => (offset + count < total ? offset + count : undefined),
    refetchInterval: fresh,
  });
}

export const mailQuery = (id: string) => queryOptions({ queryKey: [...mailKey, 'one', id], queryFn: () => call('GET /api/v1/foyer/mail/{id}', { path: { id } }) });
export const retryMail = ({ _id }: Mail) => call('POST /api/v1/foyer/mail.retry', { body: { _id } });
export const testMail = (to: string) => call('POST /api/v1/foyer/mail.test', { body: { to } });
