// One custom field: whose it is, what may be in it, where it is shown.
import { Checkbox, SegmentedControl, Stack, TagsInput, TextInput } from '@mantine/core';
import { useState } from 'react';
import { choicesOf, type CustomField } from '../../lib/custom-fields';
import { keys } from '../../lib/keys';
import { t } from '../../lib/text';
import { FormDialog } from '../../ui/dialog';
import { Needed } from '../../ui/needed';
import { useSaving } from '../../ui/saving';
import { blank, draftOf, saveField, type Draft } from './queries';

export function FieldForm({ field, onDone }: { field: CustomField | undefined; onDone(): void }) {
  const [draft, setDraft] = useState<Draft>(field ? draftOf(field) : blank);
  const { mutate, error, isPending } = useSaving({ run: saveField, renews: [keys.fields, ['room']], said: () => t('records.saved', { name: draft.label }), then: onDone });
  const put = (change: Partial<Draft>) => setDraft({ ...draft, ...change });
  const flag = (name: 'visible' | 'public' | 'required' | 'searchable', on = true) => (
    <Checkbox key={name} label={t(`fields.${name}`)} description={t(`fields.${name}Help`)} disabled={!on} checked={draft[name] && on} onChange={(event) => put({ [name]: event.currentTarget.checked })} />
  );
  const asked = draft.scope === 'visitor' && draft.visible;
  return (
    <FormDialog title={field ? t('records.editOf', { name: field.label }) : t('fields.add')} error={error} busy={isPending} onSubmit={() => mutate({ known: field, draft })} onDone={onDone}>
      <Needed data-autofocus label={t('fields.label')} description={t('fields.labelHelp')} maxLength={255} value={draft.label} onChange={(event) => put({ label: event.currentTarget.value })} />
      <Needed label={t('fields.id')} description={t('fields.idHelp')} dir="ltr" maxLength={255} readOnly={field !== undefined} value={draft._id} onChange={(event) => put({ _id: event.currentTarget.value })} />
      <SegmentedControl aria-label={t('fields.scope')} fullWidth data={[{ value: 'visitor', label: t('fields.scopeVisitor') }, { value: 'room', label: t('fields.scopeRoom') }]} value={draft.scope} onChange={(scope) => put({ scope: scope === 'room' ? scope : 'visitor' })} />
      <SegmentedControl aria-label={t('fields.type')} fullWidth data={[{ value: 'input', label: t('fields.typeInput') }, { value: 'select', label: t('fields.typeSelect') }]} value={draft.type} onChange={(type) => put({ type })} />
      {draft.type === 'select' ? (
        <TagsInput label={t('fields.options')} description={t('fields.optionsHelp')} value={choicesOf(draft)} onChange={(options) => put({ options: options.join(',') })} />
      ) : (
        <TextInput label={t('fields.regexp')} description={t('fields.regexpHelp')} dir="ltr" maxLength={1000} value={draft.regexp} onChange={(event) => put({ regexp: event.currentTarget.value })} />
      )}
      <TextInput label={t('fields.default')} description={t('fields.defaultHelp')} maxLength={1024} value={draft.defaultValue} onChange={(event) => put({ defaultValue: event.currentTarget.value })} />
      <Stack gap="xs" mt={4}>
        {flag('visible')}
        {flag('public', asked)}
        {flag('required')}
        {flag('searchable')}
      </Stack>
    </FormDialog>
  );
}
