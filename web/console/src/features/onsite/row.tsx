// A visitor in the list: who, where, since when, what for.
import { UnstyledButton } from '@mantine/core';
import { Clock3, Flag, MessageSquare, MessageSquareDot, MousePointer2, type LucideIcon } from 'lucide-react';
import { useNow } from '../../lib/clock';
import { t } from '../../lib/text';
import { duration } from '../../lib/time';
import { browser } from '../../ui/browser';
import { hostOf, nameOf, pathOf } from './names';
import styles from './onsite.module.css';
import type { Status, Visitor } from './queries';

const glyphs: { [S in Status]: LucideIcon } = { browsing: MousePointer2, offered: MessageSquareDot, waiting: Clock3, chatting: MessageSquare };

export function VisitorRow({ visitor, onOpen }: { visitor: Visitor; onOpen(): void }) {
  const { href, title, email, targets, pages, visits, status, referrer, browser: agent, siteName } = visitor;
  const Glyph = glyphs[status];
  const stay = useNow((now) => duration(now - Date.parse(visitor.since)));
  const facts = [t('visitors.pages', { count: pages }), ...(visits > 1 ? [t('visitors.visits', { count: visits })] : [])];
  const more = [...(referrer ? [t('visitors.from', { host: hostOf(referrer) })] : []), browser(agent)].filter(Boolean);
  return (
    <li className={styles['row']} data-reached={targets.length > 0 || undefined}>
      <span className={styles['who']}>
        <UnstyledButton className={styles['name']} dir="auto" onClick={onOpen}><bdi>{nameOf(visitor)}</bdi></UnstyledButton>
        <span className={styles['small']}>{email ? <bdi>{email}</bdi> : <bdi>{siteName}</bdi>}</span>
      </span>
      <span className={styles['where']}>
        <span className={styles['line']} dir="auto">{title || pathOf(href)}</span>
        <span className={styles['small']} dir="ltr">{pathOf(href)}</span>
      </span>
      <span className={styles['since']}>
        <span className={styles['line']}>{stay} · {facts.join(' · ')}</span>
        <span className={styles['small']}>{more.join(' · ')}</span>
      </span>
      <span className={styles['marks']}>
        <span className={styles['status']} data-status={status}><Glyph aria-hidden size={14} />{t(`visitors.status.${status}`)}</span>
        {targets.length > 0 && <span className={styles['target']} title={targets.join('\n')}><Flag aria-hidden size={13} /><bdi>{targets[targets.length - 1]}</bdi>{targets.length > 1 && ` +${targets.length - 1}`}</span>}
      </span>
    </li>
  );
}
