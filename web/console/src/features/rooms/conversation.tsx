// One chat: header, messages, composer. The room is followed while it is shown.
import { Button } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { ArrowLeft, CornerUpRight, Lock, MessagesSquare, Pause, Play } from 'lucide-react';
import { useEffect, type ReactNode } from 'react';
import { Refusal } from '../../lib/api';
import { useLive } from '../../lib/live';
import { useMe } from '../../lib/session';
import { t } from '../../lib/text';
import { fullTime } from '../../lib/time';
import type { History, RoomDetail } from '../../lib/wire';
import { Hint } from '../../ui/hint';
import { Bones, Empty, Trouble } from '../../ui/state';
import { DropPlace, Going } from './attach';
import { Composer } from './composer';
import styles from './conversation.module.css';
import { Messages } from './messages';
import { useHold } from './moves';
import { useSend } from './outgoing';
import { historyQuery, roomQuery, useJoin } from './queries';
import { useReading } from './reading';

interface ConversationProps {
  rid: string;
  header(detail: RoomDetail): ReactNode;
  /** Shown instead of a chat that may not be read yet. */
  unread?: ReactNode;
}

export function Conversation({ rid, header, unread }: ConversationProps) {
  const detail = useQuery(roomQuery(rid));
  const history = useQuery(historyQuery(rid));
  useFollow(rid, history.data);
  const error = detail.error ?? history.error;
  const refused = detail.error instanceof Refusal; // somebody else's by now, or gone
  if (refused || !detail.data || !history.data) {
    if (refused && unread) return <div className={styles['conversation']}>{unread}</div>;
    if (refused && detail.data) return <Lost />;
    if (error) return <NotShown error={error} retry={() => { void detail.refetch(); void history.refetch(); }} />;
    return <div className={styles['conversation']}><Bones rows={6} height={72} /></div>;
  }
  return (
    <div className={styles['conversation']}>
      {header(detail.data)}
      <Thread detail={detail.data} history={history.data} />
    </div>
  );
}

/** The room could not be read; on a phone there must be a way back. */
function NotShown({ error, retry }: { error: Error; retry: () => void }) {
  return (
    <div className={styles['conversation']}>
      <Link to="/inbox" className={styles['back']} aria-label={t('action.back')}>
        <ArrowLeft aria-hidden size={20} />
      </Link>
      <div className={styles['trouble']}>
        <Trouble page error={error} retry={retry} />
      </div>
    </div>
  );
}

/** The chat was here a moment ago and is somebody else's now. */
function Lost() {
  return (
    <div className={styles['conversation']}>
      <Empty page icon={CornerUpRight} title={t('room.lost')} text={t('room.lostText')}>
        <Button component={Link} to="/inbox" variant="default">{t('missing.back')}</Button>
      </Empty>
    </div>
  );
}

function Thread({ detail, history }: { detail: RoomDetail; history: History }) {
  const { room } = detail;
  const me = useMe();
  const seen = useReading(room, history);
  const send = useSend(room._id);
  const thread = (
    <>
      {history.messages.length === 0 ? (
        <Empty icon={MessagesSquare} title={t('room.empty')} text={t('room.emptyText')} />
      ) : (
        <Messages room={room} history={history} me={me._id} seen={seen} />
      )}
      <footer className={styles['footer']}>
        {room.onHold ? <Held detail={detail} /> : detail.can.write ? <><Going rid={room._id} /><Composer detail={detail} onSend={send} /></> : <Closed detail={detail} />}
      </footer>
    </>
  );
  return detail.can.write && !room.onHold ? <DropPlace rid={room._id}>{thread}</DropPlace> : thread;
}

/** The chat rests: who writes next wakes it. */
function Held({ detail: { room, can } }: { detail: RoomDetail }) {
  const hold = useHold(room._id);
  return (
    <div className={styles['closed']} role="status">
      <Pause aria-hidden size={16} />
      <span>{t('room.held')}</span>
      {can.resume && (
        <Button data-key="h" aria-keyshortcuts="h" leftSection={<Play aria-hidden size={16} />} loading={hold.isPending} onClick={() => hold.mutate(false)}>
          {t('action.resume')}
        </Button>
      )}
    </div>
  );
}

/** Why one cannot write here, and what one can do about it. */
function Closed({ detail }: { detail: RoomDetail }) {
  const { room, can } = detail;
  const join = useJoin(room._id);
  return (
    <div className={styles['closed']}>
      <Lock aria-hidden size={16} />
      <span>{reasonNotToWrite(detail)}</span>
      {room.open && room.verifying && room.contactId && <Link to="/contacts/$id" params={{ id: room.contactId }}>{t('contacts.show')}</Link>}
      {can.take && <Hint keys={['t']} text={t('action.take')} />}
      {can.join && !can.take && (
        <Button variant="default" loading={join.isPending} onClick={() => join.mutate()}>
          {t('action.join')}
        </Button>
      )}
    </div>
  );
}

function reasonNotToWrite({ room, agent }: RoomDetail): string {
  if (!room.open) {
    const at = room.closedAt ? fullTime(room.closedAt) : '';
    return room.closer === 'visitor' ? t('room.closedByVisitor', { at }) : t('room.closedBy', { at, who: room.closedBy?.name ?? room.closedBy?.username ?? '' });
  }
  if (!room.servedBy) return t(room.verifying ? 'room.verifying' : 'room.notTaken');
  return t('room.servedByOther', { who: agent?.name ?? room.servedBy.username });
}

/** Follows the room's events from where the history ends. */
function useFollow(rid: string, history: History | undefined): void {
  const live = useLive();
  const client = useQueryClient();
  const ready = history !== undefined;
  useEffect(() => {
    if (!ready) return;
    live.join(rid, client.getQueryData<History>(historyQuery(rid).queryKey)?.seq ?? 0);
    return () => live.leave(rid);
  }, [rid, ready]);
}
