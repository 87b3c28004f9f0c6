// A mail that did not leave: why, and the button that sends it now.
import { Alert, Button, Group, Modal, Stack } from '@mantine/core';
import { RotateCw } from 'lucide-react';
import { explain } from '../../lib/explain';
import { useMay } from '../../lib/session';
import { t } from '../../lib/text';
import { fullTime } from '../../lib/time';
import { useSaving } from '../../ui/saving';
import styles from './mail.module.css';
import { mailKey, retryMail, type Mail } from './queries';
import { outcome } from './trial';

export function Failure({ mail, onDone }: { mail: Mail; onDone(): void }) {
  const may = useMay();
  const again = useSaving({ run: retryMail, renews: [mailKey], said: () => t('mail.retried'), then: onDone });
  return (
    <Modal opened onClose={onDone} title={<bdi>{mail.subject}</bdi>} closeButtonProps={{ 'aria-label': t('action.dismiss') }}>
      <Stack gap="xs">
        {again.error && <Alert color="red" role="alert">{explain(again.error)}</Alert>}
        <p className={styles['note']}><bdi>{mail.to}</bdi> · {outcome(mail)} · {t('mail.attempts', { count: mail.attempts })}</p>
        {mail.answer && <p className={styles['answer']} dir="ltr">{mail.answer}</p>}
        {mail.dueAt && <p className={styles['note']}>{t('webhooks.next', { time: fullTime(mail.dueAt) })}</p>}
      </Stack>
      <Group mt="lg" gap="xs" justify="flex-end">
        <Button variant="default" onClick={onDone}>{t('webhooks.done')}</Button>
        {may('edit-privileged-setting') && <Button leftSection={<RotateCw aria-hidden size={15} />} loading={again.isPending} onClick={() => again.mutate(mail)}>{t('mail.retry')}</Button>}
      </Group>
    </Modal>
  );
}
