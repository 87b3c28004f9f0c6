// Departments and operators with the numbers that pages know them by.
import { queryOptions } from '@tanstack/react-query';
import { call, type Response } from '../../lib/api';

type Answer = Response<'GET /api/v1/foyer/livechatoo'>;
export type Kind = 'department' | 'operator';

export interface Numbered {
  kind: Kind;
  _id: string;
  no: number;
  name: string;
  welcome: string;
  online: boolean;
}

export const numbersKey = ['livechatoo'] as const;

export const numbersQuery = queryOptions({
  queryKey: numbersKey,
  queryFn: async (): Promise<Numbered[]> => {
    const { departments, operators }: Answer = await call('GET /api/v1/foyer/livechatoo', {});
    return [
      ...departments.map((it): Numbered => ({ kind: 'department', _id: it._id, no: it.no, name: it.name, welcome: it.welcome ?? '', online: it.online })),
      ...operators.map((it): Numbered => ({ kind: 'operator', _id: it._id, no: it.no, name: it.name || it.username, welcome: it.welcome ?? '', online: it.online })),
    ];
  },
});

/** What the page told about a room's visitor. */
export const noteQuery = (rid: string) => queryOptions({
  queryKey: [...numbersKey, 'note', rid],
  queryFn: async () => (await call('GET /api/v1/foyer/rooms/{rid}/livechatoo', { path: { rid } })).note,
});

export function saveWelcome({ kind, _id: id, welcome: text }: Numbered): Promise<unknown> {
  return call('POST /api/v1/foyer/livechatoo.welcome', { body: { kind, id, text } });
}
