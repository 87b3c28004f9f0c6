// The departments: who answers together. Those at work and those put away.
import { Button, SegmentedControl, TextInput } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Archive, Plus, Search, Users } from 'lucide-react';
import { useDeferredValue, useState, type ReactNode } from 'react';
import { useMay } from '../../lib/session';
import { t } from '../../lib/text';
import '../../ui/inputs';
import { Page } from '../../ui/page';
import { Bones, Empty, Trouble } from '../../ui/state';
import styles from './departments.module.css';
import { listQuery, type Tab } from './queries';
import { Row } from './row';
import '../../lib/page-texts';

export function Departments() {
  const may = useMay();
  const [tab, setTab] = useState<Tab>('all');
  const [search, setSearch] = useState('');
  const text = useDeferredValue(search.trim());
  const add = may('manage-livechat-departments') && (
    <Button fw={400} fz="md" renderRoot={(props) => <Link {...props} to="/departments/$id" params={{ id: 'new' }} />} leftSection={<Plus aria-hidden size={16} />}>
      {t('departments.add')}
    </Button>
  );
  const some = (useInfiniteQuery(listQuery('all', '')).data?.pages[0]?.total ?? 0) > 0;
  const tabs = (['all', 'archived'] as const).map((value) => ({ value, label: t(`departments.tab.${value}`) }));
  return (
    <Page title={t('departments.title')} text={t('departments.text')} actions={some && add}>
      <div className={styles['tools']}>
        <SegmentedControl aria-label={t('departments.which')} data={tabs} value={tab} onChange={(value) => setTab(value as Tab)} />
        <TextInput className={styles['search'] ?? ''} type="search" aria-label={t('departments.search')} placeholder={t('departments.search')} leftSection={<Search aria-hidden size={16} />} value={search} onChange={(event) => setSearch(event.currentTarget.value)} />
      </div>
      <List key={tab} tab={tab} text={text} add={add} />
    </Page>
  );
}

interface ListProps {
  tab: Tab;
  text: string;
  add: ReactNode;
}

function List({ tab, text, add }: ListProps) {
  const { data, error, refetch, hasNextPage, isFetchingNextPage, fetchNextPage } = useInfiniteQuery({ ...listQuery(tab, text), placeholderData: (old) => old });
  const found = data?.pages.flatMap(({ departments }) => departments);
  const total = data?.pages.at(-1)?.total ?? 0;
  return (
    <div className={styles['card']}>
      {error && !data && <Trouble error={error} retry={() => void refetch()} />}
      {!data && !error && <Bones rows={4} height={60} />}
      {found?.length === 0 && <Nothing tab={tab} text={text} add={add} />}
      {found && found.length > 0 && (
        <div role="table" aria-label={t('departments.title')}>
          <div role="row" className={styles['head']}>
            {(['name', 'agents', 'enabled', 'shown'] as const).map((column) => <span key={column} role="columnheader" data-column={column}>{t(`departments.column.${column}`)}</span>)}
            <span role="columnheader"><span className="unseen">{t('departments.column.actions')}</span></span>
          </div>
          {found.map((department) => <Row key={department._id} department={department} />)}
        </div>
      )}
      {found && hasNextPage && (
        <div className={styles['more']}>
          <Button variant="default" loading={isFetchingNextPage} onClick={() => void fetchNextPage()}>{t('departments.more', { count: total - found.length })}</Button>
        </div>
      )}
    </div>
  );
}

function Nothing({ tab, text, add }: ListProps) {
  if (text) return <Empty icon={Search} title={t('records.none')} text={t('records.noneFound', { text })} />;
  if (tab === 'archived') return <Empty icon={Archive} title={t('departments.noneArchived')} text={t('departments.noneArchivedText')} />;
  return <Empty icon={Users} title={t('departments.none')} text={t('departments.noneText')}>{add}</Empty>;
}
