// What a manager settles for an agent: how many chats at once, and which departments.
import { MultiSelect, NumberInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useDepartmentChoices } from '../../lib/department-names';
import { keys } from '../../lib/keys';
import { t } from '../../lib/text';
import type { User } from '../../lib/wire';
import { FormDialog } from '../../ui/dialog';
import { useSaving } from '../../ui/saving';
import { saveTerms, termsOf, type Terms } from './queries';

export function AgentTerms({ person, onDone }: { person: User; onDone(): void }) {
  const name = person.name || person.username;
  const now = useQuery({
    queryKey: [...keys.departments, 'terms', person._id],
    queryFn: () => termsOf(person),
    staleTime: 0,
  });
  const [draft, setDraft] = useState<Partial<Terms>>({});
  const terms: Terms = { limit: '', departments: [], ...now.data, ...draft };
  const choices = useDepartmentChoices(terms.departments);
  const { mutate, error, isPending } = useSaving({
    run: () => saveTerms(person, terms),
    renews: [keys.people, keys.departments],
    said: () => t('records.saved', { name }),
    then: onDone,
  });
  return (
    <FormDialog title={t('people.termsOf', { name })} error={error ?? now.error} busy={isPending || !now.data} onSubmit={() => mutate(undefined)} onDone={onDone}>
      <NumberInput data-autofocus label={t('people.limit')} description={t('people.limitHelp')} min={1} allowDecimal={false} disabled={!now.data} placeholder={t('people.limitNone')} value={terms.limit} onChange={(value) => setDraft({ ...draft, limit: typeof value === 'number' ? value : '' })} />
      <MultiSelect label={t('field.departments')} description={t('people.departmentsHelp')} disabled={!now.data} data={choices} searchable clearable hidePickedOptions limit={100} nothingFoundMessage={t('records.none')} clearButtonProps={{ 'aria-label': t('action.clear') }} value={terms.departments} onChange={(departments) => setDraft({ ...draft, departments })} />
    </FormDialog>
  );
}
