// A row of my chats: who, the last line, whether an answer is owed.
import { Link } from '@tanstack/react-router';
import { CornerUpLeft, Pause } from 'lucide-react';
import { memo } from 'react';
import { useNow } from '../../lib/clock';
import { draftOf } from '../../lib/drafts';
import { gist } from '../../lib/gist';
import { usePriorityName } from '../../lib/priorities';
import { t } from '../../lib/text';
import { shortMoment } from '../../lib/time';
import type { OwnRoom } from '../../lib/wire';
import { Avatar } from '../../ui/avatar';
import { ChannelGlyph } from '../../ui/channel';
import { PriorityGlyph } from '../../ui/priority';
import { Wait } from '../../ui/wait';
import styles from '../../ui/row.module.css';
import { SystemWords } from './system-words';

interface RoomRowProps {
  room: OwnRoom;
  /** It is the one shown. */
  chosen: boolean;
}

export const RoomRow = memo(function RoomRow({ room, chosen }: RoomRowProps) {
  const unread = chosen ? 0 : room.unread;
  const since = useNow((now) => shortMoment(room.lm, now));
  const priority = usePriorityName(room.priorityWeight);
  const owed = room.waitingResponse && room.lastMessage && !room.onHold;
  return (
    <li className={styles['row']} data-chosen={chosen || undefined} data-unread={unread > 0 || undefined} data-held={room.onHold}>
      <Avatar name={room.fname} id={room.v._id} glyph={<ChannelGlyph type={room.source.type} />} />
      <div className={styles['body']}>
        <div className={styles['top']}>
          <Link to="/inbox/$rid" params={{ rid: room._id }} className={styles['name']} aria-current={chosen ? 'page' : undefined} data-row>
            <bdi>{room.fname}</bdi>
          </Link>
          {priority && <PriorityGlyph weight={room.priorityWeight} name={priority} />}
          {owed ? <Wait since={room.metrics?.v?.lq ?? room.lm} /> : <time className={`${styles['time']} tabular`} dateTime={room.lm}>{since}</time>}
        </div>
        <div className={styles['bottom']}>
          <span className={styles['line']}>
            {owed && <CornerUpLeft aria-hidden size={13} className={styles['owed']} />}
            {room.onHold && <Pause aria-hidden size={13} className={styles['held']} />}
            {room.onHold && <span className="unseen">{t('header.onHold')} </span>}
            {owed && <span className="unseen">{t('row.owed')} </span>}
            <bdi>{lastLine(room)}</bdi>
          </span>
          {unread > 0 && <span className={styles['unread']}>{unread > 99 ? '99+' : unread}<span className="unseen"> {t('row.unread')}</span></span>}
        </div>
      </div>
    </li>
  );
});

function lastLine(room: OwnRoom) {
  const draft = draftOf(room._id);
  if (draft) return t('row.draft', { text: draft });
  const last = room.lastMessage;
  if (!last) return t('row.noMessage');
  if (last.t) return <SystemWords message={last} visitor={room.v._id} />;
  const text = gist(last);
  return last.u._id === room.v._id ? text : t('row.you', { text });
}
