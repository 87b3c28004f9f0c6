// E-mail inboxes: whose mails become chats, and how watching each goes.
import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { MailOpen, Plus } from 'lucide-react';
import { Suspense, useState } from 'react';
import { later } from '../../lib/later';
import { t } from '../../lib/text';
import { Confirm } from '../../ui/dialog';
import { Page } from '../../ui/page';
import { Record, Records } from '../../ui/records';
import { useSaving } from '../../ui/saving';
import { inboxesKey, inboxesQuery, removeInbox, type Inbox } from './queries';
import { standing } from './standing';
import '../../lib/page-texts';

const InboxForm = later(async () => (await import('./inbox-form')).InboxForm);

export function Inboxes() {
  const read = useQuery(inboxesQuery);
  const [open, setOpen] = useState<Inbox | 'new'>();
  const [going, setGoing] = useState<Inbox>();
  const add = <Button leftSection={<Plus aria-hidden size={16} />} onClick={() => setOpen('new')}>{t('inboxes.add')}</Button>;
  return (
    <Page title={t('inboxes.title')} text={t('inboxes.text')} actions={read.data?.length ? add : undefined}>
      <Records
        read={read}
        empty={{ icon: MailOpen, title: t('inboxes.none'), text: t('inboxes.noneText'), action: add }}
        row={(inbox) => <Record key={inbox._id} face={<MailOpen aria-hidden size={18} />} name={inbox.name} text={<span style={{ display: 'block', whiteSpace: 'normal', overflowWrap: 'anywhere' }}><bdi>{inbox.email}</bdi> · {standing(inbox)}</span>} onOpen={() => setOpen(inbox)} onRemove={() => setGoing(inbox)} />}
      />
      <Suspense>{open && <InboxForm inbox={open === 'new' ? undefined : open} onDone={() => setOpen(undefined)} />}</Suspense>
      {going && <Removal inbox={going} onDone={() => setGoing(undefined)} />}
    </Page>
  );
}

function Removal({ inbox, onDone }: { inbox: Inbox; onDone(): void }) {
  const { mutate, error, isPending } = useSaving({ run: removeInbox, renews: [inboxesKey], said: ({ name }) => t('records.removed', { name }), then: onDone });
  return <Confirm title={t('records.removeOf', { name: inbox.name })} text={t('inboxes.removeText')} yes={t('action.remove')} error={error} busy={isPending} onYes={() => mutate(inbox)} onDone={onDone} />;
}
