// Why a trigger fires or does not, in words.
import { Check, Minus, TriangleAlert } from 'lucide-react';
import { maybe } from '../../lib/text';
import styles from './triggers.module.css';

const wrong = ['pattern-invalid', 'pattern-slow', 'service-failed', 'no-conditions'];

export function Reason({ reason }: { reason: string }) {
  const Icon = reason === 'fired' ? Check : wrong.includes(reason) ? TriangleAlert : Minus;
  return (
    <span className={styles['reason']} data-fired={reason === 'fired' || undefined} data-wrong={wrong.includes(reason) || undefined}>
      <Icon aria-hidden size={14} /> {maybe(`triggers.why.${reason}`) ?? reason}
    </span>
  );
}
