// An answer by e-mail to one mail: written here, sent when the server has stored it.
import { Textarea } from '@mantine/core';
import { useState } from 'react';
import { now } from '../../lib/clock';
import { newId } from '../../lib/id';
import { t } from '../../lib/text';
import type { Message } from '../../lib/wire';
import { FormDialog } from '../../ui/dialog';
import { useSaving } from '../../ui/saving';
import styles from './mail-part.module.css';
import { postMessage } from './queries';

export function MailReply({ message: { _id, rid, msg, email }, onDone }: { message: Message; onDone(): void }) {
  const [text, setText] = useState('');
  const [id] = useState(newId); // sent again it is the same answer
  const { mutate, error, isPending } = useSaving({
    run: (answer: string) => postMessage({ _id: id, rid, msg: `[ ](?msg=${_id}) ${answer}`, at: now(), state: 'sending' }), renews: [], said: () => t('mailing.stored'), then: onDone,
  });
  return (
    <FormDialog title={t('mailing.replyTo', { to: email?.replyTo ?? '' })} submit={t('mailing.send')} ready={text.trim() !== ''} error={error} busy={isPending} onSubmit={() => mutate(text.trim())} onDone={onDone}>
      <Textarea data-autofocus dir="auto" label={t('mailing.text')} autosize minRows={4} maxRows={14} maxLength={20000} value={text} onChange={(event) => setText(event.currentTarget.value)} />
      <blockquote dir="auto" className={styles['quote']} tabIndex={0}>{msg}</blockquote>
    </FormDialog>
  );
}
