// A group of messages of one sender: a face once, the texts below each other.
import { Clock3, RotateCw, TriangleAlert } from 'lucide-react';
import { UnstyledButton } from '@mantine/core';
import { Suspense } from 'react';
import { explainCode } from '../../lib/explain';
import { later } from '../../lib/later';
import { t } from '../../lib/text';
import { fullTime, timeOfDay } from '../../lib/time';
import type { Message } from '../../lib/wire';
import { Avatar } from '../../ui/avatar';
import styles from './bubble.module.css';
import { Files } from './files';
import { Formatted } from './formatted';
import type { Outgoing } from './outbox';

const Blocks = later(async () => (await import('./blocks')).Blocks);
const MailPart = later(async () => (await import('./mail-part')).MailPart);

interface GroupProps {
  messages: Message[];
  visitor: boolean;
  /** The visitor's name; agents' messages carry their own. */
  name: string;
  /** Whether the signed-in person wrote them. */
  own: boolean;
}

export function Group({ messages, visitor, name, own }: GroupProps) {
  const first = messages[0];
  if (!first) return null;
  const author = visitor ? name : (first.u.name ?? first.u.username);
  return (
    <div className={styles['group']} data-side={visitor ? 'theirs' : own ? 'own' : 'ours'}>
      {!own && <Avatar name={author} id={first.u._id} size={32} />}
      <div className={styles['column']}>
        <div className={styles['head']}>
          <span className={own ? 'unseen' : styles['author']} dir="auto">{author}</span>
          <time dateTime={first.ts} title={fullTime(first.ts)} className="tabular">
            {timeOfDay(first.ts)}
          </time>
        </div>
        {messages.map((message) => (
          <div key={message._id} className={styles['bubble']} data-message={message._id} title={fullTime(message.ts)} dir="auto">
            {message.attachments && <Files attachments={message.attachments} />}
            <Formatted text={message.msg} />
            {message.location && <Place at={message.location.coordinates} />}
            {message.blocks && <Suspense><Blocks msg={message.msg} blocks={message.blocks} /></Suspense>}
            {message.automatic && <span className={styles['edited']}> {originOf(message.automatic)}</span>}
            {(message.email || (message.file && !visitor)) && <Suspense><MailPart message={message} /></Suspense>}
            {message.editedAt && <span className={styles['edited']}> {t('message.edited')}</span>}
          </div>
        ))}
      </div>
    </div>
  );
}

/** Where the sender was; the map is somebody else's and only opened by a click. */
function Place({ at: [longitude = 0, latitude = 0] }: { at: number[] }) {
  return (
    <a href={`https://www.openstreetmap.org/?mlat=${latitude}&mlon=${longitude}#map=16/${latitude}/${longitude}`} target="_blank" rel="noopener noreferrer">
      {t('message.place')} <bdi dir="ltr" className="tabular">{latitude.toFixed(5)}, {longitude.toFixed(5)}</bdi>
    </a>
  );
}

/** Who said it before there was a chat: what only the page says is nobody's statement (LT-PRO-9). */
function originOf({ name, claimed }: NonNullable<Message['automatic']>): string {
  if (name) return t('message.byTrigger', { name });
  return t(claimed ? 'message.byPage' : 'message.byInvitation');
}

interface PendingProps {
  entries: readonly Outgoing[];
  onRetry(id: string): void;
  onDiscard(id: string): void;
}

/** Messages on their way, with what became of each. */
export function Pending({ entries, onRetry, onDiscard }: PendingProps) {
  const stuck = entries.some(({ state }) => state === 'retrying');
  return (
    <div className={styles['group']} data-side="own">
      <div className={styles['column']}>
        {entries.map((entry) => (
          <div key={entry._id} className={styles['pending']}>
            <div className={styles['bubble']} data-message={entry._id} data-state={entry.state} dir="auto">
              <Formatted text={entry.msg} />
            </div>
            <Fate entry={entry} stuck={stuck} onRetry={onRetry} onDiscard={onDiscard} />
          </div>
        ))}
      </div>
    </div>
  );
}

function Fate({ entry, stuck, onRetry, onDiscard }: Omit<PendingProps, 'entries'> & { entry: Outgoing; stuck: boolean }) {
  if (entry.state !== 'failed') {
    return (
      <span className={styles['fate']} role="status">
        <Clock3 aria-hidden size={12} /> {t(stuck ? 'message.waiting' : 'message.sending')}
      </span>
    );
  }
  return (
    <span className={styles['fate']} data-failed role="alert">
      <TriangleAlert aria-hidden size={13} />
      <span>
        {t('message.failed')} {explainCode(entry.reason ?? '')}
      </span>
      <UnstyledButton className={styles['again']} onClick={() => onRetry(entry._id)}>
        <RotateCw aria-hidden size={12} /> {t('action.retry')}
      </UnstyledButton>
      <UnstyledButton className={styles['again']} onClick={() => onDiscard(entry._id)}>
        {t('action.discard')}
      </UnstyledButton>
    </span>
  );
}
