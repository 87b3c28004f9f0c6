// A page beside the inbox: a title, a sentence, sections.
import type { ReactNode } from 'react';
import styles from './page.module.css';

interface PageProps {
  title: string;
  text?: string;
  actions?: ReactNode;
  /** Stands over the title: the way back. */
  above?: ReactNode;
  /** Nothing on it takes the focus: the page itself does, to be scrolled by key. */
  still?: boolean;
  /** What it shows beside its form needs more room than reading does. */
  wide?: boolean;
  children: ReactNode;
}

export function Page({ title, text, actions, above, still, wide, children }: PageProps) {
  return (
    <main className={styles['page']} tabIndex={still ? 0 : undefined}>
      <div className={styles['inner']} data-wide={wide || undefined}>
        {above}
        <header className={styles['header']}>
          <div>
            <h1>{title}</h1>
            {text && <p>{text}</p>}
          </div>
          {actions && <div className={styles['actions']}>{actions}</div>}
        </header>
        {children}
      </div>
    </main>
  );
}

/** A titled card of rows. */
export function Section({ id, title, text, children }: { id?: string; title: string; text?: string; children: ReactNode }) {
  return (
    <section id={id} className={styles['section']}>
      <h2>{title}</h2>
      {text && <p className={styles['note']}>{text}</p>}
      <div className={styles['card']}>{children}</div>
    </section>
  );
}

/** A row of a card: what it is on one side, its control on the other. */
export function Row({ label, text, children }: { label: ReactNode; text?: ReactNode; children?: ReactNode }) {
  return (
    <div className={styles['row']}>
      <div className={styles['label']}>
        <div>{label}</div>
        {text && <p>{text}</p>}
      </div>
      {children && <div className={styles['control']}>{children}</div>}
    </div>
  );
}
