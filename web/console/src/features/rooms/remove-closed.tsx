// Removing all closed chats, of one department or of all: whoever does it types how many fit now.
import { Alert, Button, Group, Modal, Stack, TextInput } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import { call } from '../../lib/api';
import { explain } from '../../lib/explain';
import { t } from '../../lib/text';
import '../../ui/inputs';
import { useSaving } from '../../ui/saving';

interface RemoveClosedProps {
  /** The department's id; null: all departments. */
  department: string | null;
  /** What it is called, where that is known. */
  name: string | undefined;
  /** How many there are now. */
  count: number;
  onDone(): void;
}

export function RemoveClosed({ department, name, count, onDone }: RemoveClosedProps) {
  const [typed, setTyped] = useState('');
  const { mutate, error, isPending } = useSaving({
    run: () => call('POST /api/v1/livechat/rooms.removeAllClosedRooms', { query: department ? { departmentIds: [department] } : {} }),
    renews: [['chats']],
    said: (_, { removedRooms }) => t('chats.removedAll', { count: removedRooms }),
    then: onDone,
  });
  const meant = typed.trim() === String(count);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (meant) mutate(undefined);
  };
  return (
    <Modal opened onClose={onDone} title={t('chats.removeAll')} closeButtonProps={{ 'aria-label': t('action.dismiss') }}>
      <form onSubmit={submit}>
        <Stack gap="sm">
          {error && <Alert color="red" role="alert">{explain(error)}</Alert>}
          <p style={{ margin: 0, textWrap: 'pretty' }}>{department ? t('chats.removeAllIn', { name: name ?? department }) : t('chats.removeAllText')} {t('chats.removeText')}</p>
          <TextInput data-autofocus autoComplete="off" inputMode="numeric" label={t('chats.removeType', { count })} value={typed} onChange={(event) => setTyped(event.currentTarget.value)} />
        </Stack>
        <Group mt="lg" gap="xs" justify="flex-end">
          <Button variant="default" onClick={onDone}>{t('action.cancel')}</Button>
          <Button type="submit" color="red.6" disabled={!meant} loading={isPending}>{t('action.remove')}</Button>
        </Group>
      </form>
    </Modal>
  );
}
