// Large figures, each with the change against the period before, if it is known, and its rows behind it.
import { Minus, TrendingDown, TrendingUp } from 'lucide-react';
import { t } from '../../lib/text';
import styles from './analytics.module.css';
import { amount, measured, nameOf, shown } from './format';
import type { Total } from './queries';

interface CardsProps {
  totals: Total[];
  earlier?: Total[] | undefined;
  onOpen(title: string): void;
}

export function Cards({ totals, earlier, onOpen }: CardsProps) {
  return (
    <ul className={styles['cards']}>
      {totals.map(({ title, value }) => (
        <li key={title}>
          <button type="button" className={styles['figure']} onClick={() => onOpen(title)}>
            <span className={styles['quiet']}>{nameOf(title)}</span>
            <span className={styles['value']}>{shown(title, value)}</span>
            <Change now={measured(value)} before={measured(earlier?.find((one) => one.title === title)?.value)} />
          </button>
        </li>
      ))}
    </ul>
  );
}

function Change({ now, before }: { now: number | undefined; before: number | undefined }) {
  if (now === undefined || !before) return null;
  const percent = Math.round((100 * (now - before)) / before);
  const Glyph = percent === 0 ? Minus : percent > 0 ? TrendingUp : TrendingDown;
  return <span className={styles['change']}><Glyph aria-hidden size={14} />{t('analytics.change', { percent: `${percent > 0 ? '+' : ''}${amount(percent)}` })}</span>;
}
