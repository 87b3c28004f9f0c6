// Beside the messages: the visitor, why the chat came here, his pages, his earlier chats.
import { ActionIcon, SegmentedControl, UnstyledButton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Check, Copy, X } from 'lucide-react';
import { Suspense, useState, type ReactNode } from 'react';
import { now } from '../../lib/clock';
import { gist } from '../../lib/gist';
import { later } from '../../lib/later';
import { prefer, preferences } from '../../lib/preferences';
import { useStore } from '../../lib/store';
import { t, maybe } from '../../lib/text';
import { fullTime, shortMoment } from '../../lib/time';
import type { RoomDetail } from '../../lib/wire';
import { Avatar } from '../../ui/avatar';
import styles from './context.module.css';
import { Bones } from '../../ui/state';
import { browser } from '../../ui/browser';
import { toast } from '../../ui/toast';
import { ContactLink, Manager } from './manager';
import { presenceOf } from './presence';
import { earlierQuery, pagesQuery, roomQuery } from './queries';
import { Standing } from './standing';
import '../../lib/page-texts';

const Rating = later(async () => (await import('./rating')).Rating);
const FieldValues = later(async () => (await import('./field-values')).FieldValues);

interface ContextProps {
  rid: string;
  /** Why the chat is where it is. */
  why: ReactNode;
  /** Who the site says the visitor is. */
  identity: ReactNode;
  /** A page of somebody else's, if there is one. */
  frame: ReactNode;
  /** What spoke to the visitor first. */
  spoke?: ReactNode;
  onFold(): void;
}

export function Context({ rid, why, spoke, identity, frame, onFold }: ContextProps) {
  const framed = useStore(preferences, (chosen) => chosen.frame);
  const { data, isPending } = useQuery(roomQuery(rid));
  if (!data) return <aside className={styles['context']} aria-label={t('context.label')}>{isPending && <Bones rows={1} />}</aside>;
  return (
    <aside className={styles['context']} data-frame={(frame && framed) || undefined} aria-label={t('context.label')}>
      <ActionIcon className={styles['fold']} variant="subtle" color="gray" size={34} aria-label={t('context.fold')} onClick={onFold}>
        <X aria-hidden size={18} />
      </ActionIcon>
      {frame && <Tabs framed={framed} />}
      {frame && framed ? frame : <Details detail={data} rid={rid} why={why} spoke={spoke} identity={identity} />}
    </aside>
  );
}

/** The external page or what we know ourselves; the choice stays from chat to chat. */
function Tabs({ framed }: { framed: boolean }) {
  const choices = [{ value: 'frame', label: t('frame.title') }, { value: 'about', label: t('frame.about') }];
  return <SegmentedControl className={styles['tabs']} size="xs" aria-label={t('frame.tabs')} data={choices} value={framed ? 'frame' : 'about'} onChange={(chosen) => prefer({ frame: chosen === 'frame' })} />;
}

function Details({ detail: data, rid, why, spoke, identity }: { detail: RoomDetail } & Pick<ContextProps, 'rid' | 'why' | 'spoke' | 'identity'>) {
  return (
    <>
      <Person detail={data} />
      {identity}
      <Suspense><FieldValues detail={data} /></Suspense>
      <Standing room={data.room} />
      <Manager detail={data} />
      <ContactLink detail={data} />
      {data.room.surveyFeedback && <Suspense><Rating said={data.room.surveyFeedback} /></Suspense>}
      <Section title={t('context.why')}>{why}</Section>
      <Pages rid={rid} />
      {spoke}
      <Earlier rid={rid} visitor={data.room.v._id} />
    </>
  );
}

function Section({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className={styles['section']}>
      <h2 className={styles['title']}>{title}</h2>
      {children}
    </section>
  );
}

