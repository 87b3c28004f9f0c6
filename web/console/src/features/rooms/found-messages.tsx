// Messages that hold the words searched for, each leading to its chat.
import { Button, Group } from '@mantine/core';
import { infiniteQueryOptions, useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { call } from '../../lib/api';
import { useNow } from '../../lib/clock';
import { gist } from '../../lib/gist';
import { t } from '../../lib/text';
import { fullTime, shortMoment } from '../../lib/time';
import type { Message, Room } from '../../lib/wire';
import { Section } from '../../ui/page';
import { Bones, Trouble } from '../../ui/state';
import styles from './chats.module.css';

const pageSize = 20;

function foundQuery(text: string, department: string | null) {
  return infiniteQueryOptions({
    queryKey: ['chats', 'messages', text, department],
    queryFn: ({ pageParam }) => call('GET /api/v1/foyer/search', { query: { text, ...(department && { departmentId: department }), offset: pageParam, count: pageSize } }),
    initialPageParam: 0,
    getNextPageParam: ({ more, found }, _, offset) => (more ? offset + found.length : undefined),
  });
}

export function FoundMessages({ text, department }: { text: string; department: string | null }) {
  const read = useInfiniteQuery(foundQuery(text, department));
  const found = read.data?.pages.flatMap((page) => page.found);
  return (
    <Section title={t('chats.inMessages')}>
      {read.error && !found && <Trouble error={read.error} retry={() => void read.refetch()} />}
      {!found && !read.error && <Bones rows={2} height={56} />}
      {found?.length === 0 && <p className={styles['nothing']} role="status">{t('chats.noMessage')}</p>}
      {found && found.length > 0 && <ul className={styles['list']}>{found.map(({ room, message }) => <Hit key={message._id} room={room} message={message} />)}</ul>}
      {read.hasNextPage && <Group justify="center" p="sm"><Button variant="default" loading={read.isFetchingNextPage} onClick={() => void read.fetchNextPage()}>{t('chats.moreMessages')}</Button></Group>}
    </Section>
  );
}

function Hit({ room, message }: { room: Room; message: Message }) {
  const said = useNow((now) => shortMoment(message.ts, now));
  return (
    <li className={styles['row']}>
      <span className={styles['who']}>
        <Link to="/inbox/$rid" params={{ rid: room._id }} className={styles['name']}><bdi>{room.fname}</bdi></Link>
        <bdi className={styles['words']} dir="auto">{gist(message)}</bdi>
      </span>
      <span className={styles['end']}>
        {message.u._id !== room.v._id && <bdi>{message.u.name || message.u.username}</bdi>}
        <time className="tabular" dateTime={message.ts} title={fullTime(message.ts)}>{said}</time>
      </span>
    </li>
  );
}
