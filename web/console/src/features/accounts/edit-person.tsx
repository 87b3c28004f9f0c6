// Changing somebody's account: names, address, a new password.
import { Group, PasswordInput, TextInput } from '@mantine/core';
import { useState } from 'react';
import { keys } from '../../lib/keys';
import { t } from '../../lib/text';
import type { User } from '../../lib/wire';
import { Avatar } from '../../ui/avatar';
import { FormDialog } from '../../ui/dialog';
import { Needed } from '../../ui/needed';
import { useSaving } from '../../ui/saving';
import { Photo } from './photo';
import { updatePerson } from './queries';

const shortest = 8;

export function EditPerson({ person, onDone }: { person: User; onDone(): void }) {
  const [draft, setDraft] = useState({ name: person.name ?? '', username: person.username, email: person.emails?.[0]?.address ?? '', password: '' });
  const [short, setShort] = useState(false);
  const { mutate, error, isPending } = useSaving({ run: updatePerson, renews: [keys.people], said: () => t('records.saved', { name: draft.name }), then: onDone });
  const Email = person.emails?.length ? Needed : TextInput; // who has none may go on without
  const put = (change: Partial<typeof draft>) => setDraft({ ...draft, ...change });
  const submit = () => {
    const tooShort = draft.password !== '' && draft.password.length < shortest;
    setShort(tooShort);
    if (!tooShort) mutate({ person, draft });
  };
  return (
    <FormDialog title={t('records.editOf', { name: person.name || person.username })} error={error} busy={isPending} onSubmit={submit} onDone={onDone}>
      <Group gap="sm" wrap="nowrap">
        <Avatar name={person.name || person.username} id={person._id} size={44} />
        <Photo person={person} />
      </Group>
      <Needed data-autofocus label={t('person.name')} maxLength={200} autoComplete="off" value={draft.name} onChange={(event) => put({ name: event.currentTarget.value })} />
      <Needed label={t('person.username')} maxLength={100} autoComplete="off" value={draft.username} onChange={(event) => put({ username: event.currentTarget.value })} />
      <Email label={t('person.email')} type="email" maxLength={254} autoComplete="off" value={draft.email} onChange={(event) => put({ email: event.currentTarget.value })} />
      <PasswordInput label={t('people.newPassword')} description={t('people.newPasswordHelp')} error={short && t('person.passwordShort', { n: shortest })} autoComplete="new-password" value={draft.password} onChange={(event) => put({ password: event.currentTarget.value })} visibilityToggleButtonProps={{ 'aria-label': t('signIn.show'), tabIndex: 0 }} />
    </FormDialog>
  );
}
