// Making somebody a monitor.
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { keys } from '../../lib/keys';
import { useMay } from '../../lib/session';
import { t } from '../../lib/text';
import type { Monitor, User } from '../../lib/wire';
import { Avatar } from '../../ui/avatar';
import { Choices } from '../../ui/choices';
import { FormDialog } from '../../ui/dialog';
import { Bones } from '../../ui/state';
import { useSaving } from '../../ui/saving';
import { addMonitor, candidatesQuery } from './queries';

export function NewMonitor({ monitors, onDone }: { monitors: readonly Monitor[]; onDone(): void }) {
  const may = useMay();
  const people = useQuery(candidatesQuery(may('view-full-other-user-info')));
  const [chosen, setChosen] = useState<string>();
  const already = new Set(monitors.map(({ _id }) => _id));
  const candidates = people.data?.filter(({ _id }) => !already.has(_id)) ?? [];
  const person = candidates.find(({ _id }) => _id === chosen);
  const { mutate, error, isPending } = useSaving<User>({
    run: ({ username }) => addMonitor(username),
    renews: [keys.monitors, keys.people],
    said: ({ name, username }) => t('monitors.added', { name: name || username }),
    then: onDone,
  });
  return (
    <FormDialog title={t('monitors.add')} error={error ?? people.error} busy={isPending} ready={person !== undefined} submit={t('monitors.make')} onSubmit={() => person && mutate(person)} onDone={onDone}>
      {people.isPending && <Bones rows={3} height={52} />}
      {people.data && candidates.length === 0 && <p style={{ margin: 0 }}>{t('monitors.nobody')}</p>}
      {candidates.length > 0 && (
        <Choices
          label={t('monitors.choose')}
          chosen={chosen}
          onChoose={setChosen}
          choices={candidates.map(({ _id, name, username, status }) => ({ id: _id, name: name || username, text: `@${username}`, face: <Avatar name={name || username} id={_id} size={36} presence={status ?? 'offline'} /> }))}
        />
      )}
    </FormDialog>
  );
}
