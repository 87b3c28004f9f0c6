// Who is on the sites now: where they are, how long, what they reached; agents may speak first.
import { Button, Group, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Footprints, Search } from 'lucide-react';
import { Suspense, useState, type ReactNode } from 'react';
import { later } from '../../lib/later';
import { t } from '../../lib/text';
import '../../ui/inputs';
import { Page } from '../../ui/page';
import { Bones, Empty, Trouble } from '../../ui/state';
import { onsiteQuery, type Visitor } from './queries';
import { VisitorRow } from './row';
import styles from './onsite.module.css';
import '../../lib/page-texts';

const VisitorView = later(async () => (await import('./visitor')).VisitorView);

export function Visitors({ ledger }: { ledger(visitor: Visitor): ReactNode }) {
  const [wanted, setWanted] = useState('');
  const [text] = useDebouncedValue(wanted.trim(), 300);
  const [open, setOpen] = useState<Visitor>();
  const read = useInfiniteQuery(onsiteQuery(text));
  const found = read.data && distinct(read.data.pages.flatMap(({ visitors }) => visitors));
  const first = read.data?.pages[0];
  const total = first?.total ?? 0;
  const now = open && found?.find(({ _id }) => _id === open._id);
  return (
    <Page wide title={t('visitors.title')} text={total > 0 && !text ? t(first?.partial ? 'visitors.thereYours' : 'visitors.there', { count: total }) : t('visitors.text')}>
      <TextInput mt="md" type="search" aria-label={t('visitors.search')} placeholder={t('visitors.search')} leftSection={<Search aria-hidden size={16} />} value={wanted} onChange={(event) => setWanted(event.currentTarget.value)} />
      {read.error && found && <p className={styles['stale']} role="status">{t('now.stale')}</p>}
      <div className={styles['card']}>
        {read.error && !found && <Trouble error={read.error} retry={() => void read.refetch()} />}
        {!found && !read.error && <Bones rows={5} height={64} />}
        {found?.length === 0 && <Empty icon={text ? Search : Footprints} title={t(text ? 'records.none' : 'visitors.none')} text={t(text ? 'visitors.noneFound' : 'visitors.noneText')} />}
        {found && found.length > 0 && <ul className={styles['list']}>{found.map((one) => <VisitorRow key={one._id} visitor={one} onOpen={() => setOpen(one)} />)}</ul>}
      </div>
      {read.hasNextPage && <Group justify="center" mt="sm"><Button variant="default" loading={read.isFetchingNextPage} onClick={() => void read.fetchNextPage()}>{t('visitors.more')}</Button></Group>}
      <Suspense>{open && <VisitorView key={open._id} visitor={now ?? open} gone={!now && !read.error} mayInvite={Boolean(first?.mayInvite)} ledger={ledger(now ?? open)} onDone={() => setOpen(undefined)} />}</Suspense>
    </Page>
  );
}

/** Between two pages of the list somebody may have moved. */
function distinct(all: readonly Visitor[]): Visitor[] {
  return [...new Map(all.map((one) => [one._id, one])).values()];
}
