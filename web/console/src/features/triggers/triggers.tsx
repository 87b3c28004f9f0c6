// The triggers: messages that speak to visitors first.
import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { MessageSquareDot, Plus } from 'lucide-react';
import { Suspense, useState } from 'react';
import { later } from '../../lib/later';
import { maybe, t } from '../../lib/text';
import { Confirm } from '../../ui/dialog';
import { Page } from '../../ui/page';
import { Record, Records } from '../../ui/records';
import { useSaving } from '../../ui/saving';
import { removeTrigger, triggersKey, triggersQuery, type Trigger } from './queries';
import '../../lib/page-texts';

const TriggerForm = later(async () => (await import('./trigger-form')).TriggerForm);

export function Triggers() {
  const read = useQuery(triggersQuery);
  const [open, setOpen] = useState<Trigger | 'new'>();
  const [going, setGoing] = useState<Trigger>();
  const add = <Button leftSection={<Plus aria-hidden size={16} />} onClick={() => setOpen('new')}>{t('triggers.add')}</Button>;
  return (
    <Page title={t('triggers.title')} text={t('triggers.text')} actions={read.data?.length ? add : undefined}>
      <Records
        read={read}
        text={({ name, description }) => `${name} ${description}`}
        search={t('triggers.search')}
        empty={{ icon: MessageSquareDot, title: t('triggers.none'), text: t('triggers.noneText'), action: add }}
        row={(trigger) => (
          <Record
            key={trigger._id} face={<MessageSquareDot aria-hidden size={18} />} name={trigger.name || t('triggers.nameless', { no: trigger.no })} text={conditionsOf(trigger)} marks={marksOf(trigger)}
            onOpen={() => setOpen(trigger)} onRemove={() => setGoing(trigger)}
          />
        )}
      />
      <Suspense>{open && <TriggerForm trigger={open === 'new' ? undefined : open} onDone={() => setOpen(undefined)} />}</Suspense>
      {going && <Removal trigger={going} onDone={() => setGoing(undefined)} />}
    </Page>
  );
}

function conditionsOf({ conditions }: Trigger): string {
  return conditions.map(({ name, value }) => [maybe(`triggers.on.${name}`) ?? name, value].filter((it) => it !== undefined && it !== '').join(' ')).join(' · ');
}

function marksOf({ no, enabled, runOnce }: Trigger): string[] {
  return [t('triggers.no', { no }), ...(enabled ? [] : [t('triggers.off')]), ...(runOnce ? [t('triggers.once')] : [])];
}

function Removal({ trigger, onDone }: { trigger: Trigger; onDone(): void }) {
  const { mutate, error, isPending } = useSaving({ run: removeTrigger, renews: [triggersKey], said: ({ name }) => t('records.removed', { name }), then: onDone });
  return <Confirm title={t('records.removeOf', { name: trigger.name })} text={t('triggers.removeText')} yes={t('action.remove')} error={error} busy={isPending} onYes={() => mutate(trigger)} onDone={onDone} />;
}
