// Short notices at the edge of the screen: what was refused and why, what was done.
import { UnstyledButton } from '@mantine/core';
import { CircleAlert, CircleCheck, X } from 'lucide-react';
import { useEffect } from 'react';
import { store, useStore } from '../lib/store';
import { t } from '../lib/text';
import styles from './toast.module.css';

export interface Toast {
  tone: 'done' | 'refused';
  text: string;
}

const shown = store<readonly (Toast & { id: number })[]>([]);
let count = 0;

/** Shows a notice for some seconds. */
export function toast(notice: Toast): void {
  shown.set([...shown.get().slice(-2), { ...notice, id: ++count }]);
}

function dismiss(id: number): void {
  shown.set(shown.get().filter((notice) => notice.id !== id));
}

/** The place of the notices; once on the page. */
export function Toasts() {
  const notices = useStore(shown);
  return (
    <div className={styles['place']} role="log" aria-live="polite" aria-label={t('toast.label')}>
      {notices.map((notice) => (
        <Notice key={notice.id} {...notice} />
      ))}
    </div>
  );
}

function Notice({ id, tone, text }: Toast & { id: number }) {
  useEffect(() => {
    const timer = window.setTimeout(() => dismiss(id), tone === 'done' ? 4000 : 9000);
    return () => window.clearTimeout(timer);
  }, [id, tone]);
  const Icon = tone === 'done' ? CircleCheck : CircleAlert;
  return (
    <div className={styles['toast']} data-tone={tone}>
      <Icon aria-hidden size={18} className={styles['icon']} />
      <span className={styles['text']}>{text}</span>
      <UnstyledButton className={styles['close']} aria-label={t('action.dismiss')} onClick={() => dismiss(id)}>
        <X aria-hidden size={16} />
      </UnstyledButton>
    </div>
  );
}
