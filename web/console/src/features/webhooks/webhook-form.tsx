// One webhook: where it goes, with what token, what it tells; for one that exists its
// signing secret and a test, too.
import { Checkbox, PasswordInput, Stack, Switch, TextInput } from '@mantine/core';
import { useState } from 'react';
import { t } from '../../lib/text';
import { FormDialog } from '../../ui/dialog';
import { useSaving } from '../../ui/saving';
import { kindName } from './kinds';
import { saveWebhook, webhooksKey, type Kind, type Webhook, type WebhookDraft } from './queries';
import { Proof } from './proof';

interface WebhookFormProps {
  webhook: Webhook | undefined;
  kinds: readonly Kind[];
  onDone(): void;
}

export function WebhookForm({ webhook, kinds, onDone }: WebhookFormProps) {
  const [draft, setDraft] = useState<WebhookDraft>({
    _id: webhook?._id, name: webhook?.name ?? '', url: webhook?.url ?? '', token: undefined, events: webhook?.events ?? [...kinds], enabled: webhook?.enabled ?? true,
  });
  const { mutate, error, isPending } = useSaving({ run: saveWebhook, renews: [webhooksKey], said: ({ name }) => t('records.saved', { name }), then: onDone });
  const put = (change: Partial<WebhookDraft>) => setDraft({ ...draft, ...change });
  const title = webhook ? t('records.editOf', { name: webhook.name }) : t('webhooks.add');
  return (
    <FormDialog title={title} error={error} busy={isPending} onSubmit={() => mutate(draft)} onDone={onDone}>
      <TextInput data-autofocus label={t('field.name')} required withAsterisk={false} maxLength={255} value={draft.name} onChange={(event) => put({ name: event.currentTarget.value })} />
      <TextInput type="url" dir="ltr" label={t('webhooks.url')} placeholder="https://" required withAsterisk={false} maxLength={1000} value={draft.url} onChange={(event) => put({ url: event.currentTarget.value })} />
      <PasswordInput
        dir="ltr" autoComplete="off" label={t('webhooks.token')} description={t(webhook?.hasToken ? 'webhooks.tokenStays' : 'webhooks.tokenHelp')} maxLength={1000}
        value={draft.token ?? ''} onChange={(event) => put({ token: event.currentTarget.value || undefined })}
      />
      <Checkbox.Group label={t('webhooks.tells')} value={draft.events} onChange={(events) => put({ events: events as Kind[] })}>
        <Stack gap={8} mt={8}>{kinds.map((kind) => <Checkbox key={kind} value={kind} label={kindName(kind)} />)}</Stack>
      </Checkbox.Group>
      <Switch mt={4} label={t('webhooks.enabled')} checked={draft.enabled} onChange={(event) => put({ enabled: event.currentTarget.checked })} />
      {webhook && <Proof webhook={webhook} />}
    </FormDialog>
  );
}
