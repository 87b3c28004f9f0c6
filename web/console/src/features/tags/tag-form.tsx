// One tag: its name, what it means, the departments it is for.
import { MultiSelect, Textarea } from '@mantine/core';
import { useState } from 'react';
import { useDepartmentChoices } from '../../lib/department-names';
import { keys } from '../../lib/keys';
import { t } from '../../lib/text';
import { FormDialog } from '../../ui/dialog';
import { Needed } from '../../ui/needed';
import { useSaving } from '../../ui/saving';
import { saveTag, type Tag, type TagDraft } from './queries';

export function TagForm({ tag, onDone }: { tag: Tag | undefined; onDone(): void }) {
  const [draft, setDraft] = useState<TagDraft>({ _id: tag?._id, name: tag?.name ?? '', description: tag?.description ?? '', departments: tag?.departments ?? [] });
  const { mutate, error, isPending } = useSaving({ run: saveTag, renews: [keys.tags], said: ({ name }) => t('records.saved', { name }), then: onDone });
  const choices = useDepartmentChoices(draft.departments);
  const put = (change: Partial<TagDraft>) => setDraft({ ...draft, ...change });
  return (
    <FormDialog title={tag ? t('records.editOf', { name: tag.name }) : t('tags.add')} error={error} busy={isPending} onSubmit={() => mutate(draft)} onDone={onDone}>
      <Needed data-autofocus label={t('field.name')} maxLength={100} value={draft.name} onChange={(event) => put({ name: event.currentTarget.value })} />
      <Textarea label={t('field.description')} autosize minRows={2} maxLength={1000} value={draft.description} onChange={(event) => put({ description: event.currentTarget.value })} />
      <MultiSelect label={t('field.departments')} description={t('tags.departmentsHelp')} data={choices} searchable clearable hidePickedOptions nothingFoundMessage={t('records.none')} value={draft.departments} onChange={(departments) => put({ departments })} clearButtonProps={{ 'aria-label': t('action.clear') }} />
    </FormDialog>
  );
}
