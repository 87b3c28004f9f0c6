// A row of the waiting list: who, what he asks, how long he has waited, and "take".
import { Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { memo } from 'react';
import { t } from '../../lib/text';
import type { Inquiry } from '../../lib/wire';
import { Avatar } from '../../ui/avatar';
import { ChannelGlyph } from '../../ui/channel';
import styles from '../../ui/row.module.css';
import { Wait } from '../../ui/wait';

interface WaitingRowProps {
  inquiry: Inquiry;
  chosen: boolean;
  onTake(rid: string): void;
}

export const WaitingRow = memo(function WaitingRow({ inquiry, chosen, onTake }: WaitingRowProps) {
  return (
    <li className={styles['row']} data-chosen={chosen || undefined}>
      <Avatar name={inquiry.name} id={inquiry.v._id} glyph={<ChannelGlyph type={inquiry.source.type} />} />
      <div className={styles['body']}>
        <div className={styles['top']}>
          <Link to="/inbox/$rid" params={{ rid: inquiry.rid }} className={styles['name']} aria-current={chosen ? 'page' : undefined} data-row>
            <bdi>{inquiry.name}</bdi>
          </Link>
          <Wait since={inquiry.ts} />
        </div>
        <div className={styles['bottom']}>
          <span className={styles['line']}>
            <bdi>{inquiry.message || t('row.noMessage')}</bdi>
          </span>
          <Button size="compact-xs" variant="light" className={styles['action']} data-key="t" aria-label={t('action.takeOf', { name: inquiry.name })} onClick={() => onTake(inquiry.rid)}>
            {t('action.take')}
          </Button>
        </div>
      </div>
    </li>
  );
});
