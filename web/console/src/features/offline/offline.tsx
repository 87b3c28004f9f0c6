// What visitors left while nobody was there: read, answered by mail, dealt with.
import { Button, Group, Select, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useInfiniteQuery } from '@tanstack/react-query';
import { CircleCheck, MailOpen, MessageSquareText, Search, type LucideIcon } from 'lucide-react';
import { Suspense, useState } from 'react';
import { useNow } from '../../lib/clock';
import { later } from '../../lib/later';
import { t } from '../../lib/text';
import { shortMoment } from '../../lib/time';
import { Page } from '../../ui/page';
import { Record } from '../../ui/records';
import { Bones, Empty, Trouble } from '../../ui/state';
import styles from './offline.module.css';
import { offlineQuery, states, type Filter, type OfflineMessage, type State } from './queries';
import '../../lib/page-texts';

const MessageView = later(async () => (await import('./message')).MessageView);
const glyphs: { [S in State]: LucideIcon } = { new: MessageSquareText, read: MailOpen, handled: CircleCheck };

export function Offline() {
  const [filter, setFilter] = useState<Filter>({ state: null, text: '' });
  const [text] = useDebouncedValue(filter.text.trim(), 300);
  const [open, setOpen] = useState<string>();
  const read = useInfiniteQuery(offlineQuery({ ...filter, text }));
  const found = read.data?.pages.flatMap(({ messages }) => messages);
  const fresh = read.data?.pages[0]?.new ?? 0;
  const filtered = filter.state !== null || text !== '';
  const opened = found?.find(({ _id }) => _id === open);
  return (
    <Page title={t('offline.title')} text={fresh > 0 ? t('offline.fresh', { count: fresh }) : t('offline.text')}>
      <div className={styles['filter']}>
        <TextInput type="search" aria-label={t('offline.search')} placeholder={t('offline.search')} leftSection={<Search aria-hidden size={16} />} value={filter.text} onChange={(event) => setFilter({ ...filter, text: event.currentTarget.value })} />
        <Select clearable aria-label={t('offline.state')} placeholder={t('offline.state')} data={states.map((state) => ({ value: state, label: t(`offline.state.${state}`) }))} value={filter.state} onChange={(state) => setFilter({ ...filter, state })} clearButtonProps={{ 'aria-label': t('action.clear') }} />
      </div>
      <div className={styles['card']}>
        {read.error && !found && <Trouble error={read.error} retry={() => void read.refetch()} />}
        {!found && !read.error && <Bones rows={4} height={58} />}
        {found?.length === 0 && <Empty icon={filtered ? Search : MessageSquareText} title={t(filtered ? 'records.none' : 'offline.none')} text={t(filtered ? 'offline.noneFound' : 'offline.noneText')} />}
        {found && found.length > 0 && <ul className={styles['list']}>{found.map((one) => <Row key={one._id} message={one} onOpen={() => setOpen(one._id)} />)}</ul>}
      </div>
      {read.hasNextPage && <Group justify="center" mt="sm"><Button variant="default" loading={read.isFetchingNextPage} onClick={() => void read.fetchNextPage()}>{t('offline.more')}</Button></Group>}
      <Suspense>{opened && <MessageView key={opened._id} message={opened} onDone={() => setOpen(undefined)} />}</Suspense>
    </Page>
  );
}

function Row({ message: { state, name, message, ts, departmentName, channel }, onOpen }: { message: OfflineMessage; onOpen(): void }) {
  const known = state as State;
  const Glyph = glyphs[known];
  const when = useNow((now) => shortMoment(ts, now));
  const marks = [...(departmentName ? [departmentName] : []), ...(channel ? [`#${channel}`] : []), t(`offline.state.${known}`)];
  const line = message.length > 120 ? `${message.slice(0, 120)}…` : message;
  return <Record face={<Glyph aria-hidden size={18} className={styles[known]} />} name={name} text={<><bdi>{when}</bdi> · <bdi className={styles[known]}>{line}</bdi></>} marks={marks} onOpen={onOpen} />;
}
