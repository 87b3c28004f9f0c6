// SLA policies: how soon a chat that has one is due.
import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Plus, Timer } from 'lucide-react';
import { Suspense, useState } from 'react';
import { keys } from '../../lib/keys';
import { later } from '../../lib/later';
import { t } from '../../lib/text';
import { minutesLong } from './minutes';
import type { SLA } from '../../lib/wire';
import { Confirm } from '../../ui/dialog';
import { Page } from '../../ui/page';
import { Record, Records } from '../../ui/records';
import { useSaving } from '../../ui/saving';
import { policiesQuery, removePolicy } from './queries';
import '../../lib/page-texts';

const PolicyForm = later(async () => (await import('./policy-form')).PolicyForm);

export function Policies() {
  const read = useQuery(policiesQuery);
  const [open, setOpen] = useState<SLA | 'new'>();
  const [going, setGoing] = useState<SLA>();
  const add = <Button leftSection={<Plus aria-hidden size={16} />} onClick={() => setOpen('new')}>{t('sla.add')}</Button>;
  return (
    <Page title={t('sla.title')} text={t('sla.text')} actions={read.data?.length ? add : undefined}>
      <Records
        read={read}
        text={({ name, description }) => `${name} ${description}`}
        search={t('sla.search')}
        empty={{ icon: Timer, title: t('sla.none'), text: t('sla.noneText'), action: add }}
        row={(policy) => <Record key={policy._id} face={<Timer aria-hidden size={18} />} name={policy.name} text={policy.description} marks={[minutesLong(policy.dueTimeInMinutes)]} onOpen={() => setOpen(policy)} onRemove={() => setGoing(policy)} />}
      />
      <Suspense>{open && <PolicyForm policy={open === 'new' ? undefined : open} onDone={() => setOpen(undefined)} />}</Suspense>
      {going && <Removal policy={going} onDone={() => setGoing(undefined)} />}
    </Page>
  );
}

function Removal({ policy, onDone }: { policy: SLA; onDone(): void }) {
  const { mutate, error, isPending } = useSaving({ run: removePolicy, renews: [keys.slas], said: ({ name }) => t('records.removed', { name }), then: onDone });
  return <Confirm title={t('records.removeOf', { name: policy.name })} text={t('sla.removeText')} yes={t('action.remove')} error={error} busy={isPending} onYes={() => mutate(policy)} onDone={onDone} />;
}
