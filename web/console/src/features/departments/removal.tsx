// The question before a department is gone for good: who means it types its name.
import { Alert, Button, Group, Modal, Stack, TextInput } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import { explain } from '../../lib/explain';
import { keys } from '../../lib/keys';
import { t } from '../../lib/text';
import '../../ui/inputs';
import { useSaving } from '../../ui/saving';
import styles from './departments.module.css';
import { archive, remove, type Department } from './queries';

export function Removal({ department, onDone }: { department: Department; onDone(): void }) {
  const { name, archived } = department;
  const [typed, setTyped] = useState('');
  const gone = useSaving({ run: remove, renews: [keys.departments], said: () => t('records.removed', { name }), then: onDone });
  const away = useSaving({ run: archive, renews: [keys.departments], said: () => t('departments.archived', { name }), then: onDone });
  const error = gone.error ?? away.error;
  const meant = typed.trim() === name.trim();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (meant) gone.mutate(department);
  };
  return (
    <Modal opened onClose={onDone} title={t('departments.removeOf', { name })} closeButtonProps={{ 'aria-label': t('action.dismiss') }}>
      <form onSubmit={submit}>
        <Stack gap="sm">
          {error && <Alert color="red" role="alert">{explain(error)}</Alert>}
          <p className={styles['say']}>{t('departments.removeText')}</p>
          <p className={styles['say']}>{t(archived ? 'departments.removeArchived' : 'departments.removeRather')}</p>
          <TextInput data-autofocus autoComplete="off" label={t('departments.removeType', { name })} value={typed} onChange={(event) => setTyped(event.currentTarget.value)} />
        </Stack>
        <Group mt="lg" gap="xs" justify="flex-end">
          <Button variant="default" onClick={onDone}>{t('action.cancel')}</Button>
          {!archived && <Button variant="default" loading={away.isPending} onClick={() => away.mutate(department)}>{t('departments.archiveInstead')}</Button>}
          <Button type="submit" color="red" disabled={!meant} loading={gone.isPending}>{t('departments.removeYes')}</Button>
        </Group>
      </form>
    </Modal>
  );
}
