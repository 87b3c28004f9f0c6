// Asks an external service once and shows what it answered.
import { Alert, Button } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { Send } from 'lucide-react';
import { Refusal } from '../../lib/api';
import { explain } from '../../lib/explain';
import { maybe, t } from '../../lib/text';
import type { Draft } from './draft';
import { testService } from './queries';

export function ServiceTest({ draft: { serviceUrl, serviceTimeout, fallback } }: { draft: Draft }) {
  const { mutate, data, error, isPending } = useMutation({ mutationFn: testService });
  return (
    <>
      {data && <Alert color="green" role="status" title={t('triggers.testDone')}>{data.map((text, i) => <p key={i} style={{ margin: 0 }}>{text}</p>)}</Alert>}
      {error && <Alert color="red" role="alert" title={t('triggers.testFailed')}>{(error instanceof Refusal && maybe(`triggers.test.${error.code}`)) || explain(error)}</Alert>}
      <Button type="button" size="xs" variant="default" leftSection={<Send aria-hidden size={15} />} loading={isPending} disabled={!serviceUrl} onClick={() => mutate({ webhookUrl: serviceUrl.trim(), timeout: serviceTimeout, fallbackMessage: fallback })}>
        {t('triggers.test')}
      </Button>
    </>
  );
}
