// The eight figures of departments, put side by side.
import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { call } from '../../lib/api';
import { keys } from '../../lib/keys';
import { moments, type Span } from './queries';

/** A figure of departments: its endpoint, the field of its answer and how it is written. */
export const columns = [
  { path: 'amount-of-chats', field: 'rooms', as: 'number' },
  { path: 'average-waiting-time', field: 'averageWaitingTimeInSeconds', as: 'time' },
  { path: 'average-service-time', field: 'averageServiceTimeInSeconds', as: 'time' },
  { path: 'total-service-time', field: 'serviceTimeDuration', as: 'time' },
  { path: 'average-chat-duration-time', field: 'averageChatDurationTimeInSeconds', as: 'time' },
  { path: 'total-transferred-chats', field: 'numberOfTransferredRooms', as: 'number' },
  { path: 'total-abandoned-chats', field: 'abandonedRooms', as: 'number' },
  { path: 'percentage-abandoned-chats', field: 'percentageOfAbandonedChats', as: 'percent' },
] as const;

export type Column = (typeof columns)[number];

/** A department's figures by endpoint; no id: chats without a department. */
export interface DepartmentFigures {
  id: string | null;
  figures: Partial<Record<Column['path'], number>>;
}

type Answer = { departments: ({ _id: string | null } & Record<string, unknown>)[] };

/** One row of each department that any of the answers knows. */
export function joined(answers: Answer[]): DepartmentFigures[] {
  const rows = new Map<string | null, DepartmentFigures>();
  answers.forEach(({ departments }, i) => departments.forEach((one) => {
    const { path, field } = columns[i] as Column;
    const row = rows.get(one._id) ?? { id: one._id, figures: {} };
    row.figures[path] = one[field] as number;
    rows.set(one._id, row);
  }));
  return [...rows.values()];
}

/** How the table is sorted: by a figure or by name. */
export interface Order {
  by: Column['path'] | 'name';
  falling: boolean;
}

/** Rows in an order; those without the figure come last, equal ones by name. */
export function sorted(rows: DepartmentFigures[], { by, falling }: Order, nameOf: (row: DepartmentFigures) => string): DepartmentFigures[] {
  const byName = (a: DepartmentFigures, b: DepartmentFigures) => nameOf(a).localeCompare(nameOf(b));
  return rows.toSorted((a, b) => {
    if (by === 'name') return falling ? -byName(a, b) : byName(a, b);
    const [x, y] = [a.figures[by], b.figures[by]];
    if (x === undefined || y === undefined) return Number(x === undefined) - Number(y === undefined) || byName(a, b);
    return (falling ? y - x : x - y) || byName(a, b);
  });
}

export const departmentsFiguresQuery = (span: Span) => queryOptions({
  queryKey: [...keys.analytics, 'departments', span],
  queryFn: async () => {
    const query = { ...moments(span), count: 0 };
    return joined(await Promise.all(columns.map(({ path }) => call(`GET /api/v1/livechat/analytics/departments/${path}`, { query }) as Promise<Answer>)));
  },
  placeholderData: keepPreviousData,
});
