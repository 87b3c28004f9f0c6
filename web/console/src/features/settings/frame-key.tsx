// Makes the external frame a new key and shows it this once: the page's server needs it too.
import { Alert, Button, CopyButton, Textarea } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Check, Copy, KeyRound } from 'lucide-react';
import { call } from '../../lib/api';
import { explain } from '../../lib/explain';
import { keys } from '../../lib/keys';
import { t } from '../../lib/text';
import styles from './settings.module.css';

export const frameKeyID = 'Omnichannel_External_Frame_Encryption_JWK';

export function FrameKey() {
  const client = useQueryClient();
  const made = useMutation({
    mutationFn: () => call('POST /api/v1/foyer/external-frame/key', {}),
    onSuccess: () => client.invalidateQueries({ queryKey: keys.settings }),
  });
  return (
    <div className={styles['made']}>
      <Button size="xs" variant="default" leftSection={<KeyRound aria-hidden size={15} />} loading={made.isPending} onClick={() => made.mutate()}>{t('settings.frameKey')}</Button>
      {made.error && <Alert color="red" role="alert">{explain(made.error)}</Alert>}
      {made.data && (
        <>
          <p className={styles['help']} role="status">{t('settings.frameKeyOnce')}</p>
          <Textarea dir="ltr" readOnly autosize aria-label={t('settings.frameKeyShown')} value={made.data.key} />
          <CopyButton value={made.data.key}>
            {({ copied, copy }) => <Button size="xs" variant="default" leftSection={copied ? <Check aria-hidden size={15} /> : <Copy aria-hidden size={15} />} onClick={copy}>{t(copied ? 'webhooks.copied' : 'webhooks.copy')}</Button>}
          </CopyButton>
        </>
      )}
    </div>
  );
}
