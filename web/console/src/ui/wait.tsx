// How long somebody has been waiting, counting up; urgency in colour and in words.
import { Clock } from 'lucide-react';
import { useNow } from '../lib/clock';
import { t } from '../lib/text';
import { duration, urgency } from '../lib/time';
import styles from './wait.module.css';

interface WaitProps {
  since: string;
  /** The minutes of the service level, if there is one. */
  minutes?: number;
}

export function Wait({ since, minutes }: WaitProps) {
  const from = Date.parse(since);
  const text = useNow((now) => duration(now - from));
  const level = useNow((now) => urgency(now - from, minutes));
  return (
    <span className={styles['wait']} data-urgency={level} title={t(`wait.${level}`)}>
      {level !== 'calm' && <Clock aria-hidden size={12} strokeWidth={2.25} />}
      <span className="unseen">{t('wait.label')} </span>
      <span className="tabular">{text}</span>
    </span>
  );
}
