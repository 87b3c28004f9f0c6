// What staff write of a contact.
import { Select, TagsInput, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { choicesOf, fieldsQuery } from '../../lib/custom-fields';
import { keys } from '../../lib/keys';
import { useMay } from '../../lib/session';
import { t } from '../../lib/text';
import { FormDialog } from '../../ui/dialog';
import { Needed } from '../../ui/needed';
import { useSaving } from '../../ui/saving';
import { agentsQuery, draftOf, listsAgents, saveContact, type Contact, type Draft } from './queries';

export function ContactForm({ contact, onDone }: { contact: Contact | undefined; onDone(id?: string): void }) {
  const may = useMay();
  const [draft, setDraft] = useState(draftOf(contact));
  const { data: fields = [] } = useQuery(fieldsQuery);
  const { data: agents = [] } = useQuery({ ...agentsQuery, enabled: listsAgents.some(may) });
  const saved = useRef<string>(undefined);
  const { mutate, error, isPending } = useSaving({ run: async (of: { contact: Contact | undefined; draft: Draft }) => { saved.current = await saveContact(of); }, renews: [keys.contacts, ['room']], said: () => t('records.saved', { name: draft.name }), then: () => onDone(saved.current) });
  const put = (change: Partial<Draft>) => setDraft({ ...draft, ...change });
  const value = (id: string, text: string) => put({ customFields: { ...draft.customFields, [id]: text } });
  const shown = fields.filter(({ scope, visibility }) => scope === 'visitor' && visibility === 'visible');
  return (
    <FormDialog title={contact ? t('records.editOf', { name: contact.name }) : t('contacts.add')} error={error} busy={isPending} onSubmit={() => mutate({ contact, draft })} onDone={() => onDone()}>
      <Needed data-autofocus label={t('field.name')} maxLength={255} value={draft.name} onChange={(event) => put({ name: event.currentTarget.value })} />
      <TagsInput label={t('context.email')} description={t('contacts.severalHelp')} maxTags={50} acceptValueOnBlur value={draft.emails} onChange={(emails) => put({ emails })} />
      <TagsInput label={t('context.phone')} description={t('contacts.severalHelp')} maxTags={50} acceptValueOnBlur value={draft.phones} onChange={(phones) => put({ phones })} />
      {listsAgents.some(may) && <Select clearable searchable label={t('context.manager')} placeholder={t('context.managerNobody')} data={agents.map(({ _id, name, username }) => ({ value: _id, label: name || username }))} value={draft.contactManager || null} onChange={(next) => put({ contactManager: next ?? '' })} clearButtonProps={{ 'aria-label': t('action.clear') }} />}
      {shown.map((field) => {
        const common = { label: field.label, required: field.required, withAsterisk: field.required };
        if (field.type === 'select') return <Select key={field._id} {...common} clearable data={choicesOf(field)} value={draft.customFields[field._id] || null} onChange={(next) => value(field._id, next ?? '')} clearButtonProps={{ 'aria-label': t('action.clear') }} />;
        return <TextInput key={field._id} {...common} dir="auto" maxLength={1024} value={draft.customFields[field._id] ?? ''} onChange={(event) => value(field._id, event.currentTarget.value)} />;
      })}
    </FormDialog>
  );
}
