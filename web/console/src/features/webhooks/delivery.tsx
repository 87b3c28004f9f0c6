// One delivery: every attempt with its answer, the body that is sent, and the button
// that sends it again.
import { Alert, Button, Group, Modal, Stack } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { RotateCw } from 'lucide-react';
import { explain } from '../../lib/explain';
import { t } from '../../lib/text';
import { fullTime } from '../../lib/time';
import { useSaving } from '../../ui/saving';
import { Bones, Trouble } from '../../ui/state';
import { kindName, outcome, stateName } from './kinds';
import { deliveryQuery, replay, webhooksKey, type Attempt } from './queries';
import styles from './webhooks.module.css';

export function DeliveryView({ id, onDone }: { id: string; onDone(): void }) {
  const { data, error, refetch } = useQuery(deliveryQuery(id));
  const again = useSaving({ run: replay, renews: [webhooksKey], said: (_, { replayed }) => t('webhooks.replayed', { count: replayed }), then: onDone });
  return (
    <Modal opened onClose={onDone} size="lg" title={data ? kindName(data.delivery.kind) : t('webhooks.delivery')} closeButtonProps={{ 'aria-label': t('action.dismiss') }}>
      {error && !data && <Trouble error={error} retry={() => void refetch()} />}
      {!data && !error && <Bones rows={3} />}
      {data && (
        <Stack gap="sm">
          {again.error && <Alert color="red" role="alert">{explain(again.error)}</Alert>}
          <p className={styles['note']}><bdi>{data.delivery.destinationName}</bdi> · {stateName(data.delivery.state)} · <bdi dir="ltr">{data.delivery._id}</bdi></p>
          {data.delivery.dueAt && <p className={styles['note']}>{t('webhooks.next', { time: fullTime(data.delivery.dueAt) })}</p>}
          <ol className={styles['attempts']}>{data.log.map((attempt) => <Try key={attempt.at + attempt.attempt} {...attempt} />)}</ol>
          <p className={styles['label']}>{t('webhooks.body')}</p>
          <pre className={styles['text']} dir="ltr" tabIndex={0} aria-label={t('webhooks.body')}>{pretty(data.body)}</pre>
        </Stack>
      )}
      <Group mt="lg" gap="xs" justify="flex-end">
        <Button variant="default" onClick={onDone}>{t('webhooks.done')}</Button>
        {data && data.delivery.state !== 'pending' && <Button leftSection={<RotateCw aria-hidden size={15} />} loading={again.isPending} onClick={() => again.mutate({ ids: [id] })}>{t('webhooks.replay')}</Button>}
      </Group>
    </Modal>
  );
}

function Try(attempt: Attempt) {
  return (
    <li>
      <span>{t('webhooks.attempt', { n: attempt.attempt })} · {outcome(attempt)} · {t('webhooks.took', { ms: attempt.duration })}</span>
      <time className={styles['note']} dateTime={attempt.at}>{fullTime(attempt.at)}</time>
      {attempt.answer && <pre className={styles['text']} dir="ltr" tabIndex={0} aria-label={t('webhooks.answer')}>{attempt.answer}</pre>}
    </li>
  );
}

function pretty(body: string): string {
  try {
    return JSON.stringify(JSON.parse(body), null, 2);
  } catch {
    return body;
  }
}
