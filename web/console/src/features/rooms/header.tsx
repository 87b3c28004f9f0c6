// Above the messages: who it is, since when, who serves; and what one does next.
import { ActionIcon, Button, Tooltip } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { ArrowLeft, Check, PanelRight, Pause } from 'lucide-react';
import { now } from '../../lib/clock';
import { usePriorityName } from '../../lib/priorities';
import { useTakesChats } from '../../lib/session';
import { t } from '../../lib/text';
import { fullTime, sameDay, shortMoment, timeOfDay } from '../../lib/time';
import type { RoomDetail } from '../../lib/wire';
import { Avatar } from '../../ui/avatar';
import { PriorityGlyph } from '../../ui/priority';
import { Wait } from '../../ui/wait';
import { Actions } from './actions';
import styles from './header.module.css';
import { presenceOf } from './presence';

interface HeaderProps {
  detail: RoomDetail;
  me: string;
  taking: boolean;
  context: boolean;
  onTake(): void;
  onForward(): void;
  onClose(): void;
  onContext(): void;
}

export function Header({ detail, me, taking, context, onTake, onForward, onClose, onContext }: HeaderProps) {
  const { room, can } = detail;
  const takes = useTakesChats();
  return (
    <header className={styles['header']}>
      <Link to="/inbox" className={styles['back']} aria-label={t('action.back')}>
        <ArrowLeft aria-hidden size={20} />
      </Link>
      <Avatar name={room.fname} id={room.v._id} presence={room.open ? presenceOf(room) : undefined} />
      <div className={styles['who']}>
        <h1 className={styles['name']}><bdi>{room.fname}</bdi></h1>
        <Facts detail={detail} me={me} />
      </div>
      <div className={styles['actions']}>
        <Actions detail={detail} onForward={onForward} />
        {can.take && (
          <Button data-key="t" aria-keyshortcuts="t" disabled={!takes} title={takes ? undefined : t('take.off')} loading={taking} onClick={onTake}>
            {t('action.take')}
          </Button>
        )}
        {can.close && !can.take && (
          <Button variant="default" data-key="e" aria-keyshortcuts="e" leftSection={<Check aria-hidden size={16} />} onClick={onClose} classNames={{ root: styles['close'] ?? '', label: styles['label'] ?? '', section: styles['glyph'] ?? '' }}>
            {t('action.close')}
          </Button>
        )}
        <Tooltip label={t('context.toggle')}>
          <ActionIcon variant={context ? 'light' : 'subtle'} color={context ? undefined : 'gray'} size={34} data-key="i" aria-keyshortcuts="i" aria-label={t('context.toggle')} aria-pressed={context} onClick={onContext} className={styles['panel']}>
            <PanelRight aria-hidden size={18} />
          </ActionIcon>
        </Tooltip>
      </div>
    </header>
  );
}

function Facts({ detail: { room, agent }, me }: { detail: RoomDetail; me: string }) {
  const began = sameDay(room.ts, now()) ? timeOfDay(room.ts) : shortMoment(room.ts, now());
  const served = room.servedBy && (room.servedBy._id === me ? t('header.you') : (agent?.name ?? room.servedBy.username));
  const page = room.source.destination;
  const priority = usePriorityName(room.priorityWeight);
  return (
    <p className={styles['facts']}>
      {!room.open && <span className={styles['ended']}>{t('header.closed')}</span>}
      {room.onHold && <span className={styles['held']}><Pause aria-hidden size={12} strokeWidth={2.5} />{t('header.onHold')}</span>}
      {priority && <span className={styles['priority']}><PriorityGlyph weight={room.priorityWeight} />{priority}</span>}
      {room.open && !room.servedBy && <Wait since={room.ts} />}
      {served && <span>{t(room.open ? 'header.servedBy' : 'header.wasServedBy', { who: served })}</span>}
      <time dateTime={room.ts} title={fullTime(room.ts)}>{t('header.since', { time: began })}</time>
      {page && <bdi dir="ltr">{page}</bdi>}
    </p>
  );
}
