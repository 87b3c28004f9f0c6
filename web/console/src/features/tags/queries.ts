// Tags, all of them, for who keeps them.
import { queryOptions } from '@tanstack/react-query';
import { all } from '../../lib/all';
import { call, type Response } from '../../lib/api';
import { keys } from '../../lib/keys';

export type Tag = Response<'GET /api/v1/livechat/tags'>['tags'][number];

export interface TagDraft {
  _id: string | undefined;
  name: string;
  description: string;
  departments: string[];
}

export const tagsQuery = queryOptions({
  queryKey: [...keys.tags, 'all'],
  queryFn: () => all(async (page) => {
    const { tags: items, total } = await call('GET /api/v1/livechat/tags', { query: { viewAll: true, ...page } });
    return { items, total };
  }),
});

export function saveTag({ _id, name, description, departments }: TagDraft): Promise<unknown> {
  return call('POST /api/v1/livechat/tags.save', { body: { ...(_id && { _id }), tagData: { name, description }, tagDepartments: departments } });
}

export function removeTag({ _id }: Tag): Promise<unknown> {
  return call('POST /api/v1/livechat/tags.delete', { body: { id: _id } });
}
