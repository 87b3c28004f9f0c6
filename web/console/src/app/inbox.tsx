// The inbox: the lists, the chat that is open, and what is known about its visitor.
import { Outlet, useParams } from '@tanstack/react-router';
import { MessageCircle } from 'lucide-react';
import { t } from '../lib/text';
import { Empty } from '../ui/state';
import { Hint } from '../ui/hint';
import { InboxList } from './inbox-list';
import styles from './inbox.module.css';

export function Inbox() {
  const { rid } = useParams({ strict: false });
  return (
    <main className={styles['inbox']} data-open={rid !== undefined || undefined}>
      <InboxList chosen={rid} />
      <Outlet />
    </main>
  );
}

/** No chat is chosen. */
export function NoRoom() {
  return (
    <div className={styles['nothing']}>
      <Empty icon={MessageCircle} title={t('inbox.nothing')} text={t('inbox.nothingText')}>
        <Hint keys={['j', 'k']} text={t('keys.move')} />
        <Hint keys={['t']} text={t('keys.takeNext')} />
        <Hint keys={['?']} text={t('keys.all')} />
      </Empty>
    </div>
  );
}
