// Which days, and which department.
import { Select, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { departmentsQuery } from '../../lib/departments';
import { t } from '../../lib/text';
import '../../ui/inputs';
import styles from './analytics.module.css';
import type { Span } from './queries';

export const periods = ['today', 'yesterday', 'last7', 'last30', 'month', 'last6months', 'year'] as const;
type Period = (typeof periods)[number];

/** The days of a period that ends today, or did yesterday. */
export function daysOf(period: Period, now = new Date()): { from: string; to: string } {
  const at = (change: (date: Date) => void) => {
    const date = new Date(now);
    change(date);
    return written(date);
  };
  const ago = (days: number) => at((date) => date.setDate(date.getDate() - days));
  switch (period) {
    case 'today': return { from: ago(0), to: ago(0) };
    case 'yesterday': return { from: ago(1), to: ago(1) };
    case 'last7': return { from: ago(6), to: ago(0) };
    case 'last30': return { from: ago(29), to: ago(0) };
    case 'month': return { from: at((date) => date.setDate(1)), to: ago(0) };
    case 'last6months': return { from: ago(182), to: ago(0) };
    case 'year': return { from: ago(364), to: ago(0) };
  }
}

/** The day here, as the server reads it. */
export function written(date: Date): string {
  const two = (n: number) => String(n).padStart(2, '0');
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}

export function SpanFilter({ span, put }: { span: Span; put(span: Span): void }) {
  const period = periods.find((one) => { const { from, to } = daysOf(one); return from === span.from && to === span.to; });
  const day = (change: Partial<Span>) => { if (Object.values(change).every(Boolean)) put({ ...span, ...change }); };
  return (
    <div className={styles['filter']} role="search" aria-label={t('analytics.filter')}>
      <Select aria-label={t('analytics.period')} placeholder={t('analytics.period.own')} allowDeselect={false} data={periods.map((value) => ({ value, label: t(`analytics.period.${value}`) }))} value={period ?? null} onChange={(value) => value && put({ ...span, ...daysOf(value as Period) })} />
      <DepartmentSelect value={span.department} onChange={(department) => put({ ...span, department })} />
      <TextInput type="date" label={t('chats.from')} value={span.from} max={span.to} onChange={(event) => day({ from: event.currentTarget.value })} />
      <TextInput type="date" label={t('chats.to')} value={span.to} min={span.from} onChange={(event) => day({ to: event.currentTarget.value })} />
    </div>
  );
}

export function DepartmentSelect({ value, onChange }: { value: string | null; onChange(value: string | null): void }) {
  const { data = [] } = useQuery(departmentsQuery);
  return <Select clearable searchable clearButtonProps={{ 'aria-label': t('action.clear') }} aria-label={t('analytics.department')} placeholder={t('analytics.allDepartments')} data={data.map(({ _id, name }) => ({ value: _id, label: name }))} value={value} onChange={onChange} />;
}
