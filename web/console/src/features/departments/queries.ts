// Departments: lists, one of them, and what is done with them.
import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import type { Draft as Wire } from '@foyer/shared/gen/api';
import { all } from '../../lib/all';
import { call, Refusal, type Response } from '../../lib/api';
import { keys } from '../../lib/keys';
import type { User } from '../../lib/wire';

export type Department = Response<'GET /api/v1/livechat/department'>['departments'][number];
export type Link = NonNullable<Response<'GET /api/v1/livechat/department/{_id}'>['agents']>[number];

export interface Found {
  department: Department;
  agents: Link[];
}

export type Tab = 'all' | 'archived';

const page = 50;

/** A tab of the list, page by page. */
export function listQuery(tab: Tab, text: string) {
  return infiniteQueryOptions({
    queryKey: [...keys.departments, 'list', tab, text],
    queryFn: ({ pageParam: offset }) => {
      const query = { offset, count: page, onlyMyDepartments: true, ...(text && { text }) };
      return tab === 'all' ? call('GET /api/v1/livechat/department', { query }) : call('GET /api/v1/livechat/departments/archived', { query });
    },
    initialPageParam: 0,
    getNextPageParam: ({ offset, departments, total }) => (offset + departments.length < total && departments.length > 0 ? offset + departments.length : undefined),
  });
}

/** One department with its agents. */
export function departmentQuery(id: string) {
  return queryOptions({
    queryKey: [...keys.departments, 'one', id],
    queryFn: async (): Promise<Found> => {
      const { department, agents } = await call('GET /api/v1/livechat/department/{_id}', { path: { _id: id }, query: {} });
      if (!department) throw new Refusal(404, 'error-department-not-found', '');
      return { department, agents: agents ?? [] };
    },
  });
}

/** Everybody who can be put into a department. */
export const candidatesQuery = queryOptions({
  queryKey: [...keys.agents, 'candidates'],
  queryFn: () => all<User>(async (part) => {
    const { users: items, total } = await call('GET /api/v1/livechat/users/{type}', { path: { type: 'agent' }, query: part });
    return { items, total };
  }),
});

export const unitsQuery = queryOptions({
  queryKey: [...keys.departments, 'units'],
  queryFn: () => all(async (part) => {
    const { units: items, total } = await call('GET /api/v1/livechat/units', { query: part });
    return { items, total };
  }),
});

/** The names of tags, to choose from. */
export const tagNamesQuery = queryOptions({
  queryKey: [...keys.departments, 'tags'],
  queryFn: async () => (await all(async (part) => {
    const { tags: items, total } = await call('GET /api/v1/livechat/tags', { query: { viewAll: true, ...part } });
    return { items, total };
  })).map(({ name }) => name),
});

/** An agent's link as it is sent: what is left out stays, or is a newcomer's. */
export interface SentLink {
  agentId: string;
  count?: number;
  order?: number;
}

export interface Save {
  /** Absent: a new one. */
  id: string | undefined;
  department: Wire;
  agents: SentLink[];
  remove: string[];
  /** Absent: as it is; '': none. */
  unit: string | undefined;
}

export type Saved = Response<'POST /api/v1/livechat/department'>;

/** Stores a department; agents who leave go with a call of their own. */
export async function save({ id, department, agents, remove, unit }: Save): Promise<Saved> {
  const body = { department, agents, ...(unit !== undefined && { departmentUnit: unit ? { _id: unit } : {} }) };
  const saved = id
    ? await call('PUT /api/v1/livechat/department/{_id}', { path: { _id: id }, body })
    : await call('POST /api/v1/livechat/department', { body });
  if (id && remove.length > 0) {
    await call('POST /api/v1/livechat/department/{_id}/agents', { path: { _id: id }, body: { upsert: [], remove: remove.map((agentId) => ({ agentId })) } });
  }
  return saved;
}

export function archive({ _id }: Department): Promise<unknown> {
  return call('POST /api/v1/livechat/department/{_id}/archive', { path: { _id } });
}

export function unarchive({ _id }: Department): Promise<unknown> {
  return call('POST /api/v1/livechat/department/{_id}/unarchive', { path: { _id } });
}

export function remove({ _id }: Department): Promise<unknown> {
  return call('DELETE /api/v1/livechat/department/{_id}', { path: { _id } });
}
