// What stands where content would: nothing yet, still loading, not allowed, gone wrong.
import { Button } from '@mantine/core';
import { RotateCw, TriangleAlert, WifiOff, type LucideIcon } from 'lucide-react';
import { useEffect, useState, type ReactNode } from 'react';
import { Unreachable } from '../lib/api';
import { explain } from '../lib/explain';
import { t } from '../lib/text';
import styles from './state.module.css';

interface EmptyProps {
  icon: LucideIcon;
  title: string;
  text?: string;
  children?: ReactNode;
  /** It is all there is on the page, so its title is the page's. */
  page?: boolean;
}

/** An empty place that says what will stand here and what to do. */
export function Empty({ icon: Icon, title, text, children, page = false }: EmptyProps) {
  const Title = page ? 'h1' : 'p';
  return (
    <div className={styles['state']}>
      <span className={styles['glyph']}>
        <Icon aria-hidden size={22} strokeWidth={1.75} />
      </span>
      <Title className={styles['title']}>{title}</Title>
      {text && <p className={styles['text']}>{text}</p>}
      {children && <div className={styles['action']}>{children}</div>}
    </div>
  );
}

interface TroubleProps {
  error: Error;
  retry?: () => void;
  page?: boolean;
}

/** Content that could not be read: what happened, and a way on. */
export function Trouble({ error, retry, page = false }: TroubleProps) {
  const unreachable = error instanceof Unreachable;
  return (
    <div role="alert">
      <Empty
        page={page}
        icon={unreachable ? WifiOff : TriangleAlert}
        title={t(unreachable ? 'trouble.unreachable' : 'trouble.refused')}
        text={explain(error)}
      >
        {retry && (
          <Button variant="default" leftSection={<RotateCw aria-hidden size={15} />} onClick={retry}>
            {t('action.retry')}
          </Button>
        )}
      </Empty>
    </div>
  );
}

/** True once something has taken long enough that a person wonders. */
export function useLong(pending: boolean, ms = 300): boolean {
  const [long, setLong] = useState(false);
  useEffect(() => {
    if (!pending) return setLong(false);
    const timer = window.setTimeout(() => setLong(true), ms);
    return () => window.clearTimeout(timer);
  }, [pending, ms]);
  return long && pending;
}

interface BonesProps {
  rows?: number;
  /** Height of one row in pixels. */
  height?: number;
}

/** The shape of content to come; shows itself only when waiting grows long. */
export function Bones({ rows = 5, height = 64 }: BonesProps) {
  const long = useLong(true);
  if (!long) return null;
  return (
    <div role="status" aria-label={t('state.loading')} className={styles['bones']}>
      {Array.from({ length: rows }, (_, i) => (
        <div key={i} className={styles['bone']} style={{ blockSize: height }}>
          <span className={styles['round']} />
          <span className={styles['lines']}>
            <span style={{ inlineSize: `${46 + ((i * 17) % 30)}%` }} />
            <span style={{ inlineSize: `${60 + ((i * 23) % 35)}%` }} />
          </span>
        </div>
      ))}
    </div>
  );
}
