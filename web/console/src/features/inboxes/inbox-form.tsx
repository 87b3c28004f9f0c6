// One e-mail inbox: its address, where its chats go, its two servers; for one that exists its state and a test.
import { Alert, Button, Checkbox, Fieldset, Group, NativeSelect, NumberInput, PasswordInput, Stack, Switch, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { Send } from 'lucide-react';
import { useState } from 'react';
import { useDepartmentChoices } from '../../lib/department-names';
import { Refusal } from '../../lib/api';
import { explain } from '../../lib/explain';
import { mailTrouble } from '../../lib/mail-trouble';
import { t } from '../../lib/text';
import { FormDialog } from '../../ui/dialog';
import { Needed } from '../../ui/needed';
import { useSaving } from '../../ui/saving';
import { inboxesKey, saveInbox, tryInbox, type Inbox, type InboxDraft, type ServerDraft } from './queries';
import { standing } from './standing';
import '@mantine/core/styles/Fieldset.layer.css';

const smtp = { server: '', port: 465, username: '', password: '', secure: true };
const imap = { server: '', port: 993, username: '', password: '', secure: true, maxRetries: 10 };

export function InboxForm({ inbox, onDone }: { inbox: Inbox | undefined; onDone(): void }) {
  const [draft, setDraft] = useState<InboxDraft>({
    ...(inbox && { _id: inbox._id }), active: inbox?.active ?? true, name: inbox?.name ?? '', email: inbox?.email ?? '', description: inbox?.description ?? '',
    senderInfo: inbox?.senderInfo ?? '', department: inbox?.department ?? '', smtp: inbox?.smtp ?? smtp, imap: inbox?.imap ?? imap,
  });
  const { mutate, error, isPending } = useSaving({ run: saveInbox, renews: [inboxesKey], said: ({ name }) => t('records.saved', { name }), then: onDone });
  const departments = useDepartmentChoices(draft.department ? [draft.department] : []);
  const put = (change: Partial<InboxDraft>) => setDraft({ ...draft, ...change });
  return (
    <FormDialog title={inbox ? t('records.editOf', { name: inbox.name }) : t('inboxes.add')} error={error} busy={isPending} onSubmit={() => mutate(draft)} onDone={onDone}>
      {inbox && <Proof inbox={inbox} />}
      <Needed data-autofocus label={t('field.name')} maxLength={200} value={draft.name} onChange={(event) => put({ name: event.currentTarget.value })} />
      <Needed type="email" dir="ltr" label={t('inboxes.email')} maxLength={254} value={draft.email} onChange={(event) => put({ email: event.currentTarget.value })} />
      <TextInput label={t('inboxes.sender')} description={t('inboxes.senderHelp')} maxLength={200} value={draft.senderInfo} onChange={(event) => put({ senderInfo: event.currentTarget.value })} />
      <NativeSelect label={t('inboxes.department')} value={draft.department} onChange={(event) => put({ department: event.currentTarget.value })} data={[{ value: '', label: t('inboxes.noDepartment') }, ...departments]} />
      <Server legend={t('inboxes.imap')} value={draft.imap} onChange={(change) => put({ imap: { ...draft.imap, ...change } })} />
      <NumberInput label={t('inboxes.retries')} description={t('inboxes.retriesHelp')} min={-1} max={1000000} allowDecimal={false} value={draft.imap.maxRetries} onChange={(value) => put({ imap: { ...draft.imap, maxRetries: Number(value) } })} />
      <Server legend={t('inboxes.smtp')} value={draft.smtp} onChange={(change) => put({ smtp: { ...draft.smtp, ...change } })} />
      <Switch mt={4} label={t('inboxes.active')} checked={draft.active} onChange={(event) => put({ active: event.currentTarget.checked })} />
    </FormDialog>
  );
}

function Server({ legend, value, onChange }: { legend: string; value: ServerDraft; onChange(change: Partial<ServerDraft>): void }) {
  return (
    <Fieldset legend={legend}>
      <Stack gap="xs">
        <Group gap="xs" grow preventGrowOverflow={false} align="start">
          <Needed dir="ltr" label={t('inboxes.server')} maxLength={255} value={value.server} onChange={(event) => onChange({ server: event.currentTarget.value })} />
          <NumberInput label={t('inboxes.port')} min={1} max={65535} allowDecimal={false} value={value.port} onChange={(port) => onChange({ port: Number(port) })} />
        </Group>
        <Needed dir="ltr" autoComplete="off" label={t('inboxes.user')} maxLength={500} value={value.username} onChange={(event) => onChange({ username: event.currentTarget.value })} />
        <PasswordInput dir="ltr" autoComplete="new-password" label={t('inboxes.password')} maxLength={1000} value={value.password} onChange={(event) => onChange({ password: event.currentTarget.value })} />
        <Checkbox label={t('inboxes.secure')} checked={value.secure} onChange={(event) => onChange({ secure: event.currentTarget.checked })} />
      </Stack>
    </Fieldset>
  );
}

function Proof({ inbox }: { inbox: Inbox }) {
  const test = useMutation({ mutationFn: tryInbox });
  return (
    <Stack gap="xs" align="start">
      <Alert w="100%" color={inbox.status.error ? 'yellow' : 'gray'}>{standing(inbox)}</Alert>
      {test.error && <Alert w="100%" color="red" role="alert">{refused(test.error)}</Alert>}
      {test.isSuccess && <Alert w="100%" color="green" role="status">{t('inboxes.tested')}</Alert>}
      <Button size="xs" variant="default" leftSection={<Send aria-hidden size={15} />} loading={test.isPending} disabled={!inbox.active} onClick={() => test.mutate(inbox)}>{t('inboxes.test')}</Button>
    </Stack>
  );
}

/** Why a test did not go: what the mail server said, in words, is behind the code. */
function refused(error: Error): string {
  return error instanceof Refusal && error.code === 'error-email-send-failed' ? mailTrouble(error.message.replace(/ \[[\w-]+\]$/, '')) : explain(error);
}
