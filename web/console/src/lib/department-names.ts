// Every department, also those that take no chats now, as records name and choose them.
import { queryOptions, useQuery } from '@tanstack/react-query';
import { all } from './all';
import { call } from './api';
import { keys } from './keys';

/** All of them, archived ones too. */
export const everyDepartmentQuery = queryOptions({
  queryKey: [...keys.departments, 'every'],
  queryFn: () => all(async (page) => {
    const { departments: items, total } = await call('GET /api/v1/livechat/department', { query: { showArchived: true, ...page } });
    return { items, total };
  }),
  staleTime: 60_000,
});

/** What to call a department; one that is gone goes by its id. */
export function useDepartmentNames(): (id: string) => string {
  const { data } = useQuery(everyDepartmentQuery);
  return (id) => data?.find(({ _id }) => _id === id)?.name ?? id;
}

/** What to choose departments from: all that are not archived, and the chosen ones. */
export function useDepartmentChoices(chosen: readonly string[]): { value: string; label: string }[] {
  const { data } = useQuery(everyDepartmentQuery);
  const open = data?.filter(({ _id, archived }) => !archived || chosen.includes(_id)) ?? [];
  const gone = chosen.filter((id) => !open.some(({ _id }) => _id === id));
  return [...open.map(({ _id, name }) => ({ value: _id, label: name })), ...gone.map((id) => ({ value: id, label: id }))];
}
