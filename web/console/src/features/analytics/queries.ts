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

/** Whom a chat counts for: who served it last, or whoever answered. */
export const attributions = ['last', 'actual'] as const;
export type Attribution = (typeof attributions)[number];

const of = (department: string | null) => ({ ...(department && { departmentId: department }) });
/** Days as parameters. */
export const asked = ({ from, to, department }: Span) => ({ from, to, ...of(department) });

const midnight = (date: string, days = 0) => {
  const [year = 0, month = 1, day = 1] = date.split('-').map(Number);
  return new Date(year, month - 1, day + days);
};

/** The days here as moments: the first of them and the one after the last, which a report leaves out. */
export const bounds = ({ from, to }: Span) => ({ start: midnight(from).toISOString(), end: midnight(to, 1).toISOString() });

/** The same where the end is included. */
export const moments = (span: Span) => ({ start: bounds(span).start, end: new Date(midnight(span.to, 1).getTime() - 1).toISOString(), ...of(span.department) });

export const overviewQuery = (name: 'Conversations' | 'Productivity', span: Span) => queryOptions({
  queryKey: [...keys.analytics, 'overview', name, span],
  queryFn: async () => (await call('GET /api/v1/livechat/analytics/overview', { query: { name, ...asked(span) } })) as Total[],
  placeholderData: keepPreviousData,
});

export const chartQuery = (chartName: ChartName, { from, to, department }: Span) => queryOptions({
  queryKey: [...keys.analytics, 'chart', chartName, from, to, department],
  queryFn: () => call('GET /api/v1/livechat/analytics/dashboards/charts-data', { query: { chartName, start: from, end: to, ...of(department) } }),
  placeholderData: keepPreviousData,
});

export const agentsQuery = (name: ChartName, span: Span, attribution: Attribution) => queryOptions({
  queryKey: [...keys.analytics, 'agents', name, span, attribution],
  queryFn: async () => (await call('GET /api/v1/livechat/analytics/agent-overview', { query: { name, attribution, ...asked(span) } })).data ?? [],
  placeholderData: keepPreviousData,
});

export const reportQuery = (name: ReportName, query: { start: string; end: string; attribution?: Attribution }) => queryOptions({
  queryKey: [...keys.analytics, 'report', name, query],
  queryFn: (): Promise<Report> => call(`GET /api/v1/livechat/analytics/dashboards/conversations-by-${name}`, { query }),
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
