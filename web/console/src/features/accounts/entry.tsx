// The frame of the pages before one is inside: sign-in and set-up.
import type { ReactNode } from 'react';
import { Mark } from '../../ui/mark';
import styles from './entry.module.css';

interface EntryProps {
  title: string;
  text: string;
  children: ReactNode;
}

export function Entry({ title, text, children }: EntryProps) {
  return (
    <main className={styles['entry']}>
      <div className={styles['card']}>
        <Mark size={40} />
        <h1>{title}</h1>
        <p>{text}</p>
        {children}
      </div>
    </main>
  );
}
