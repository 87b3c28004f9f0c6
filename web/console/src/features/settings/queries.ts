// The settings as the server describes them.
import { queryOptions } from '@tanstack/react-query';
import { call, type Response } from '../../lib/api';
import { keys } from '../../lib/keys';

export type Value = boolean | number | string | string[];

/** A setting with what a form needs. */
export type Setting = Response<'GET /api/v1/settings'>['settings'][number] & { value: Value; packageValue: Value };

export const settingsQuery = queryOptions({
  queryKey: keys.settings,
  queryFn: async () => (await call('GET /api/v1/settings', { query: { count: 0 } })).settings as Setting[],
});

/** The settings of the widget's look. */
export const appearanceQuery = queryOptions({
  queryKey: [...keys.settings, 'appearance'],
  queryFn: async () => (await call('GET /api/v1/livechat/appearance', {})).appearance as Setting[],
});

/** Stores settings of the widget's look, all or none. */
export function saveAppearance(looks: { _id: string; value: Value }[]): Promise<unknown> {
  return call('POST /api/v1/livechat/appearance', { body: looks as never });
}

/** Stores one setting. */
export function saveSetting(id: string, value: Value): Promise<unknown> {
  return call('POST /api/v1/settings/{_id}', { path: { _id: id }, body: { value } });
}

/** Whether two values are the same. */
export function same(a: Value, b: Value): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
