// A kept mail as its reader would see it: the HTML in a frame that may do nothing.
import { Button, Group, Modal, SegmentedControl, Stack } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { t } from '../../lib/text';
import { Bones, Trouble } from '../../ui/state';
import styles from './mail.module.css';
import { mailQuery } from './queries';

export function MailView({ id, onDone }: { id: string; onDone(): void }) {
  const { data, error, refetch } = useQuery(mailQuery(id));
  const [form, setForm] = useState('html');
  const mail = data?.mail;
  return (
    <Modal opened onClose={onDone} size="lg" title={<bdi>{mail?.subject ?? t('mail.title')}</bdi>} closeButtonProps={{ 'aria-label': t('action.dismiss') }}>
      {error && !mail && <Trouble error={error} retry={() => void refetch()} />}
      {!mail && !error && <Bones rows={3} />}
      {mail && (
        <Stack gap="sm">
          <p className={styles['note']}>{t('mail.fromTo', { from: mail.from, to: mail.to })}{mail.replyTo && ` · ${t('mail.replyTo', { to: mail.replyTo })}`}</p>
          {mail.files.length > 0 && <p className={styles['note']}>{t('mail.files')}: <bdi>{mail.files.join(', ')}</bdi></p>}
          {mail.html && <SegmentedControl aria-label={t('mail.form')} value={form} onChange={setForm} data={[{ value: 'html', label: t('mail.asHTML') }, { value: 'text', label: t('mail.asText') }]} />}
          {mail.html && form === 'html'
            ? <iframe className={styles['frame']} title={mail.subject} sandbox="" srcDoc={mail.html} />
            : <pre className={styles['source']} tabIndex={0} aria-label={t('mail.asText')} dir="auto">{mail.text}</pre>}
        </Stack>
      )}
      <Group mt="lg" justify="flex-end"><Button variant="default" onClick={onDone}>{t('webhooks.done')}</Button></Group>
    </Modal>
  );
}
