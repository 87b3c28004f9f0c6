// Units: departments together, and who oversees them.
import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Boxes, Plus } from 'lucide-react';
import { Suspense, useState } from 'react';
import { keys } from '../../lib/keys';
import { later } from '../../lib/later';
import { t } from '../../lib/text';
import { Confirm } from '../../ui/dialog';
import { Page } from '../../ui/page';
import { Record, Records } from '../../ui/records';
import { useSaving } from '../../ui/saving';
import { removeUnit, unitsQuery, type Unit } from './queries';
import '../../lib/page-texts';

const UnitForm = later(async () => (await import('./unit-form')).UnitForm);

export function Units() {
  const read = useQuery(unitsQuery);
  const [open, setOpen] = useState<Unit | 'new'>();
  const [going, setGoing] = useState<Unit>();
  const add = <Button leftSection={<Plus aria-hidden size={16} />} onClick={() => setOpen('new')}>{t('units.add')}</Button>;
  const size = ({ numDepartments, numMonitors }: Unit) => `${t('units.departments', { count: numDepartments })} · ${t('units.monitors', { count: numMonitors })}`;
  return (
    <Page title={t('units.title')} text={t('units.text')} actions={read.data?.length ? add : undefined}>
      <Records
        read={read}
        text={({ name }) => name}
        search={t('units.search')}
        empty={{ icon: Boxes, title: t('units.none'), text: t('units.noneText'), action: add }}
        row={(unit) => (
          <Record key={unit._id} face={<Boxes aria-hidden size={18} />} name={unit.name} text={size(unit)} marks={unit.visibility === 'private' ? [t('units.private')] : []} onOpen={() => setOpen(unit)} onRemove={() => setGoing(unit)} />
        )}
      />
      <Suspense>{open && <UnitForm unit={open === 'new' ? undefined : open} onDone={() => setOpen(undefined)} />}</Suspense>
      {going && <Removal unit={going} onDone={() => setGoing(undefined)} />}
    </Page>
  );
}

function Removal({ unit, onDone }: { unit: Unit; onDone(): void }) {
  const { mutate, error, isPending } = useSaving({ run: removeUnit, renews: [keys.units, keys.departments], said: ({ name }) => t('records.removed', { name }), then: onDone });
  return <Confirm title={t('records.removeOf', { name: unit.name })} text={t('units.removeText')} yes={t('action.remove')} error={error} busy={isPending} onYes={() => mutate(unit)} onDone={onDone} />;
}
