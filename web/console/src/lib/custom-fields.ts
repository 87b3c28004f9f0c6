// The custom fields that are defined, as forms and panels show them.
import { queryOptions } from '@tanstack/react-query';
import { all } from './all';
import { call, type Response } from './api';
import { keys } from './keys';

export type CustomField = Response<'GET /api/v1/livechat/custom-fields'>['customFields'][number];

/** All of them, by label. */
export const fieldsQuery = queryOptions({
  queryKey: keys.fields,
  queryFn: () => all(async (page) => {
    const { customFields: items, total } = await call('GET /api/v1/livechat/custom-fields', { query: page });
    return { items, total };
  }),
  staleTime: 60_000,
});

/** What one chooses from in a select. */
export function choicesOf({ options }: Pick<CustomField, 'options'>): string[] {
  return options.split(',').filter(Boolean);
}
