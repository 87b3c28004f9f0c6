// Keeping canned responses.
import { queryOptions } from '@tanstack/react-query';
import { all } from '../../lib/all';
import { call, type Request, type Response } from '../../lib/api';
import { keys } from '../../lib/keys';

export type Canned = Response<'GET /api/v1/canned-responses'>['cannedResponses'][number];

export interface Draft {
  _id: string | undefined;
  shortcut: string;
  text: string;
  scope: Request<'POST /api/v1/canned-responses'>['body']['scope'];
  departmentId: string;
  tags: string[];
}

export const cannedQuery = queryOptions({
  queryKey: [...keys.canned, 'all'],
  queryFn: () => all(async (page) => {
    const { cannedResponses: items, total } = await call('GET /api/v1/canned-responses', { query: page });
    return { items, total };
  }),
});

export function draftOf(one: Canned | undefined): Draft {
  const scope = one?.scope === 'global' || one?.scope === 'department' ? one.scope : 'user';
  return { _id: one?._id, shortcut: one?.shortcut ?? '', text: one?.text ?? '', scope, departmentId: one?.departmentId ?? '', tags: one?.tags ?? [] };
}

export function saveCanned({ _id, departmentId, scope, ...rest }: Draft): Promise<unknown> {
  return call('POST /api/v1/canned-responses', { body: { ...rest, scope, ...(_id && { _id }), ...(scope === 'department' && { departmentId }) } });
}

export function removeCanned({ _id }: Canned): Promise<unknown> {
  return call('DELETE /api/v1/canned-responses/{_id}', { path: { _id } });
}
