// One priority's name here.
import { Button } from '@mantine/core';
import { useState } from 'react';
import { keys } from '../../lib/keys';
import { priorityName } from '../../lib/priorities';
import { t } from '../../lib/text';
import type { Priority } from '../../lib/wire';
import { FormDialog } from '../../ui/dialog';
import { Needed } from '../../ui/needed';
import { useSaving } from '../../ui/saving';
import { renamePriority } from './queries';

export function PriorityForm({ priority, onDone }: { priority: Priority; onDone(): void }) {
  const usual = priorityName({ i18n: priority.i18n });
  const [name, setName] = useState(priorityName(priority));
  const { mutate, error, isPending } = useSaving<string | undefined>({
    run: (to) => renamePriority(priority, to),
    renews: [keys.priorities],
    said: (to) => t('records.saved', { name: to ?? usual }),
    then: onDone,
  });
  const reset = priority.dirty && <Button variant="subtle" px="xs" disabled={isPending} onClick={() => mutate(undefined)}>{t('priorities.reset', { name: usual })}</Button>;
  const submit = () => (name.trim() === priorityName(priority) ? onDone() : mutate(name.trim() === usual ? undefined : name.trim()));
  return (
    <FormDialog title={t('priorities.rename', { name: priorityName(priority) })} error={error} busy={isPending} aside={reset} onSubmit={submit} onDone={onDone}>
      <Needed data-autofocus label={t('field.name')} description={t('priorities.help')} maxLength={100} value={name} onChange={(event) => setName(event.currentTarget.value)} />
    </FormDialog>
  );
}
