// The rows a figure was made from.
import { Button, Group, Modal } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Rows3 } from 'lucide-react';
import { useDepartmentNames } from '../../lib/department-names';
import { t } from '../../lib/text';
import { fullTime } from '../../lib/time';
import { Bones, Empty, Trouble } from '../../ui/state';
import styles from './analytics.module.css';
import { amount, seconds } from './format';
import { rowsQuery, type Explained, type Figure } from './queries';

export function Rows({ figure, onDone }: { figure: Figure; onDone(): void }) {
  const read = useInfiniteQuery(rowsQuery(figure));
  const rows = read.data?.pages.flatMap((page) => page.rows);
  const total = read.data?.pages[0]?.total ?? 0;
  return (
    <Modal opened onClose={onDone} size="lg" title={t('analytics.rowsOf', { figure: figure.title })} closeButtonProps={{ 'aria-label': t('action.dismiss') }}>
      <p className={styles['quiet']} role="status">{rows && t('analytics.rows', { count: total })}</p>
      {read.error && !rows && <Trouble error={read.error} retry={() => void read.refetch()} />}
      {!rows && !read.error && <Bones rows={4} height={48} />}
      {rows?.length === 0 && <Empty icon={Rows3} title={t('analytics.noRows')} text={t('analytics.noRowsText')} />}
      {rows && rows.length > 0 && <ul className={styles['rows']}>{rows.map((row) => <Line key={row._id} row={row} as={figure.as} />)}</ul>}
      {read.hasNextPage && <Group justify="center" mt="sm"><Button variant="default" loading={read.isFetchingNextPage} onClick={() => void read.fetchNextPage()}>{t('analytics.more')}</Button></Group>}
    </Modal>
  );
}

function Line({ row, as }: { row: Explained; as: Figure['as'] }) {
  const nameOf = useDepartmentNames();
  const facts = [fullTime(row.at), row.departmentId && nameOf(row.departmentId), row.agent && row.agent !== row.name ? row.agent : ''].filter(Boolean);
  return (
    <li className={styles['line']}>
      <span className={styles['what']}>
        {row.kind === 'room'
          ? <Link to="/inbox/$rid" params={{ rid: row._id }} className={styles['link']}><bdi>{row.name}</bdi></Link>
          : <bdi>{row.name}</bdi>}
        <span className={styles['quiet']}>{facts.map((fact, i) => <span key={fact}>{i > 0 && ' · '}<bdi>{fact}</bdi></span>)}</span>
      </span>
      <span className="tabular">{as === 'time' ? seconds(row.value) : amount(row.value)}</span>
    </li>
  );
}
