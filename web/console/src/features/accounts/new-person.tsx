// Adding somebody: the account and what it is for, in one step.
import { Alert, Button, Checkbox, Group, Modal, PasswordInput, Stack } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import { Refusal } from '../../lib/api';
import { explain } from '../../lib/explain';
import { keys } from '../../lib/keys';
import { t } from '../../lib/text';
import '../../ui/inputs';
import { Needed, useNeeded } from '../../ui/needed';
import { toast } from '../../ui/toast';
import { createPerson, type NewPerson as Person } from './queries';

const shortest = 8;

const roles = [
  { id: 'livechat-agent', text: 'people.roleAgent' },
  { id: 'livechat-manager', text: 'people.roleManager' },
  { id: 'admin', text: 'people.roleAdmin' },
] as const;

const fields = [
  { name: 'name', type: 'text' },
  { name: 'username', type: 'text' },
  { name: 'email', type: 'email' },
] as const;

export function NewPerson({ onDone }: { onDone(): void }) {
  const client = useQueryClient();
  const [person, setPerson] = useState<Person>({ name: '', username: '', email: '', password: '', roles: ['livechat-agent'] });
  const [short, setShort] = useState(false);
  const create = useMutation({
    mutationFn: () => createPerson({ ...person, roles: ['user', ...person.roles] }),
    onSuccess: () => {
      void client.invalidateQueries({ queryKey: keys.people });
      toast({ tone: 'done', text: t('people.added', { name: person.name }) });
      onDone();
    },
  });
  const about = create.error instanceof Refusal ? fields.find(({ name }) => name === (create.error as Refusal).field)?.name : undefined;
  const password = useNeeded();
  const put = (change: Partial<Person>) => setPerson({ ...person, ...change });
  const flip = (role: string) => put({ roles: person.roles.includes(role) ? person.roles.filter((other) => other !== role) : [...person.roles, role] });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const tooShort = person.password.length < shortest;
    setShort(tooShort);
    if (!tooShort) create.mutate();
  };
  return (
    <Modal opened onClose={onDone} title={t('people.add')} closeButtonProps={{ 'aria-label': t('action.dismiss') }}>
      <form onSubmit={submit}>
        <Stack gap="sm">
          {create.error && !about && <Alert color="red" role="alert">{explain(create.error)}</Alert>}
          {fields.map(({ name, type }) => (
            <Needed key={name} data-autofocus={name === 'name' || undefined} label={t(`person.${name}`)} type={type} autoComplete="off" error={about === name && explain(create.error)} value={person[name]} onChange={(event) => put({ [name]: event.currentTarget.value })} />
          ))}
          <PasswordInput label={t('person.password')} description={t('person.passwordHelp', { n: shortest })} error={password.wrong ?? (short && t('person.passwordShort', { n: shortest }))} {...password.watch} autoComplete="new-password" required withAsterisk={false} value={person.password} onChange={(event) => put({ password: event.currentTarget.value })} visibilityToggleButtonProps={{ 'aria-label': t('signIn.show'), tabIndex: 0 }} />
          <fieldset style={{ margin: 0, padding: 0, border: 0 }}>
            <legend style={{ padding: 0, marginBlockEnd: 8, fontWeight: 500 }}>{t('people.roles')}</legend>
            <Stack gap="xs">
              {roles.map(({ id, text }) => (
                <Checkbox key={id} label={t(`role.${id}`)} description={t(text)} checked={person.roles.includes(id)} onChange={() => flip(id)} />
              ))}
            </Stack>
          </fieldset>
        </Stack>
        <Group mt="lg" justify="flex-end" gap="xs">
          <Button variant="default" onClick={onDone}>{t('action.cancel')}</Button>
          <Button type="submit" loading={create.isPending}>{t('people.create')}</Button>
        </Group>
      </form>
    </Modal>
  );
}
