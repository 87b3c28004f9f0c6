// The CRM's webhook: its address, token and events are settings; here are its signing
// secret and the test.
import { Button, Group, Modal, Stack } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useMay } from '../../lib/session';
import { t } from '../../lib/text';
import { kindName } from './kinds';
import type { Webhook } from './queries';
import { Proof } from './proof';
import styles from './webhooks.module.css';

export function Managed({ webhook, onDone }: { webhook: Webhook; onDone(): void }) {
  const maySet = useMay()('view-privileged-setting');
  return (
    <Modal opened onClose={onDone} title={<bdi>{webhook.name}</bdi>} closeButtonProps={{ 'aria-label': t('action.dismiss') }}>
      <Stack gap="sm">
        <p className={styles['note']}>
          {t('webhooks.managed')}{' '}
          {maySet && <Link to="/settings" className={styles['link']}>{t('webhooks.settings')}</Link>}
        </p>
        {webhook.url && <p className={styles['address']}><bdi>{webhook.url}</bdi></p>}
        {webhook.url && <p className={styles['note']}>{webhook.events.map(kindName).join(' · ')}</p>}
        <Proof webhook={webhook} />
      </Stack>
      <Group mt="lg" justify="flex-end"><Button data-autofocus variant="default" onClick={onDone}>{t('webhooks.done')}</Button></Group>
    </Modal>
  );
}
