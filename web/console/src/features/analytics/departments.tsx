// The figures of departments side by side, sorted by any of them.
import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { ArrowDown, ArrowUp, Download } from 'lucide-react';
import { useState } from 'react';
import { useDepartmentNames } from '../../lib/department-names';
import { t } from '../../lib/text';
import { Bones, Trouble } from '../../ui/state';
import styles from './analytics.module.css';
import { columns, departmentsFiguresQuery, sorted, type Column, type DepartmentFigures, type Order } from './department-queries';
import { amount, heading, percent, save, seconds } from './format';
import { moments, type Figure, type Span } from './queries';

const writers = { number: amount, time: seconds, percent: (value: number) => percent(value / 100) };

export function Departments({ span, onOpen }: { span: Span; onOpen(figure: Figure): void }) {
  const [order, setOrder] = useState<Order>({ by: 'name', falling: false });
  const read = useQuery(departmentsFiguresQuery(span));
  const names = useDepartmentNames();
  const nameOf = ({ id }: DepartmentFigures) => (id === null ? t('analytics.noDepartment') : names(id));
  const rows = sorted(read.data ?? [], order, nameOf);
  const turn = (by: Order['by']) => setOrder(order.by === by ? { by, falling: !order.falling } : { by, falling: by !== 'name' });
  const keep = () => save(`departments-${span.from}-${span.to}`, [[t('analytics.department'), ...columns.map(({ path, as }) => heading(t(`analytics.departments.${path}`), as))], ...rows.map((row) => [nameOf(row), ...columns.map(({ path }) => row.figures[path] ?? '')])]);
  const open = (row: DepartmentFigures, { path, as }: Column) => onOpen({ of: `departments/${path}`, title: `${t(`analytics.departments.${path}`)}, ${nameOf(row)}`, query: { ...moments({ ...span, department: null }), departmentId: row.id ?? 'null' }, as: as === 'time' ? 'time' : 'number' });
  return (
    <section className={styles['part']} aria-labelledby="analytics-departments">
      <header className={styles['head']}>
        <h2 id="analytics-departments">{t('analytics.departments')}</h2>
        {rows.length > 0 && <Button variant="default" leftSection={<Download aria-hidden size={15} />} onClick={keep}>{t('analytics.csv')}</Button>}
      </header>
      <div className={styles['card']}>
        {read.error && !read.data && <Trouble error={read.error} retry={() => void read.refetch()} />}
        {!read.data && !read.error && <Bones rows={3} height={44} />}
        {read.data?.length === 0 && <p className={styles['nobody']}>{t('analytics.none')}</p>}
        {rows.length > 0 && (
          <div className={styles['wide']} tabIndex={0} role="group" aria-labelledby="analytics-departments">
            <table className={styles['table']}>
              <thead>
                <tr>
                  <Head by="name" order={order} onTurn={turn}>{t('analytics.department')}</Head>
                  {columns.map(({ path }) => <Head key={path} by={path} order={order} onTurn={turn}>{t(`analytics.departments.${path}`)}</Head>)}
                </tr>
              </thead>
              <tbody>
                {rows.map((row) => (
                  <tr key={row.id}>
                    <th scope="row"><bdi>{nameOf(row)}</bdi></th>
                    {columns.map((column) => <td key={column.path}><Value row={row} column={column} name={nameOf(row)} onOpen={open} /></td>)}
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        )}
      </div>
    </section>
  );
}

interface HeadProps {
  by: Order['by'];
  order: Order;
  children: string;
  onTurn(by: Order['by']): void;
}

function Head({ by, order, children, onTurn }: HeadProps) {
  const mine = order.by === by;
  const Glyph = order.falling ? ArrowDown : ArrowUp;
  return (
    <th scope="col" aria-sort={mine ? (order.falling ? 'descending' : 'ascending') : undefined}>
      <button type="button" className={styles['sort']} onClick={() => onTurn(by)}>{children}{mine && <Glyph aria-hidden size={13} />}</button>
    </th>
  );
}

interface ValueProps {
  row: DepartmentFigures;
  column: Column;
  name: string;
  onOpen(row: DepartmentFigures, column: Column): void;
}

function Value({ row, column, name, onOpen }: ValueProps) {
  const value = row.figures[column.path];
  if (value === undefined) return <span className={styles['missing']}>{t('analytics.nothing')}</span>;
  const text = writers[column.as](value);
  if (value === 0) return text;
  return <button type="button" className={styles['open']} aria-label={`${name}, ${t(`analytics.departments.${column.path}`)}: ${text}`} onClick={() => onOpen(row, column)}>{text}</button>;
}
