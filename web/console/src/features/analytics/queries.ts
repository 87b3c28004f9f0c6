// What analytics ask of the server, and the rows behind a figure.
import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query';
import { call, type Response, type Row as Endpoint } from '../../lib/api';
import { keys } from '../../lib/keys';

/** Whole days, as the server counts them, and a department. */
export interface Span {
  from: string;
  to: string;
  department: string | null;
}

export interface Total {
  title: string;
  value: string | number;
}

export type Chart = Response<'GET /api/v1/livechat/analytics/dashboards/charts-data'>;
export type Explained = Response<'GET /api/v1/livechat/analytics/overview/explain'>['rows'][number];

export const charts = ['Total_conversations', 'Avg_chat_duration', 'Total_messages', 'Avg_first_response_time', 'Best_first_response_time', 'Avg_response_time', 'Avg_reaction_time'] as const;
export type ChartName = (typeof charts)[number];

export const reports = ['status', 'source', 'department', 'tags', 'agent'] as const;
export type ReportName = (typeof reports)[number];
export interface Report {
  total: number;
  data: { label: string; value: number }[];
  unspecified?: number | undefined;
}

const of = (department: string | null) => (department ? { departmentId: department } : {});
const days = ({ from, to, department }: Span) => ({ from, to, ...of(department) });

export const overviewQuery = (name: 'Conversations' | 'Productivity', span: Span) => queryOptions({
  queryKey: [...keys.analytics, 'overview', name, span],
  queryFn: async () => (await call('GET /api/v1/livechat/analytics/overview', { query: { name, ...days(span) } })) as Total[],
  placeholderData: keepPreviousData,
});

export const chartQuery = (chartName: ChartName, { from, to, department }: Span) => queryOptions({
  queryKey: [...keys.analytics, 'chart', chartName, from, to, department],
  queryFn: () => call('GET /api/v1/livechat/analytics/dashboards/charts-data', { query: { chartName, start: from, end: to, ...of(department) } }),
  placeholderData: keepPreviousData,
});

export const agentsQuery = (name: ChartName, span: Span) => queryOptions({
  queryKey: [...keys.analytics, 'agents', name, span],
  queryFn: async () => (await call('GET /api/v1/livechat/analytics/agent-overview', { query: { name, ...days(span) } })).data ?? [],
  placeholderData: keepPreviousData,
});

export const reportQuery = (name: ReportName, start: string, end: string) => queryOptions({
  queryKey: [...keys.analytics, 'report', name, start, end],
  queryFn: (): Promise<Report> => call(`GET /api/v1/livechat/analytics/dashboards/conversations-by-${name}`, { query: { start, end } }),
  placeholderData: keepPreviousData,
});

/** A figure whose rows somebody wants to see. */
export interface Figure {
  /** The endpoint below analytics. */
  of: string;
  /** What people read. */
  title: string;
  query: Record<string, string | number | boolean>;
  /** How a row's part is shown. */
  as: 'time' | 'number';
}

const page = 50;

export const rowsQuery = ({ of: path, query }: Figure) => infiniteQueryOptions({
  queryKey: [...keys.analytics, 'rows', path, query],
  queryFn: ({ pageParam }) => call(`GET /api/v1/livechat/analytics/${path}/explain` as Endpoint & 'GET /api/v1/livechat/analytics/overview/explain', { query: { ...query, offset: pageParam, count: page } }),
  initialPageParam: 0,
  getNextPageParam: (last) => (last.offset + last.count < last.total ? last.offset + last.count : undefined),
});

/** The same number of days before. */
export function before({ from, to, department }: Span): Span {
  const day = 86_400_000;
  const length = Math.round((Date.parse(to) - Date.parse(from)) / day) + 1;
  const shift = (date: string) => new Date(Date.parse(date) - length * day).toISOString().slice(0, 10);
  return { from: shift(from), to: shift(to), department };
}
