// The departments, as every list and dialog names them.
import { queryOptions, useQuery } from '@tanstack/react-query';
import { call, type Response } from './api';
import { keys } from './keys';

export type Department = Response<'GET /api/v1/livechat/department'>['departments'][number];

const page = 100;

/** All departments that take chats, by name. */
export const departmentsQuery = queryOptions({
  queryKey: keys.departments,
  queryFn: async () => {
    const all: Department[] = [];
    for (;;) {
      const { departments, total } = await call('GET /api/v1/livechat/department', { query: { enabled: true, offset: all.length, count: page } });
      all.push(...departments);
      if (departments.length === 0 || all.length >= total) return all;
    }
  },
  staleTime: 60_000,
});

/** A department by its id; undefined while it is not known. */
export function useDepartment(id: string | undefined): Department | undefined {
  const { data } = useQuery({ ...departmentsQuery, enabled: id !== undefined });
  return data?.find(({ _id }) => _id === id);
}
