// What visitors left while nobody was there.
import { infiniteQueryOptions } from '@tanstack/react-query';
import { call, type Response } from '../../lib/api';
import { keys } from '../../lib/keys';

export type OfflineMessage = Response<'GET /api/v1/foyer/offline.messages'>['messages'][number];
export type State = 'new' | 'read' | 'handled';
export const states: readonly State[] = ['new', 'read', 'handled'];

const pageSize = 50;

export interface Filter {
  state: State | null;
  text: string;
}

export function offlineQuery({ state, text }: Filter) {
  const wanted = { ...(state && { state }), ...(text && { text }) };
  return infiniteQueryOptions({
    queryKey: [...keys.offline, wanted],
    queryFn: ({ pageParam }) => call('GET /api/v1/foyer/offline.messages', { query: { ...wanted, offset: pageParam, count: pageSize } }),
    initialPageParam: 0,
    getNextPageParam: ({ offset, count, total }) => (offset + count < total ? offset + count : undefined),
  });
}

export const mark = ({ _id, state }: { _id: string; state: State }) => call('POST /api/v1/foyer/offline.mark', { body: { _id, state } });
export const remove = ({ _id }: OfflineMessage) => call('POST /api/v1/foyer/offline.delete', { body: { _id } });
