// A webhook's signing secret, shown on demand and renewed, and the test that sends a sample.
import { Alert, Button, CopyButton, Group, Stack, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { Check, Copy, KeyRound, RefreshCw, Send } from 'lucide-react';
import { explain } from '../../lib/explain';
import { t } from '../../lib/text';
import { fullTime } from '../../lib/time';
import { outcome } from './kinds';
import { rotateSecret, secretOf, sendTest, type Webhook } from './queries';
import styles from './webhooks.module.css';

export function Proof({ webhook: { _id, url, oldSecretUntil } }: { webhook: Webhook }) {
  const shown = useMutation({ mutationFn: secretOf });
  const renewed = useMutation({ mutationFn: rotateSecret });
  const test = useMutation({ mutationFn: sendTest });
  const secret = renewed.data?.secret ?? shown.data?.secret;
  const trouble = shown.error ?? renewed.error ?? test.error;
  return (
    <Stack gap="xs" className={styles['proof']}>
      <p className={styles['label']}>{t('webhooks.secret')}</p>
      <p className={styles['note']}>{t('webhooks.secretHelp')}</p>
      {secret && <Secret secret={secret} />}
      {(renewed.data || oldSecretUntil) && <p className={styles['note']} role="status">{oldSecretUntil && !renewed.data ? t('webhooks.oldUntil', { time: fullTime(oldSecretUntil) }) : t('webhooks.rotated')}</p>}
      {trouble && <Alert color="red" role="alert">{explain(trouble)}</Alert>}
      {test.data && <Outcome {...test.data} />}
      <Group gap="xs">
        {!secret && <Button size="xs" variant="default" leftSection={<KeyRound aria-hidden size={15} />} loading={shown.isPending} onClick={() => shown.mutate(_id)}>{t('webhooks.show')}</Button>}
        <Button size="xs" variant="default" leftSection={<RefreshCw aria-hidden size={15} />} loading={renewed.isPending} disabled={renewed.isSuccess} onClick={() => renewed.mutate(_id)}>{t('webhooks.rotate')}</Button>
        <Button size="xs" variant="default" leftSection={<Send aria-hidden size={15} />} loading={test.isPending} disabled={!url} onClick={() => test.mutate(_id)}>{t('webhooks.test')}</Button>
      </Group>
    </Stack>
  );
}

function Secret({ secret }: { secret: string }) {
  return (
    <Group gap="xs" wrap="nowrap">
      <TextInput className={styles['grow']} dir="ltr" readOnly aria-label={t('webhooks.secret')} value={secret} />
      <CopyButton value={secret}>
        {({ copied, copy }) => <Button size="xs" variant="default" leftSection={copied ? <Check aria-hidden size={15} /> : <Copy aria-hidden size={15} />} onClick={copy}>{t(copied ? 'webhooks.copied' : 'webhooks.copy')}</Button>}
      </CopyButton>
    </Group>
  );
}

function Outcome({ ok, attempt }: Awaited<ReturnType<typeof sendTest>>) {
  return (
    <Alert color={ok ? 'green' : 'red'} role="status" title={t(ok ? 'webhooks.testDone' : 'webhooks.testFailed')}>
      {outcome(attempt)} · {t('webhooks.took', { ms: attempt.duration })}
      {attempt.answer && <pre className={styles['text']}>{attempt.answer}</pre>}
    </Alert>
  );
}
