// Monitors: who oversees units.
import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Eye, Plus } from 'lucide-react';
import { Suspense, useState } from 'react';
import { keys } from '../../lib/keys';
import { later } from '../../lib/later';
import { t } from '../../lib/text';
import type { Monitor } from '../../lib/wire';
import { Avatar } from '../../ui/avatar';
import { Confirm } from '../../ui/dialog';
import { Page } from '../../ui/page';
import { Record, Records } from '../../ui/records';
import { useSaving } from '../../ui/saving';
import { monitorsQuery, removeMonitor } from './queries';
import '../../lib/page-texts';

const NewMonitor = later(async () => (await import('./new-monitor')).NewMonitor);

export function Monitors() {
  const read = useQuery(monitorsQuery);
  const [adding, setAdding] = useState(false);
  const [going, setGoing] = useState<Monitor>();
  const add = <Button leftSection={<Plus aria-hidden size={16} />} onClick={() => setAdding(true)}>{t('monitors.add')}</Button>;
  return (
    <Page title={t('monitors.title')} text={t('monitors.text')} actions={read.data?.length ? add : undefined}>
      <Records
        read={read}
        text={(monitor) => [nameOf(monitor), monitor.username, ...(monitor.emails ?? []).map(({ address }) => address)].join(' ')}
        search={t('monitors.search')}
        empty={{ icon: Eye, title: t('monitors.none'), text: t('monitors.noneText'), action: add }}
        row={(monitor) => (
          <Record
            key={monitor._id}
            face={<Avatar name={nameOf(monitor)} id={monitor._id} size={36} presence={monitor.status} />}
            name={nameOf(monitor)}
            text={[`@${monitor.username}`, monitor.emails?.[0]?.address].filter(Boolean).join(' · ')}
            onRemove={() => setGoing(monitor)}
            remove={t('monitors.remove', { name: nameOf(monitor) })}
          />
        )}
      />
      <Suspense>{adding && <NewMonitor monitors={read.data ?? []} onDone={() => setAdding(false)} />}</Suspense>
      {going && <Removal monitor={going} onDone={() => setGoing(undefined)} />}
    </Page>
  );
}

function nameOf({ name, username }: Monitor): string {
  return name || username;
}

function Removal({ monitor, onDone }: { monitor: Monitor; onDone(): void }) {
  const name = nameOf(monitor);
  const { mutate, error, isPending } = useSaving({ run: removeMonitor, renews: [keys.monitors, keys.units, keys.people], said: () => t('monitors.removed', { name }), then: onDone });
  return <Confirm title={t('monitors.remove', { name })} text={t('monitors.removeText')} yes={t('action.remove')} error={error} busy={isPending} onYes={() => mutate(monitor)} onDone={onDone} />;
}
