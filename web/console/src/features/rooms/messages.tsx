// A room's messages: sticks to the latest, reads older ones when scrolled up.
import { ActionIcon, Button } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { ArrowDown } from 'lucide-react';
import { useEffect, useMemo, useRef, useState } from 'react';
import { now } from '../../lib/clock';
import { t } from '../../lib/text';
import { dayLabel } from '../../lib/time';
import type { History, Room } from '../../lib/wire';
import { Group, Pending } from './bubble';
import styles from './messages.module.css';
import { useOutgoing } from './outgoing';
import { readOlder } from './queries';
import { ReadMark } from './read-mark';
import { SystemLines } from './system-lines';
import { timeline, type Item } from './timeline';
import { Typing } from './typing';

interface MessagesProps {
  room: Room;
  history: History;
  me: string;
  /** Number of the last message seen before; undefined: nothing is new. */
  seen: number | undefined;
}

export function Messages({ room, history, me, seen }: MessagesProps) {
  const frame = useRef<HTMLDivElement>(null);
  const { below, onScroll, toLatest } = useLatest(frame, history.messages.length);
  const { entries, retry, discard } = useOutgoing(room._id, history);
  const items = useMemo(() => timeline(history.messages, { visitor: room.v._id, seen }), [history.messages, room.v._id, seen]);

  useEffect(() => { if (entries.length > 0) toLatest('auto'); }, [entries.length]);

  return (
    <div className={styles['place']}>
      <div ref={frame} className={styles['frame']} onScroll={onScroll} tabIndex={0} role="region" aria-label={t('room.messages')}>
        <div className={styles['list']} role="log" aria-live="polite" aria-relevant="additions" aria-label={t('room.log', { name: room.fname })}>
          {history.more && <Older rid={room._id} frame={frame} />}
          {items.map((item) => (
            <Line key={item.key} item={item} room={room} me={me} />
          ))}
          <ReadMark rid={room._id} last={history.messages.at(-1)} me={me} />
          {entries.length > 0 && <Pending entries={entries} onRetry={retry} onDiscard={discard} />}
          <Typing rid={room._id} />
        </div>
      </div>
      {below.far && (
        <Button className={styles['latest']} variant="default" radius="xl" size="xs" leftSection={<ArrowDown aria-hidden size={14} />} onClick={() => toLatest('smooth')}>
          {below.news > 0 ? t('room.newBelow', { count: below.news }) : t('room.latest')}
        </Button>
      )}
    </div>
  );
}

function Line({ item, room, me }: { item: Item; room: Room; me: string }) {
  switch (item.is) {
    case 'day':
      return (
        <div className={styles['day']} role="separator">
          <span>{dayLabel(item.at, now())}</span>
        </div>
      );
    case 'new':
      return (
        <div className={styles['new']} role="separator">
          <span>{t('room.newSince')}</span>
        </div>
      );
    case 'system':
      return <SystemLines messages={item.messages} visitor={room.v._id} />;
    case 'group':
      return <Group messages={item.messages} visitor={item.visitor} name={room.fname} own={item.messages[0]?.u._id === me} />;
  }
}

/** How far the latest message is, and how many came since it was out of sight. */
function useLatest(frame: React.RefObject<HTMLDivElement | null>, count: number) {
  const [far, setFar] = useState(false);
  const [at, setAt] = useState(count);
  // The frame is laid out from the bottom: 0 is the latest, negative is older.
  const onScroll = () => {
    const away = (frame.current?.scrollTop ?? 0) < -160;
    if (away !== far) setFar(away);
    if (!away) setAt(count);
  };
  useEffect(() => { if (!far) setAt(count); }, [count, far]);
  const toLatest = (behavior: ScrollBehavior) => frame.current?.scrollTo({ top: 0, behavior });
  return { below: { far, news: Math.max(0, count - at) }, onScroll, toLatest };
}

/** Reads older messages when it comes near the screen. */
function Older({ rid, frame }: { rid: string; frame: React.RefObject<HTMLDivElement | null> }) {
  const client = useQueryClient();
  const mark = useRef<HTMLDivElement>(null);
  const [failed, setFailed] = useState(false);
  const [reading, setReading] = useState(false);
  const read = () => {
    setReading(true);
    setFailed(false);
    readOlder(client, rid).catch(() => setFailed(true)).finally(() => setReading(false));
  };
  useEffect(() => {
    if (!mark.current || failed || reading) return;
    const watch = new IntersectionObserver(([seen]) => seen?.isIntersecting && read(), { root: frame.current, rootMargin: '600px 0px' });
    watch.observe(mark.current);
    return () => watch.disconnect();
  }, [failed, reading]);
  return (
    <div ref={mark} className={styles['older']}>
      {failed ? (
        <Button size="xs" variant="default" onClick={read}>{t('room.olderFailed')}</Button>
      ) : (
        <ActionIcon variant="transparent" loading aria-label={t('room.older')} />
      )}
    </div>
  );
}
