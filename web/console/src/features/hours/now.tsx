// Whether something is open now, and when that changes.
import { DoorClosed, DoorOpen } from 'lucide-react';
import { t } from '../../lib/text';
import { upcoming } from '../../lib/time';
import { useNow } from '../../lib/clock';
import styles from './hours.module.css';

interface NowProps {
  open: boolean;
  changesAt?: string | undefined;
  /** The zone the times are told in. */
  zone: string;
}

export function Now({ open, changesAt, zone }: NowProps) {
  const text = useNow((now) => nowText({ open, changesAt, zone }, now));
  const Icon = open ? DoorOpen : DoorClosed;
  return (
    <span className={styles['now']} data-state={open ? 'open' : 'closed'}>
      <Icon aria-hidden size={15} />
      {text}
    </span>
  );
}

function nowText({ open, changesAt, zone }: NowProps, now: number): string {
  if (!changesAt) return t(open ? 'hours.always' : 'hours.never');
  return t(open ? 'hours.openUntil' : 'hours.closedUntil', { time: upcoming(changesAt, now, zone) });
}
