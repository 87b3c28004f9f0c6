// Who is told of chats: the CRM of the settings and any number of others, and under
// them what was sent.
import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Plus, Webhook as Glyph } from 'lucide-react';
import { Suspense, useState } from 'react';
import { later } from '../../lib/later';
import { t } from '../../lib/text';
import { Confirm } from '../../ui/dialog';
import { Page } from '../../ui/page';
import { Record, Records } from '../../ui/records';
import { useSaving } from '../../ui/saving';
import { Deliveries } from './deliveries';
import { removeWebhook, webhooksKey, webhooksQuery, type Webhook } from './queries';
import '../../lib/page-texts';

const WebhookForm = later(async () => (await import('./webhook-form')).WebhookForm);
const Managed = later(async () => (await import('./managed')).Managed);

export function Webhooks() {
  const read = useQuery(webhooksQuery);
  const [open, setOpen] = useState<Webhook | 'new'>();
  const [going, setGoing] = useState<Webhook>();
  const done = () => setOpen(undefined);
  const add = <Button leftSection={<Plus aria-hidden size={16} />} onClick={() => setOpen('new')}>{t('webhooks.add')}</Button>;
  return (
    <Page title={t('webhooks.title')} text={t('webhooks.text')} actions={read.data ? add : undefined}>
      <Records
        read={{ data: read.data?.webhooks, error: read.error, refetch: read.refetch }}
        empty={{ icon: Glyph, title: t('webhooks.title'), text: t('webhooks.text') }}
        row={(webhook) => (
          <Record
            key={webhook._id}
            face={<Glyph aria-hidden size={18} />}
            name={webhook.name}
            text={webhook.url ? <bdi>{webhook.url}</bdi> : t('webhooks.noAddress')}
            marks={marks(webhook)}
            onOpen={() => setOpen(webhook)}
            {...(!webhook.managed && { onRemove: () => setGoing(webhook) })}
          />
        )}
      />
      {read.data && <Deliveries overview={read.data} />}
      <Suspense>
        {open === 'new' && <WebhookForm kinds={read.data?.kinds ?? []} webhook={undefined} onDone={done} />}
        {open && open !== 'new' && (open.managed ? <Managed webhook={open} onDone={done} /> : <WebhookForm kinds={read.data?.kinds ?? []} webhook={open} onDone={done} />)}
      </Suspense>
      {going && <Removal webhook={going} onDone={() => setGoing(undefined)} />}
    </Page>
  );
}

/** What is worth knowing at a glance. */
function marks({ url, enabled, resting, events }: Webhook): string[] {
  if (!url) return [];
  if (!enabled) return [t('webhooks.off')];
  return [...(resting ? [t('webhooks.resting')] : []), t('webhooks.events', { count: events.length })];
}

function Removal({ webhook, onDone }: { webhook: Webhook; onDone(): void }) {
  const { mutate, error, isPending } = useSaving({ run: removeWebhook, renews: [webhooksKey], said: ({ name }) => t('records.removed', { name }), then: onDone });
  return <Confirm title={t('records.removeOf', { name: webhook.name })} text={t('webhooks.removeText')} yes={t('action.remove')} error={error} busy={isPending} onYes={() => mutate(webhook)} onDone={onDone} />;
}
