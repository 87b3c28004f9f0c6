// Above the messages: who it is, since when, who serves; and what one does next.
import { ActionIcon, Button, Tooltip } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { ArrowLeft, Check, PanelRight, Undo2 } from 'lucide-react';
import { t } from '../../lib/text';
import { now } from '../../lib/clock';
import { fullTime, sameDay, shortMoment, timeOfDay } from '../../lib/time';
import type { RoomDetail } from '../../lib/wire';
import { Avatar } from '../../ui/avatar';
import { Wait } from '../../ui/wait';
import styles from './header.module.css';
import { useReturn } from './queries';

interface HeaderProps {
  detail: RoomDetail;
  me: string;
  taking: boolean;
  context: boolean;
  onTake(): void;
  onClose(): void;
  onContext(): void;
}

export function Header({ detail, me, taking, context, onTake, onClose, onContext }: HeaderProps) {
  const { room, can } = detail;
  return (
    <header className={styles['header']}>
      <Link to="/inbox" className={styles['back']} aria-label={t('action.back')}>
        <ArrowLeft aria-hidden size={20} />
      </Link>
      <Avatar name={room.fname} id={room.v._id} presence={room.open ? room.v.status : undefined} />
      <div className={styles['who']}>
        <h1 className={styles['name']}><bdi>{room.fname}</bdi></h1>
        <Facts detail={detail} me={me} />
      </div>
      <div className={styles['actions']}>
        {can.return && <ReturnButton rid={room._id} />}
        {can.take && (
          <Button data-key="t" aria-keyshortcuts="t" loading={taking} onClick={onTake}>
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

function ReturnButton({ rid }: { rid: string }) {
  const give = useReturn(rid);
  return (
    <Tooltip label={t('action.return')}>
      <ActionIcon variant="subtle" color="gray" size={34} className={styles['panel']} aria-label={t('action.return')} loading={give.isPending} onClick={() => give.mutate()}>
        <Undo2 aria-hidden size={18} />
      </ActionIcon>
    </Tooltip>
  );
}

function Facts({ detail: { room, agent }, me }: { detail: RoomDetail; me: string }) {
  const began = sameDay(room.ts, now()) ? timeOfDay(room.ts) : shortMoment(room.ts, now());
  const served = room.servedBy && (room.servedBy._id === me ? t('header.you') : (agent?.name ?? room.servedBy.username));
  const page = room.source.destination;
  return (
    <p className={styles['facts']}>
      {!room.open && <span className={styles['ended']}>{t('header.closed')}</span>}
      {room.open && !room.servedBy && <Wait since={room.ts} />}
      {served && <span>{t('header.servedBy', { who: served })}</span>}
      <time dateTime={room.ts} title={fullTime(room.ts)}>{t('header.since', { time: began })}</time>
      {page && <bdi dir="ltr">{page}</bdi>}
    </p>
  );
}
