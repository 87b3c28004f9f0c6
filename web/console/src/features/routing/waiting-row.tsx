// A row of the waiting list: who, what he asks, how urgent it is, how long he has waited, and "take".
import { Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { memo } from 'react';
import { useDepartment } from '../../lib/departments';
import { usePriorityName } from '../../lib/priorities';
import { useTakesChats } from '../../lib/session';
import { t } from '../../lib/text';
import type { Inquiry } from '../../lib/wire';
import { Avatar } from '../../ui/avatar';
import { ChannelGlyph } from '../../ui/channel';
import { PriorityGlyph } from '../../ui/priority';
import styles from '../../ui/row.module.css';
import { Wait } from '../../ui/wait';

interface WaitingRowProps {
  inquiry: Inquiry;
  chosen: boolean;
  onTake(rid: string): void;
}

export const WaitingRow = memo(function WaitingRow({ inquiry, chosen, onTake }: WaitingRowProps) {
  const department = useDepartment(inquiry.department);
  const priority = usePriorityName(inquiry.priorityWeight);
  const takes = useTakesChats();
  return (
    <li className={styles['row']} data-chosen={chosen || undefined}>
      <Avatar name={inquiry.name} id={inquiry.v._id} glyph={<ChannelGlyph type={inquiry.source.type} />} />
      <div className={styles['body']}>
        <div className={styles['top']}>
          <Link to="/inbox/$rid" params={{ rid: inquiry.rid }} className={styles['name']} aria-current={chosen ? 'page' : undefined} data-row>
            <bdi>{inquiry.name}</bdi>
          </Link>
          {priority && <PriorityGlyph weight={inquiry.priorityWeight} name={priority} />}
          <Wait since={inquiry.ts} minutes={inquiry.estimatedWaitingTimeQueue} />
        </div>
        <div className={styles['bottom']}>
          <span className={styles['line']}>
            {department && <span className={styles['department']}><bdi>{department.name}</bdi></span>}
            <bdi>{inquiry.message || t('row.noMessage')}</bdi>
          </span>
          <Button size="compact-xs" variant="light" className={styles['action']} data-key="t" disabled={!takes} title={takes ? undefined : t('take.off')} aria-label={t('action.takeOf', { name: inquiry.name })} onClick={() => onTake(inquiry.rid)}>
            {t('action.take')}
          </Button>
        </div>
      </div>
    </li>
  );
});
