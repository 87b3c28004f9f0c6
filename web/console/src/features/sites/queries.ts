// Sites and what each has of its own.
import { queryOptions } from '@tanstack/react-query';
import { all } from '../../lib/all';
import { call, type Response } from '../../lib/api';

type Answer = Response<'GET /api/v1/foyer/sites'>;
export type Site = Answer['sites'][number];
export type Own = Answer['settings'][number];
export type Value = string | boolean | readonly string[];

export interface SiteDraft {
  _id: string;
  name: string;
  hosts: string[];
  businessHour: string;
  departments: string[];
}

export const hourNamesQuery = queryOptions({
  queryKey: ['hours', 'names'],
  queryFn: () => all(async (page) => {
    const { businessHours: items, total } = await call('GET /api/v1/livechat/business-hours', { query: page });
    return { items, total };
  }),
});

export function saveSite(body: SiteDraft): Promise<unknown> {
  return call('POST /api/v1/foyer/sites', { body });
}

export function removeSite({ _id: site }: Site): Promise<unknown> {
  return call('DELETE /api/v1/foyer/sites/{site}', { path: { site } });
}

export interface Override {
  site: string;
  setting: string;
  /** Absent: as the general settings say. */
  value: Value | undefined;
}

export function override({ site, setting, value }: Override): Promise<unknown> {
  const path = { site, setting };
  if (value === undefined) return call('DELETE /api/v1/foyer/sites/{site}/settings/{setting}', { path });
  return call('POST /api/v1/foyer/sites/{site}/settings/{setting}', { path, body: { value } });
}
