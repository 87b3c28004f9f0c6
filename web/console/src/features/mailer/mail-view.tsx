// A kept mail as its reader would see it: the HTML in a frame that may do nothing.
import { Button, Group, Modal, Stack, Tabs } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { t } from '../../lib/text';
import { Bones, Trouble } from '../../ui/state';
import styles from './mail.module.css';
import { mailQuery } from './queries';

export function MailView({ id, onDone }: { id: string; onDone(): void }) {
  const { data, error, refetch } = useQuery(mailQuery(id));
  const mail = data?.mail;
  return (
    <Modal opened onClose={onDone} size="lg" title={<bdi>{mail?.subject ?? t('mail.title')}</bdi>} closeButtonProps={{ 'aria-label': t('action.dismiss') }}>
      {error && !mail && <Trouble error={error} retry={() => void refetch()} />}
      {!mail && !error && <Bones rows={3} />}
      {mail && (
        <Stack gap="sm">
          <p className={styles['note']}>{t('mail.fromTo', { from: mail.from, to: mail.to })}{mail.replyTo && ` · ${t('mail.replyTo', { to: mail.replyTo })}`}</p>
          {mail.files.length > 0 && <p className={styles['note']}>{t('mail.files')}: <bdi>{mail.files.join(', ')}</bdi></p>}
          <Tabs defaultValue={mail.html ? 'html' : 'text'} keepMounted={false}>
            <Tabs.List>
              {mail.html && <Tabs.Tab value="html">{t('mail.asHTML')}</Tabs.Tab>}
              <Tabs.Tab value="text">{t('mail.asText')}</Tabs.Tab>
            </Tabs.List>
            {mail.html && <Tabs.Panel value="html"><iframe className={styles['frame']} title={mail.subject} sandbox="" srcDoc={mail.html} /></Tabs.Panel>}
            <Tabs.Panel value="text"><pre className={styles['source']} tabIndex={0} dir="auto">{mail.text}</pre></Tabs.Panel>
          </Tabs>
        </Stack>
      )}
      <Group mt="lg" justify="flex-end"><Button variant="default" onClick={onDone}>{t('webhooks.done')}</Button></Group>
    </Modal>
  );
}
