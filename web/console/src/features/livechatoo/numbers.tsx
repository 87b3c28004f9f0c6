// The numbers that pages of the second widget API name departments and operators by, and how these welcome.
import { Textarea } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Building2, Hash, Headset } from 'lucide-react';
import { useState } from 'react';
import { t } from '../../lib/text';
import { FormDialog } from '../../ui/dialog';
import { Page } from '../../ui/page';
import { Record, Records } from '../../ui/records';
import { useSaving } from '../../ui/saving';
import { numbersKey, numbersQuery, saveWelcome, type Numbered } from './queries';
import '../../lib/page-texts';

export function Numbers() {
  const read = useQuery(numbersQuery);
  const [open, setOpen] = useState<Numbered>();
  return (
    <Page title={t('numbers.title')} text={t('numbers.text')}>
      <Records
        read={read}
        text={({ name, no }) => `${name} ${no}`}
        search={t('numbers.search')}
        empty={{ icon: Hash, title: t('numbers.none'), text: t('numbers.noneText') }}
        row={(one) => (
          <Record
            key={`${one.kind} ${one._id}`} name={one.name} text={one.welcome} onOpen={() => setOpen(one)}
            face={one.kind === 'department' ? <Building2 aria-hidden size={18} /> : <Headset aria-hidden size={18} />}
            marks={[t(`numbers.${one.kind}`, { no: one.no }), ...(one.online ? [t('numbers.online')] : [])]}
          />
        )}
      />
      {open && <Welcome one={open} onDone={() => setOpen(undefined)} />}
    </Page>
  );
}

function Welcome({ one, onDone }: { one: Numbered; onDone(): void }) {
  const [welcome, setWelcome] = useState(one.welcome);
  const { mutate, error, isPending } = useSaving({ run: saveWelcome, renews: [numbersKey], said: ({ name }) => t('records.saved', { name }), then: onDone });
  return (
    <FormDialog title={t('numbers.welcomeOf', { name: one.name })} error={error} busy={isPending} onSubmit={() => mutate({ ...one, welcome })} onDone={onDone}>
      <Textarea data-autofocus label={t('numbers.welcome')} description={t('numbers.welcomeHelp')} autosize minRows={2} maxLength={2000} value={welcome} onChange={(event) => setWelcome(event.currentTarget.value)} />
    </FormDialog>
  );
}
