// Business hours, and what they would be before they are saved.
import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { all } from '../../lib/all';
import { call } from '../../lib/api';
import { days, workHours, type Day, type Hour } from './week';

export const hoursKey = ['hours'] as const;

export interface HourDraft {
  _id?: string | undefined;
  type: Hour['type'];
  name: string;
  zone: string;
  active: boolean;
  departments: string[];
  week: Day[];
}

export const hoursQuery = queryOptions({
  queryKey: hoursKey,
  queryFn: () => all(async (page) => {
    const { businessHours: items, total } = await call('GET /api/v1/livechat/business-hours', { query: page });
    return { items, total };
  }),
  refetchInterval: 60_000, // whether they are open changes by itself
});

export function saveHour({ _id, type, name, zone, active, departments, week }: HourDraft): Promise<unknown> {
  const daysOpen = days.filter((name) => week.some(({ day, open }) => open && day === name));
  return call('POST /api/v1/livechat/business-hours.save', {
    body: { ...(_id && { _id }), type, name, timezoneName: zone, active, daysOpen, departmentsToApplyBusinessHour: departments.join(','), workHours: workHours(week) },
  });
}

export function removeHour({ _id, type }: Hour): Promise<unknown> {
  return call('POST /api/v1/livechat/business-hours.remove', { body: { _id, type } });
}

/** Whether windows that are not saved yet would be open now, and until when. */
export function previewQuery({ zone, active, week }: Pick<HourDraft, 'zone' | 'active' | 'week'>) {
  const body = { timezoneName: zone, active, workHours: workHours(week) };
  return queryOptions({
    queryKey: [...hoursKey, 'preview', JSON.stringify(body)],
    queryFn: () => call('POST /api/v1/foyer/business-hours/preview', { body }),
    placeholderData: keepPreviousData,
    gcTime: 0,
    retry: false,
  });
}
