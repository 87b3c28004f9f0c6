// Units with what belongs to them, and monitors.
import { queryOptions } from '@tanstack/react-query';
import { all } from '../../lib/all';
import { call, type Response } from '../../lib/api';
import { keys } from '../../lib/keys';
import type { Monitor, User } from '../../lib/wire';

export type Unit = Response<'GET /api/v1/livechat/units'>['units'][number];

export interface UnitDraft {
  name: string;
  visibility: Unit['visibility'];
  monitors: string[];
  departments: string[];
}

/** What one may choose, as fields want it. */
export interface Choice {
  value: string;
  label: string;
}

export const unitsQuery = queryOptions({
  queryKey: [...keys.units, 'all'],
  queryFn: () => all(async (page) => {
    const { units: items, total } = await call('GET /api/v1/livechat/units', { query: page });
    return { items, total };
  }),
});

/** A unit's own monitors and departments. */
export function membersQuery(id: string) {
  return queryOptions({
    queryKey: [...keys.units, 'members', id],
    queryFn: async () => {
      const [{ monitors }, departments] = await Promise.all([
        call('GET /api/v1/livechat/units/{id}/monitors', { path: { id } }),
        all(async (page) => {
          const { departments: items, total } = await call('GET /api/v1/livechat/units/{id}/departments', { path: { id }, query: page });
          return { items, total };
        }),
      ]);
      return {
        monitors: monitors.map(({ monitorId, username }): Choice => ({ value: monitorId, label: username })),
        departments: departments.map(({ _id, name }): Choice => ({ value: _id, label: name })),
      };
    },
    gcTime: 0,
  });
}

/** The departments that may be put into a unit; "none" is a new one. */
export function availableQuery(id: string) {
  return queryOptions({
    queryKey: [...keys.units, 'available', id],
    queryFn: () => all(async (page) => {
      const { departments, total } = await call('GET /api/v1/livechat/units/{id}/departments/available', { path: { id }, query: page });
      return { items: departments.map(({ _id, name }): Choice => ({ value: _id, label: name })), total };
    }),
    gcTime: 0,
  });
}

/** Saves a unit; answers who was left out, being no monitor. */
export async function saveUnit(id: string | undefined, { name, visibility, monitors, departments }: UnitDraft): Promise<string[]> {
  const body = { unitData: { name, visibility }, unitMonitors: monitors.map((monitorId) => ({ monitorId })), unitDepartments: departments.map((departmentId) => ({ departmentId })) };
  const saved = id === undefined ? await call('POST /api/v1/livechat/units', { body }) : await call('POST /api/v1/livechat/units/{id}', { path: { id }, body });
  return saved.warnings ?? [];
}

export function removeUnit({ _id }: Unit): Promise<unknown> {
  return call('DELETE /api/v1/livechat/units/{id}', { path: { id: _id } });
}

export const monitorsQuery = queryOptions({
  queryKey: keys.monitors,
  queryFn: () => all(async (page) => {
    const { monitors: items, total } = await call('GET /api/v1/livechat/monitors', { query: page });
    return { items, total };
  }),
});

export function addMonitor(username: string): Promise<unknown> {
  return call('POST /api/v1/livechat/monitors.create', { body: { username } });
}

export function removeMonitor({ username }: Monitor): Promise<unknown> {
  return call('POST /api/v1/livechat/monitors.delete', { body: { username } });
}

/** Who may be made a monitor: everybody for those who may see that, else agents and managers. */
export function candidatesQuery(everybody: boolean) {
  return queryOptions({
    queryKey: [...keys.people, 'candidates', String(everybody)],
    queryFn: async () => {
      const lists = everybody ? [await users()] : await Promise.all([members('agent'), members('manager')]);
      const people = new Map(lists.flat().map((user) => [user._id, user]));
      return [...people.values()].filter(({ _id, active, type }) => _id !== 'rocket.cat' && active && type === 'user');
    },
  });
}

function users(): Promise<User[]> {
  return all(async (page) => {
    const { users: items, total } = await call('GET /api/v1/users.list', { query: page });
    return { items, total };
  });
}

function members(type: 'agent' | 'manager'): Promise<User[]> {
  return all(async (page) => {
    const { users: items, total } = await call('GET /api/v1/livechat/users/{type}', { path: { type }, query: page });
    return { items, total };
  });
}
