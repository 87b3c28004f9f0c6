// One contact: who it is, where it writes, what was said, what a merge left open.
import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { ArrowLeft, Contact as ContactGlyph, Merge as MergeGlyph, Pencil, Trash2 } from 'lucide-react';
import { Suspense, useState } from 'react';
import { fieldsQuery } from '../../lib/custom-fields';
import { now } from '../../lib/clock';
import { later } from '../../lib/later';
import { useMay } from '../../lib/session';
import { t } from '../../lib/text';
import { fullTime, shortMoment } from '../../lib/time';
import { Page, Section } from '../../ui/page';
import { Bones, Empty, Trouble } from '../../ui/state';
import { Channels } from './channels';
import { Conflicts } from './conflicts';
import styles from './contacts.module.css';
import { agentsQuery, contactQuery, historyQuery, listsAgents, type Contact } from './queries';

const ContactForm = later(async () => (await import('./contact-form')).ContactForm);
const Erase = later(async () => (await import('./erase')).Erase);
const Merge = later(async () => (await import('./merge')).Merge);

export function ContactPage({ id }: { id: string }) {
  const { data, error, refetch } = useQuery(contactQuery(id));
  const back = <Link to="/contacts" className={styles['back']}><ArrowLeft aria-hidden size={14} />{t('contacts.title')}</Link>;
  if (error && !data) return <Trouble page error={error} retry={() => void refetch()} />;
  if (data === null) return <Page title={t('contacts.gone')} above={back} still><Empty icon={ContactGlyph} title={t('contacts.gone')} text={t('contacts.goneText')} /></Page>;
  if (!data) return <Page title={t('contacts.title')} above={back} still><Bones rows={4} /></Page>;
  return <Shown contact={data} back={back} />;
}

function Shown({ contact, back }: { contact: Contact; back: React.ReactNode }) {
  const has = useMay();
  const may = has('update-livechat-contact');
  const navigate = useNavigate();
  const [open, setOpen] = useState<'edit' | 'merge' | 'erase'>();
  const actions = may && (
    <>
      {has('remove-closed-livechat-room') && <Button variant="default" leftSection={<Trash2 aria-hidden size={16} />} onClick={() => setOpen('erase')}>{t('contacts.erase')}</Button>}
      <Button variant="default" leftSection={<MergeGlyph aria-hidden size={16} />} onClick={() => setOpen('merge')}>{t('contacts.merge')}</Button>
      <Button leftSection={<Pencil aria-hidden size={16} />} onClick={() => setOpen('edit')}>{t('contacts.edit')}</Button>
    </>
  );
  return (
    <Page title={contact.name} text={contact.unknown ? t('contacts.unknownText') : ''} above={back} actions={actions}>
      {contact.conflictingFields.length > 0 && <Conflicts contact={contact} />}
      <Details contact={contact} />
      <Channels contact={contact} />
      <History id={contact._id} />
      <Suspense>
        {open === 'erase' && <Erase contact={contact} onErased={() => void navigate({ to: '/contacts' })} onDone={() => setOpen(undefined)} />}
        {open === 'edit' && <ContactForm contact={contact} onDone={() => setOpen(undefined)} />}
        {open === 'merge' && <Merge contact={contact} onDone={() => { setOpen(undefined); void navigate({ to: '/contacts/$id', params: { id: contact._id } }); }} />}
      </Suspense>
    </Page>
  );
}

function Details({ contact: { emails, phones, contactManager, customFields = {}, createdAt } }: { contact: Contact }) {
  const may = useMay();
  const { data: fields = [] } = useQuery({ ...fieldsQuery, enabled: may('view-l-room') });
  const { data: agents } = useQuery({ ...agentsQuery, enabled: contactManager !== undefined && listsAgents.some(may) });
  const manager = agents?.find(({ _id }) => _id === contactManager);
  const facts: [string, string][] = [
    [t('context.email'), emails.join(', ')],
    [t('context.phone'), phones.join(', ')],
    [t('context.manager'), contactManager ? (manager?.name ?? manager?.username ?? contactManager) : ''],
    ...fields.filter(({ scope, visibility }) => scope === 'visitor' && visibility === 'visible').map(({ _id, label }): [string, string] => [label, customFields[_id] ?? '']),
    [t('contacts.since'), fullTime(createdAt)],
  ];
  return (
    <Section title={t('contacts.details')}>
      <dl className={styles['facts']}>
        {facts.filter(([, value]) => value !== '').map(([name, value]) => [<dt key={`${name}-name`}>{name}</dt>, <dd key={name} dir="auto">{value}</dd>])}
      </dl>
    </Section>
  );
}

function History({ id }: { id: string }) {
  const may = useMay()('view-livechat-contact-history');
  const { data } = useQuery({ ...historyQuery(id), enabled: may });
  if (!may || !data) return null;
  return (
    <Section title={t('contacts.history')}>
      {data.history.length === 0 && <p className={styles['none']}>{t('contacts.noHistory')}</p>}
      <ul className={styles['list']}>
        {data.history.map((room) => (
          <li key={room._id} className={styles['row']}>
            <span className={styles['who']}>
              <Link to="/inbox/$rid" params={{ rid: room._id }} className={styles['name']}>{t('context.messages', { count: room.msgs })}</Link>
              <span className={styles['sub']}>{[room.servedBy?.username && `@${room.servedBy.username}`, room.tags?.join(', '), room.closedAt ? '' : t('contacts.open')].filter(Boolean).join(' · ')}</span>
            </span>
            <time dateTime={room.ts} title={fullTime(room.ts)} className={styles['when']}>{shortMoment(room.ts, now())}</time>
          </li>
        ))}
      </ul>
    </Section>
  );
}
