// All chats somebody may see, open and closed, found by state, department, agent, name and day.
import { Button, Group, Select, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { MessagesSquare, Search } from 'lucide-react';
import { Suspense, useState } from 'react';
import { useNow } from '../../lib/clock';
import { departmentsQuery, useDepartment } from '../../lib/departments';
import { later } from '../../lib/later';
import { useMay } from '../../lib/session';
import { t } from '../../lib/text';
import { fullTime, shortMoment } from '../../lib/time';
import type { Room } from '../../lib/wire';
import { Avatar } from '../../ui/avatar';
import { ChannelGlyph } from '../../ui/channel';
import '../../ui/inputs';
import { Page } from '../../ui/page';
import { Bones, Empty, Trouble } from '../../ui/state';
import styles from './chats.module.css';
import { chatsQuery, everything, onlyClosed, stateOf, states, type Filter, type State } from './find';
import { colleaguesQuery } from './colleagues';
import { FoundMessages } from './found-messages';
import { StarMark } from './rating';
import '../../lib/page-texts';

const RemoveClosed = later(async () => (await import('./remove-closed')).RemoveClosed);

/** Shorter words find too much. */
const leastLetters = 2;

export function Chats() {
  const [filter, setFilter] = useState<Filter>(everything);
  const [name] = useDebouncedValue(filter.name.trim(), 300);
  const wanted = { ...filter, name };
  const read = useInfiniteQuery(chatsQuery(wanted));
  const found = read.data?.pages.flatMap(({ rooms }) => rooms);
  const total = read.data?.pages[0]?.total ?? 0;
  const searching = name.length >= leastLetters;
  const filtered = Object.values(wanted).some(Boolean);
  const department = useDepartment(filter.department ?? undefined);
  const [removing, setRemoving] = useState(false);
  const removable = useMay()('remove-closed-livechat-rooms') && total > 0 && onlyClosed(wanted);
  return (
    <Page title={t('chats.title')} text={t('chats.text')}>
      <Filters filter={filter} put={(change) => setFilter({ ...filter, ...change })} />
      <Group justify="space-between" mih={44} mt={4}>
        <p className={styles['count']} role="status">{found && t('chats.count', { count: total })}</p>
        {removable && <Button variant="subtle" color="red" onClick={() => setRemoving(true)}>{t('chats.removeAll')}</Button>}
      </Group>
      <div className={styles['card']}>
        {read.error && !found && <Trouble error={read.error} retry={() => void read.refetch()} />}
        {!found && !read.error && <Bones rows={6} height={56} />}
        {found?.length === 0 && (searching ? <p className={styles['nothing']}>{t('chats.noName')}</p> : <Empty icon={filtered ? Search : MessagesSquare} title={t(filtered ? 'records.none' : 'chats.none')} text={t(filtered ? 'chats.noneFound' : 'chats.noneText')} />)}
        {found && found.length > 0 && <ul className={styles['list']}>{found.map((room) => <Row key={room._id} room={room} />)}</ul>}
      </div>
      {read.hasNextPage && <Group justify="center" mt="sm"><Button variant="default" loading={read.isFetchingNextPage} onClick={() => void read.fetchNextPage()}>{t('chats.more')}</Button></Group>}
      {searching && <FoundMessages text={name} department={filter.department} />}
      <Suspense>{removing && <RemoveClosed department={filter.department} name={department?.name} count={total} onDone={() => setRemoving(false)} />}</Suspense>
    </Page>
  );
}

interface FiltersProps {
  filter: Filter;
  put(change: Partial<Filter>): void;
}

function Filters({ filter, put }: FiltersProps) {
  const { data: departments = [] } = useQuery(departmentsQuery);
  const { data: agents = [] } = useQuery(colleaguesQuery);
  const clear = { clearable: true, clearButtonProps: { 'aria-label': t('action.clear') } };
  return (
    <div className={styles['filter']} role="search" aria-label={t('chats.filter')}>
      <TextInput type="search" aria-label={t('chats.search')} placeholder={t('chats.search')} leftSection={<Search aria-hidden size={16} />} value={filter.name} onChange={(event) => put({ name: event.currentTarget.value })} />
      <Select {...clear} aria-label={t('chats.state')} placeholder={t('chats.state')} data={states.map((state) => ({ value: state, label: t(`chats.state.${state}`) }))} value={filter.state} onChange={(state) => put({ state: state as State | null })} />
      <Select {...clear} searchable aria-label={t('chats.department')} placeholder={t('chats.department')} data={departments.map(({ _id, name }) => ({ value: _id, label: name }))} value={filter.department} onChange={(department) => put({ department })} />
      <Select {...clear} searchable aria-label={t('chats.agent')} placeholder={t('chats.agent')} data={agents.map(({ _id, name, username }) => ({ value: _id, label: name || username }))} value={filter.agent} onChange={(agent) => put({ agent })} />
      <TextInput type="date" label={t('chats.from')} value={filter.from} max={filter.to || undefined} onChange={(event) => put({ from: event.currentTarget.value })} />
      <TextInput type="date" label={t('chats.to')} value={filter.to} min={filter.from || undefined} onChange={(event) => put({ to: event.currentTarget.value })} />
    </div>
  );
}

function Row({ room }: { room: Room }) {
  const department = useDepartment(room.departmentId);
  const began = useNow((now) => shortMoment(room.ts, now));
  const state = stateOf(room);
  const stars = room.surveyFeedback?.['satisfaction'];
  const facts = [department?.name, room.servedBy?.username, t('chats.messages', { count: room.msgs })].filter((fact) => fact !== undefined);
  return (
    <li className={styles['row']}>
      <Avatar name={room.fname} id={room.v._id} size={36} glyph={<ChannelGlyph type={room.source.type} />} />
      <span className={styles['who']}>
        <Link to="/inbox/$rid" params={{ rid: room._id }} className={styles['name']}><bdi>{room.fname}</bdi></Link>
        <span className={styles['facts']}>{facts.map((fact, i) => <span key={fact}>{i > 0 && ' · '}<bdi>{fact}</bdi></span>)}</span>
      </span>
      <span className={styles['end']}>
        <span className={styles['first']}>
          {stars && <StarMark value={stars} />}
          <span className={styles['state']} data-state={state}>{t(`chats.state.${state}`)}</span>
        </span>
        <time className="tabular" dateTime={room.ts} title={fullTime(room.ts)}>{began}</time>
      </span>
    </li>
  );
}
