// How mails leave: whether a server is set, a test of it, and every mail with what became of it.
import { Alert, Button, Group, Select } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Ban, CircleCheck, CircleX, Clock, Eye, Mail as Glyph, Info, type LucideIcon } from 'lucide-react';
import { Suspense, useState } from 'react';
import { useNow } from '../../lib/clock';
import { later } from '../../lib/later';
import { useMay } from '../../lib/session';
import { maybe, t } from '../../lib/text';
import { shortMoment } from '../../lib/time';
import { Page } from '../../ui/page';
import { Record } from '../../ui/records';
import { Bones, Empty, Trouble } from '../../ui/state';
import styles from './mail.module.css';
import { mailsQuery, states, type Mail as Entry, type State } from './queries';
import { outcome, Trial } from './trial';
import '../../lib/page-texts';

const MailView = later(async () => (await import('./mail-view')).MailView);
const Failure = later(async () => (await import('./failure')).Failure);
const glyphs: { [S in State]: LucideIcon } = { waiting: Clock, sent: CircleCheck, dead: CircleX, kept: Eye, unsent: Ban };

export function Mail() {
  const may = useMay();
  const [state, setState] = useState<State | null>(null);
  const [open, setOpen] = useState<Entry>();
  const read = useInfiniteQuery(mailsQuery(state));
  const first = read.data?.pages[0];
  const found = read.data?.pages.flatMap(({ mails }) => mails);
  const counted = (one: State) => `${t(`mail.state.${one}`)} (${first?.states[one] ?? 0})`;
  return (
    <Page title={t('mail.title')} text={t('mail.text')}>
      {first && <Standing {...first} />}
      {first && may('edit-privileged-setting') && <Trial keeps={first.keeps} />}
      <Select mt="md" clearable aria-label={t('mail.state')} placeholder={t('mail.state')} data={states.map((one) => ({ value: one, label: counted(one) }))} value={state} onChange={setState} clearButtonProps={{ 'aria-label': t('action.clear') }} />
      <div className={styles['card']}>
        {read.error && !found && <Trouble error={read.error} retry={() => void read.refetch()} />}
        {!found && !read.error && <Bones rows={4} height={58} />}
        {found?.length === 0 && <Empty icon={Glyph} title={t(state ? 'records.none' : 'mail.none')} text={t('mail.noneText')} />}
        {found && found.length > 0 && <ul className={styles['list']}>{found.map((one) => <Row key={one._id} mail={one} onOpen={() => setOpen(one)} />)}</ul>}
      </div>
      {read.hasNextPage && <Group justify="center" mt="sm"><Button variant="default" loading={read.isFetchingNextPage} onClick={() => void read.fetchNextPage()}>{t('offline.more')}</Button></Group>}
      <Suspense>
        {open?.state === 'kept' && <MailView id={open._id} onDone={() => setOpen(undefined)} />}
        {open && open.state !== 'kept' && <Failure mail={open} onDone={() => setOpen(undefined)} />}
      </Suspense>
    </Page>
  );
}

/** What happens to mails now. */
function Standing({ keeps, configured, from }: { keeps: boolean; configured: boolean; from?: string | undefined }) {
  if (keeps) return <Alert mt="md" icon={<Info aria-hidden size={18} />} title={t('mail.keeps')}>{t('mail.keepsText')}</Alert>;
  if (!configured) return <Alert mt="md" icon={<Info aria-hidden size={18} />} title={t('mail.notSet')}>{t('mail.notSetText')}</Alert>;
  return <p className={styles['note']}>{t('mail.from', { from: from ?? '' })}</p>;
}

function Row({ mail, onOpen }: { mail: Entry; onOpen(): void }) {
  const { to, subject, createdAt, attempts, kind } = mail;
  const state = mail.state as State;
  const Icon = glyphs[state];
  const when = useNow((now) => shortMoment(createdAt, now));
  const parts = [to, when, maybe(`mail.kind.${kind}`) ?? kind, ...(failed(mail) ? [outcome(mail), t('mail.attempts', { count: attempts })] : [])];
  return (
    <Record
      face={<Icon aria-hidden size={18} className={styles[state]} />}
      name={subject}
      text={parts.map((part, i) => <span key={part}>{i > 0 && ' · '}<bdi>{part}</bdi></span>)}
      marks={[t(`mail.state.${state}`)]}
      {...((state === 'kept' || failed(mail)) && { onOpen })}
    />
  );
}

function failed({ state, attempts }: Entry): boolean {
  return state === 'dead' || (state === 'waiting' && attempts > 0);
}
