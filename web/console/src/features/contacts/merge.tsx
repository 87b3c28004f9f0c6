// Choosing the contact that becomes part of this one.
import { TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Search } from 'lucide-react';
import { useState } from 'react';
import { keys } from '../../lib/keys';
import { t } from '../../lib/text';
import { Avatar } from '../../ui/avatar';
import { Choices } from '../../ui/choices';
import { FormDialog } from '../../ui/dialog';
import { useSaving } from '../../ui/saving';
import { contactsQuery, merge, type Contact } from './queries';

const offered = 6;

export function Merge({ contact, onDone }: { contact: Contact; onDone(): void }) {
  const [search, setSearch] = useState('');
  const [text] = useDebouncedValue(search.trim(), 250);
  const [chosen, setChosen] = useState<string>();
  const { data } = useInfiniteQuery({ ...contactsQuery(text), placeholderData: (old) => old });
  const found = (data?.pages[0]?.contacts ?? []).filter(({ _id }) => _id !== contact._id).slice(0, offered);
  const { mutate, error, isPending } = useSaving({ run: merge, renews: [keys.contacts, ['room']], said: () => t('contacts.merged', { name: contact.name }), then: onDone });
  return (
    <FormDialog title={t('contacts.mergeOf', { name: contact.name })} error={error} busy={isPending} ready={found.some(({ _id }) => _id === chosen)} submit={t('contacts.merge')} onSubmit={() => chosen && mutate({ contactId: contact._id, from: chosen })} onDone={onDone}>
      <p style={{ margin: 0, color: 'var(--f-text-2)', textWrap: 'pretty' }}>{t('contacts.mergeText')}</p>
      <TextInput data-autofocus type="search" aria-label={t('contacts.search')} placeholder={t('contacts.search')} leftSection={<Search aria-hidden size={16} />} value={search} onChange={(event) => setSearch(event.currentTarget.value)} />
      <Choices label={t('contacts.mergeWith')} chosen={chosen} onChoose={setChosen} choices={found.map(({ _id, name, emails, phones }) => ({ id: _id, name, text: [emails[0], phones[0]].filter(Boolean).join(' · ') || t('contacts.noAddress'), face: <Avatar name={name} id={_id} size={36} /> }))} />
    </FormDialog>
  );
}
