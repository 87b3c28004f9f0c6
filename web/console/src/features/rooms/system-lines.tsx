// System lines: small, centred, folded when there are many.
import { UnstyledButton } from '@mantine/core';
import { useState } from 'react';
import { t } from '../../lib/text';
import { fullTime, timeOfDay } from '../../lib/time';
import type { Message } from '../../lib/wire';
import styles from './system-lines.module.css';
import { SystemWords } from './system-words';

const most = 3;

export function SystemLines({ messages, visitor }: { messages: Message[]; visitor: string }) {
  const [open, setOpen] = useState(false);
  const folded = !open && messages.length > most;
  const shown = folded ? messages.slice(-1) : messages;
  return (
    <div className={styles['lines']}>
      {folded && (
        <UnstyledButton className={styles['fold']} onClick={() => setOpen(true)}>
          {t('room.moreEvents', { count: messages.length - 1 })}
        </UnstyledButton>
      )}
      {shown.map((message) => (
        <p key={message._id} className={styles['line']}>
          <span dir="auto"><SystemWords message={message} visitor={visitor} /></span>{' '}
          <time dateTime={message.ts} title={fullTime(message.ts)} className="tabular">
            {timeOfDay(message.ts)}
          </time>
        </p>
      ))}
    </div>
  );
}
