// The five priorities: what each is called here.
import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { ChevronsUp, RotateCcw } from 'lucide-react';
import { Suspense, useState } from 'react';
import { keys } from '../../lib/keys';
import { later } from '../../lib/later';
import { prioritiesQuery, priorityName } from '../../lib/priorities';
import { t } from '../../lib/text';
import type { Priority } from '../../lib/wire';
import { Confirm } from '../../ui/dialog';
import { Page } from '../../ui/page';
import { PriorityGlyph } from '../../ui/priority';
import { Record, Records } from '../../ui/records';
import { useSaving } from '../../ui/saving';
import { resetPriorities } from './queries';
import '../../lib/page-texts';

const PriorityForm = later(async () => (await import('./priority-form')).PriorityForm);

export function Priorities() {
  const read = useQuery(prioritiesQuery);
  const [open, setOpen] = useState<Priority>();
  const [asking, setAsking] = useState(false);
  const renamed = read.data?.some(({ dirty }) => dirty);
  const reset = renamed && <Button variant="default" leftSection={<RotateCcw aria-hidden size={16} />} onClick={() => setAsking(true)}>{t('priorities.resetAll')}</Button>;
  const usual = (priority: Priority) => (priority.dirty ? t('priorities.usually', { name: priorityName({ i18n: priority.i18n }) }) : undefined);
  return (
    <Page title={t('priorities.title')} text={t('priorities.text')} actions={reset}>
      <Records
        read={read}
        empty={{ icon: ChevronsUp, title: t('priorities.none'), text: t('priorities.noneText') }}
        row={(priority) => <Record key={priority._id} face={<PriorityGlyph weight={priority.sortItem} size={18} />} name={priorityName(priority)} text={usual(priority)} onOpen={() => setOpen(priority)} />}
      />
      <Suspense>{open && <PriorityForm priority={open} onDone={() => setOpen(undefined)} />}</Suspense>
      {asking && <Reset onDone={() => setAsking(false)} />}
    </Page>
  );
}

function Reset({ onDone }: { onDone(): void }) {
  const { mutate, error, isPending } = useSaving<void>({ run: resetPriorities, renews: [keys.priorities], said: () => t('priorities.resetDone'), then: onDone });
  return <Confirm title={t('priorities.resetAll')} text={t('priorities.resetText')} yes={t('priorities.resetYes')} error={error} busy={isPending} onYes={() => mutate()} onDone={onDone} />;
}
