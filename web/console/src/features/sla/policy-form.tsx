// One SLA policy: its name, what it is for, its due time.
import { NumberInput, Textarea } from '@mantine/core';
import { useState } from 'react';
import { keys } from '../../lib/keys';
import { locale, t } from '../../lib/text';
import { isDue, longest, minutesLong } from './minutes';
import type { SLA } from '../../lib/wire';
import { FormDialog } from '../../ui/dialog';
import { Needed } from '../../ui/needed';
import { useSaving } from '../../ui/saving';
import { savePolicy, type PolicyDraft } from './queries';

export function PolicyForm({ policy, onDone }: { policy: SLA | undefined; onDone(): void }) {
  const [draft, setDraft] = useState<Omit<PolicyDraft, 'minutes'> & { minutes: number | string }>({ _id: policy?._id, name: policy?.name ?? '', description: policy?.description ?? '', minutes: policy?.dueTimeInMinutes ?? 15 });
  const [wrong, setWrong] = useState(false);
  const { mutate, error, isPending } = useSaving({ run: savePolicy, renews: [keys.slas], said: ({ name }) => t('records.saved', { name }), then: onDone });
  const put = (change: Partial<typeof draft>) => setDraft({ ...draft, ...change });
  const { minutes } = draft;
  const submit = () => {
    setWrong(!isDue(minutes));
    if (isDue(minutes)) mutate({ ...draft, minutes });
  };
  return (
    <FormDialog title={policy ? t('records.editOf', { name: policy.name }) : t('sla.add')} error={error} busy={isPending} onSubmit={submit} onDone={onDone}>
      <Needed data-autofocus label={t('field.name')} maxLength={255} value={draft.name} onChange={(event) => put({ name: event.currentTarget.value })} />
      <NumberInput label={t('sla.minutes')} description={isDue(minutes) && minutes >= 60 ? minutesLong(minutes) : t('sla.minutesHelp')} error={wrong && !isDue(minutes) && t('sla.minutesWrong', { most: longest.toLocaleString(locale()) })} aria-required min={1} max={longest} clampBehavior="none" value={minutes} onChange={(value) => put({ minutes: value })} />
      <Textarea label={t('field.description')} autosize minRows={2} maxLength={1000} value={draft.description} onChange={(event) => put({ description: event.currentTarget.value })} />
    </FormDialog>
  );
}
