// One SLA policy: its name, what it is for, its due time.
import { NumberInput, Textarea, TextInput } from '@mantine/core';
import { useState } from 'react';
import { keys } from '../../lib/keys';
import { t } from '../../lib/text';
import { minutesLong } from './minutes';
import type { SLA } from '../../lib/wire';
import { FormDialog } from '../../ui/dialog';
import { useSaving } from '../../ui/saving';
import { savePolicy, type PolicyDraft } from './queries';

/** A year. */
const longest = 525_600;

export function PolicyForm({ policy, onDone }: { policy: SLA | undefined; onDone(): void }) {
  const [draft, setDraft] = useState<PolicyDraft>({ _id: policy?._id, name: policy?.name ?? '', description: policy?.description ?? '', minutes: policy?.dueTimeInMinutes ?? 15 });
  const { mutate, error, isPending } = useSaving({ run: savePolicy, renews: [keys.slas], said: ({ name }) => t('records.saved', { name }), then: onDone });
  const put = (change: Partial<PolicyDraft>) => setDraft({ ...draft, ...change });
  return (
    <FormDialog title={policy ? t('records.editOf', { name: policy.name }) : t('sla.add')} error={error} busy={isPending} onSubmit={() => mutate(draft)} onDone={onDone}>
      <TextInput data-autofocus label={t('field.name')} required withAsterisk={false} maxLength={255} value={draft.name} onChange={(event) => put({ name: event.currentTarget.value })} />
      <NumberInput label={t('sla.minutes')} description={draft.minutes >= 60 ? minutesLong(draft.minutes) : t('sla.minutesHelp')} required withAsterisk={false} min={1} max={longest} allowDecimal={false} allowNegative={false} clampBehavior="blur" value={draft.minutes} onChange={(value) => put({ minutes: Number(value) })} />
      <Textarea label={t('field.description')} autosize minRows={2} maxLength={1000} value={draft.description} onChange={(event) => put({ description: event.currentTarget.value })} />
    </FormDialog>
  );
}
