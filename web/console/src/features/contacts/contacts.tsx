// The contacts: the people behind the visitors, found by name, address, number.
import { Button, Group, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { Ban, Contact as ContactGlyph, Plus, Search } from 'lucide-react';
import { Suspense, useState } from 'react';
import { useNow } from '../../lib/clock';
import { later } from '../../lib/later';
import { useMay } from '../../lib/session';
import { t } from '../../lib/text';
import { shortMoment } from '../../lib/time';
import { Avatar } from '../../ui/avatar';
import '../../ui/inputs';
import { Page } from '../../ui/page';
import { Bones, Empty, Trouble } from '../../ui/state';
import styles from './contacts.module.css';
import { contactsQuery, type Contact } from './queries';
import '../../lib/page-texts';

const ContactForm = later(async () => (await import('./contact-form')).ContactForm);

export function Contacts() {
  const may = useMay();
  const navigate = useNavigate();
  const [search, setSearch] = useState('');
  const [text] = useDebouncedValue(search.trim(), 250);
  const [adding, setAdding] = useState(false);
  const read = useInfiniteQuery({ ...contactsQuery(text), placeholderData: (old) => old });
  const found = read.data?.pages.flatMap(({ contacts }) => contacts);
  const add = may('create-livechat-contact') && <Button leftSection={<Plus aria-hidden size={16} />} onClick={() => setAdding(true)}>{t('contacts.add')}</Button>;
  const done = (id?: string) => {
    setAdding(false);
    if (id) void navigate({ to: '/contacts/$id', params: { id } });
  };
  return (
    <Page title={t('contacts.title')} text={t('contacts.text')} actions={add}>
      <TextInput mt="lg" type="search" aria-label={t('contacts.search')} placeholder={t('contacts.search')} leftSection={<Search aria-hidden size={16} />} value={search} onChange={(event) => setSearch(event.currentTarget.value)} />
      <div className={styles['card']}>
        {read.error && !found && <Trouble error={read.error} retry={() => void read.refetch()} />}
        {!found && !read.error && <Bones rows={5} height={60} />}
        {found?.length === 0 && <Empty icon={text ? Search : ContactGlyph} title={t(text ? 'records.none' : 'contacts.none')} text={text ? t('records.noneFound', { text }) : t('contacts.noneText')} />}
        {found && found.length > 0 && <ul className={styles['list']}>{found.map((contact) => <Row key={contact._id} contact={contact} />)}</ul>}
      </div>
      {read.hasNextPage && <Group justify="center" mt="sm"><Button variant="default" loading={read.isFetchingNextPage} onClick={() => void read.fetchNextPage()}>{t('contacts.more')}</Button></Group>}
      <Suspense>{adding && <ContactForm contact={undefined} onDone={done} />}</Suspense>
    </Page>
  );
}

function Row({ contact }: { contact: Contact }) {
  const { _id, name, emails, phones, unknown, lastChat, channels, conflictingFields } = contact;
  const when = useNow((now) => (lastChat ? shortMoment(lastChat.ts, now) : ''));
  return (
    <li className={styles['row']}>
      <Avatar name={name} id={_id} size={36} />
      <span className={styles['who']}>
        <Link to="/contacts/$id" params={{ id: _id }} className={styles['name']} dir="auto"><bdi>{name}</bdi></Link>
        <span className={styles['sub']}>{[emails[0], phones[0]].filter(Boolean).join(' · ')}</span>
      </span>
      <span className={styles['marks']}>
        {channels.some(({ blocked }) => blocked) && <span className={styles['mark']}><Ban aria-hidden size={13} /> {t('contacts.blocked')}</span>}
        {conflictingFields.length > 0 && <span className={styles['mark']}>{t('contacts.conflicts')}</span>}
        {unknown && <span className={styles['mark']}>{t('contacts.unknown')}</span>}
      </span>
      {lastChat && <time dateTime={lastChat.ts} className={styles['when']}>{when}</time>}
    </li>
  );
}
