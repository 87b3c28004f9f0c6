// Canned responses: one's own, those of departments, those of everybody.
import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { MessageSquareQuote, Plus } from 'lucide-react';
import { Suspense, useState } from 'react';
import { useDepartmentNames } from '../../lib/department-names';
import { keys } from '../../lib/keys';
import { later } from '../../lib/later';
import { settingQuery } from '../../lib/public-settings';
import { useMay } from '../../lib/session';
import { t } from '../../lib/text';
import { Confirm } from '../../ui/dialog';
import { Page } from '../../ui/page';
import { Record, Records } from '../../ui/records';
import { useSaving } from '../../ui/saving';
import { Empty } from '../../ui/state';
import { cannedQuery, removeCanned, type Canned } from './queries';
import '../../lib/page-texts';

const CannedForm = later(async () => (await import('./canned-form')).CannedForm);

export function CannedPage() {
  const { data: on } = useQuery(settingQuery('Canned_Responses_Enable'));
  if (on === false) return <Page title={t('canned.title')} still><Empty icon={MessageSquareQuote} title={t('canned.off')} text={t('canned.offText')} /></Page>;
  return <Kept />;
}

function Kept() {
  const may = useMay();
  const read = useQuery(cannedQuery);
  const nameOf = useDepartmentNames();
  const [open, setOpen] = useState<Canned | 'new'>();
  const [going, setGoing] = useState<Canned>();
  const add = may('save-canned-responses') && <Button leftSection={<Plus aria-hidden size={16} />} onClick={() => setOpen('new')}>{t('canned.add')}</Button>;
  return (
    <Page title={t('canned.title')} text={t('canned.text')} actions={read.data?.length ? add : undefined}>
      <Records
        read={read}
        text={({ shortcut, text, tags }) => [shortcut, text, ...tags].join(' ')}
        search={t('canned.search')}
        empty={{ icon: MessageSquareQuote, title: t('canned.none'), text: t('canned.noneText'), action: add }}
        row={(one) => (
          <Record
            key={one._id}
            face={<MessageSquareQuote aria-hidden size={18} />}
            name={`!${one.shortcut}`}
            text={one.text}
            marks={[shared(one, nameOf), ...one.tags]}
            {...(one.can?.change && { onOpen: () => setOpen(one) })}
            {...(one.can?.remove && { onRemove: () => setGoing(one) })}
          />
        )}
      />
      <Suspense>{open && <CannedForm one={open === 'new' ? undefined : open} onDone={() => setOpen(undefined)} />}</Suspense>
      {going && <Removal one={going} onDone={() => setGoing(undefined)} />}
    </Page>
  );
}

function shared({ scope, departmentId = '', createdBy }: Canned, nameOf: (id: string) => string): string {
  if (scope === 'department') return nameOf(departmentId);
  return scope === 'user' ? t('canned.privateOf', { name: createdBy.username }) : t('canned.scopeGlobal');
}

function Removal({ one, onDone }: { one: Canned; onDone(): void }) {
  const { mutate, error, isPending } = useSaving({ run: removeCanned, renews: [keys.canned], said: ({ shortcut }) => t('records.removed', { name: `!${shortcut}` }), then: onDone });
  return <Confirm title={t('records.removeOf', { name: `!${one.shortcut}` })} text={t('canned.removeText')} yes={t('action.remove')} error={error} busy={isPending} onYes={() => mutate(one)} onDone={onDone} />;
}