function Person({ detail: { room, visitor, department, siteName } }: { detail: RoomDetail }) {
  const email = visitor?.visitorEmails?.[0]?.address;
  const phone = visitor?.phone?.[0]?.phoneNumber;
  const presence = presenceOf(room);
  const channel = maybe(`channel.${room.source.type}`) ?? room.source.type;
  return (
    <>
      <div className={styles['person']}>
        <Avatar name={room.fname} id={room.v._id} size={44} presence={room.open ? presence : undefined} />
        <div>
          <p className={styles['name']}><bdi>{room.fname}</bdi></p>
          {presence && <p className={styles['sub']}>{t(`presence.${presence}`)}</p>}
        </div>
      </div>
      <dl className={styles['facts']}>
        <Fact name={t('context.email')} value={email} copy />
        <Fact name={t('context.phone')} value={phone} copy dir="ltr" />
        <Fact name={t('context.channel')} value={room.source.destination ? `${channel} · \u2066${room.source.destination}\u2069` : channel} />
        <Fact name={t('context.department')} value={department?.name} />
        <Fact name={t('context.site')} value={siteName} />
        <Fact name={t('context.device')} value={browser(visitor?.userAgent)} />
        <Fact name={t('context.address')} value={visitor?.ip} copy />
        <Fact name={t('context.tags')} value={room.tags?.join(', ')} />
        {visitor?.consent && <Agreed {...visitor.consent} />}
      </dl>
    </>
  );
}

function Fact({ name, value, copy = false, dir }: { name: string; value: string | undefined; copy?: boolean; dir?: 'ltr' }) {
  if (!value) return null;
  return (
    <div className={styles['fact']}>
      <dt>{name}</dt>
      <dd><bdi dir={dir}>{value}</bdi></dd>
      {copy && <CopyButton name={name} value={value} />}
    </div>
  );
}

/** When the visitor agreed to the use of his data; the words unfold. */
function Agreed({ at, text }: { at: string; text: string }) {
  return (
    <div className={styles['fact']}>
      <dt>{t('context.consent')}</dt>
      <dd><details><summary>{fullTime(at)}</summary><bdi>{text}</bdi></details></dd>
    </div>
  );
}

function CopyButton({ name, value }: { name: string; value: string }) {
  const [done, setDone] = useState(false);
  const copy = async () => {
    await navigator.clipboard.writeText(value);
    setDone(true);
    toast({ tone: 'done', text: t('sites.copied') });
    window.setTimeout(() => setDone(false), 1500);
  };
  if (!('clipboard' in navigator)) return null;
  return (
    <dd className={styles['copy']}>
      <UnstyledButton aria-label={t('context.copy', { name })} onClick={() => void copy()}>
        {done ? <Check aria-hidden size={14} /> : <Copy aria-hidden size={14} />}
      </UnstyledButton>
    </dd>
  );
}

function Pages({ rid }: { rid: string }) {
  const { data: pages } = useQuery(pagesQuery(rid));
  if (!pages || pages.length === 0) return null;
  return (
    <Section title={t('context.pages')}>
      <ol className={styles['list']}>
        {pages.slice(0, 8).map((view) => (
          <li key={view._id} className={styles['page']}>
            <span className={styles['main']} title={view.navigation?.page.location.href}><bdi>{view.navigation?.page.title || view.msg}</bdi></span>
            <time dateTime={view.ts} title={fullTime(view.ts)} className="tabular">{shortMoment(view.ts, now())}</time>
            <span className={styles['detail']}><bdi dir="ltr">{pathOf(view.navigation?.page.location.href)}</bdi></span>
          </li>
        ))}
      </ol>
    </Section>
  );
}

function pathOf(href = ''): string {
  return href.replace(/^https?:\/\/[^/]*/, '') || href;
}

function Earlier({ rid, visitor }: { rid: string; visitor: string }) {
  const { data: rooms } = useQuery(earlierQuery(rid, visitor));
  if (!rooms) return null;
  return (
    <Section title={t('context.earlier')}>
      {rooms.length === 0 && <p className={styles['text']}>{t('context.firstChat')}</p>}
      <ul className={styles['list']}>
        {rooms.slice(0, 8).map((room) => (
          <li key={room._id}>
            <Link to="/inbox/$rid" params={{ rid: room._id }} className={styles['earlier']}>
              <span className={styles['main']}><bdi>{(room.lastMessage && gist(room.lastMessage)) || t('context.chat')}</bdi></span>
              <time dateTime={room.ts} title={fullTime(room.ts)} className="tabular">{shortMoment(room.ts, now())}</time>
              <span className={styles['detail']}>{t('context.messages', { count: room.msgs })}</span>
            </Link>
          </li>
        ))}
      </ul>
    </Section>
  );
}
