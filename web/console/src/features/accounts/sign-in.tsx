// Signing in.
import { Alert, Button, PasswordInput, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import { Refusal } from '../../lib/api';
import { explain } from '../../lib/explain';
import { t } from '../../lib/text';
import '../../ui/inputs';
import { Entry } from './entry';
import { signIn } from './queries';

/** `onDone` is called when the server has accepted. */
export function SignIn({ onDone }: { onDone(): void }) {
  const [user, setUser] = useState('');
  const [password, setPassword] = useState('');
  const enter = useMutation({ mutationFn: () => signIn(user.trim(), password), onSuccess: onDone });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    enter.mutate();
  };
  return (
    <Entry title={t('signIn.title')} text={t('signIn.text')}>
      <form onSubmit={submit}>
        {enter.error && (
          <Alert color="red" mb="md" role="alert">
            {wrong(enter.error)}
          </Alert>
        )}
        <TextInput label={t('signIn.user')} name="username" autoComplete="username" autoCapitalize="none" spellCheck={false} required withAsterisk={false} autoFocus size="md" value={user} onChange={(event) => setUser(event.currentTarget.value)} />
        <PasswordInput mt="md" label={t('signIn.password')} name="password" autoComplete="current-password" required withAsterisk={false} size="md" value={password} onChange={(event) => setPassword(event.currentTarget.value)} visibilityToggleButtonProps={{ 'aria-label': t('signIn.show'), tabIndex: 0 }} />
        <Button type="submit" fullWidth size="md" mt="lg" loading={enter.isPending}>
          {t('signIn.enter')}
        </Button>
      </form>
    </Entry>
  );
}

function wrong(error: Error): string {
  return error instanceof Refusal && error.status === 401 ? t('signIn.wrong') : explain(error);
}
