// What makes a message a mail: from whom or to whom, what became of it, and the way to answer.
import { Button } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { Mail, Reply, Send } from 'lucide-react';
import { Suspense, useState } from 'react';
import { call } from '../../lib/api';
import { explain } from '../../lib/explain';
import { later } from '../../lib/later';
import { mailTrouble } from '../../lib/mail-trouble';
import { maybe, t } from '../../lib/text';
import type { Message } from '../../lib/wire';
import styles from './mail-part.module.css';
import { roomQuery } from './queries';
import '../../lib/page-texts';

const MailReply = later(async () => (await import('./mail-reply')).MailReply);

const sendFile = (messageId: string) => call('POST /api/v1/foyer/email-inbox.send-file', { body: { messageId } });

export function MailPart({ message }: { message: Message }) {
  const { data } = useQuery(roomQuery(message.rid));
  const [answering, setAnswering] = useState(false);
  const file = useMutation({ mutationFn: sendFile });
  const { email } = message;
  const may = data?.can.write && data.room.email;
  const sendable = may && message.file && (!email || email.state === 'failed');
  if (!email && !sendable) return null;
  return (
    <span className={styles['mail']}>
      {email && <span className={styles['line']}><Mail aria-hidden size={13} /> <span dir="auto">{email.from ? t('mailing.from', { from: email.from }) : t('mailing.to', { to: email.to ?? '' })}</span></span>}
      {email?.subject && <span className={styles['line']} dir="auto">{t('mailing.subject', { subject: email.subject })}</span>}
      {email?.state && <span className={styles['line']} data-state={email.state}>{[maybe(`mailing.${email.state}`), email.error && mailTrouble(email.error)].filter(Boolean).join(' ')}</span>}
      {may && email?.from && <Button size="compact-xs" variant="default" leftSection={<Reply aria-hidden size={13} />} onClick={() => setAnswering(true)}>{t('mailing.reply')}</Button>}
      {sendable && <Button size="compact-xs" variant="default" leftSection={<Send aria-hidden size={13} />} loading={file.isPending} onClick={() => file.mutate(message._id)}>{t('mailing.file')}</Button>}
      {file.error && <span role="alert">{explain(file.error)}</span>}
      <Suspense>{answering && <MailReply message={message} onDone={() => setAnswering(false)} />}</Suspense>
    </span>
  );
}
