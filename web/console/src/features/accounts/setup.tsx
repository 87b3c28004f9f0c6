// The first start: the one-time link leads here, the first administrator is made.
import { Alert, Button, Checkbox, PasswordInput, TextInput } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { KeyRound } from 'lucide-react';
import { useState, type FormEvent } from 'react';
import { Refusal } from '../../lib/api';
import { explain } from '../../lib/explain';
import { t } from '../../lib/text';
import '../../ui/inputs';
import { Empty, Trouble } from '../../ui/state';
import { Entry } from './entry';
import { checkSetup, setUp, type NewAdministrator } from './queries';

interface SetupProps {
  ticket: string;
  onDone(): void;
}

export function Setup({ ticket, onDone }: SetupProps) {
  const check = useQuery({ queryKey: ['setup', ticket], queryFn: () => checkSetup(ticket), retry: false, enabled: ticket !== '' });
  if (ticket === '' || check.error instanceof Refusal) return <Used />;
  if (check.error) return <Trouble error={check.error} retry={() => void check.refetch()} />;
  if (!check.data) return null;
  return <Form ticket={ticket} onDone={onDone} />;
}

function Used() {
  return (
    <Entry title={t('setup.title')} text={t('setup.used')}>
      <Empty icon={KeyRound} title={t('setup.usedTitle')} text={t('setup.usedText')}>
        <Button component="a" href="/console/" variant="default">
          {t('signIn.enter')}
        </Button>
      </Empty>
    </Entry>
  );
}

const fields = [
  { name: 'name', autoComplete: 'name', type: 'text' },
  { name: 'username', autoComplete: 'username', type: 'text' },
  { name: 'email', autoComplete: 'email', type: 'email' },
] as const;

const shortest = 8;

function Form({ ticket, onDone }: SetupProps) {
  const [person, setPerson] = useState<NewAdministrator>({ name: '', username: '', email: '', password: '' });
  const [grantAgents, setGrantAgents] = useState(true);
  const [short, setShort] = useState(false);
  const make = useMutation({ mutationFn: () => setUp(ticket, { ...person, grantAgents }), onSuccess: onDone });
  const put = (change: Partial<NewAdministrator>) => setPerson({ ...person, ...change });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const tooShort = person.password.length < shortest;
    setShort(tooShort);
    if (!tooShort) make.mutate();
  };
  return (
    <Entry title={t('setup.title')} text={t('setup.text')}>
      <form onSubmit={submit}>
        {make.error && <Alert color="red" mb="md" role="alert">{explain(make.error)}</Alert>}
        {fields.map(({ name, autoComplete, type }, i) => (
          <TextInput key={name} mt={i === 0 ? 0 : 'md'} label={t(`person.${name}`)} name={name} type={type} autoComplete={autoComplete} autoFocus={i === 0} required withAsterisk={false} size="md" value={person[name]} onChange={(event) => put({ [name]: event.currentTarget.value })} />
        ))}
        <PasswordInput mt="md" label={t('person.password')} description={t('person.passwordHelp', { n: shortest })} error={short && t('person.passwordShort', { n: shortest })} autoComplete="new-password" required withAsterisk={false} size="md" value={person.password} onChange={(event) => put({ password: event.currentTarget.value })} visibilityToggleButtonProps={{ 'aria-label': t('signIn.show'), tabIndex: 0 }} />
        <Checkbox mt="md" label={t('setup.grant')} description={t('setup.grantHelp')} checked={grantAgents} onChange={(event) => setGrantAgents(event.currentTarget.checked)} />
        <Button type="submit" fullWidth size="md" mt="lg" loading={make.isPending}>{t('setup.make')}</Button>
      </form>
    </Entry>
  );
}
