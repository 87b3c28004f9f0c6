// One visitor on the site: all that is known, and the invitation.
import { Alert, Button, Group, Modal, Stack, Textarea } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { Send, Undo2 } from 'lucide-react';
import { useState, type FormEvent, type ReactNode } from 'react';
import { useNow } from '../../lib/clock';
import { explain } from '../../lib/explain';
import { keys } from '../../lib/keys';
import { t } from '../../lib/text';
import { duration, fullTime } from '../../lib/time';
import { browser } from '../../ui/browser';
import { useSaving } from '../../ui/saving';
import { nameOf } from './names';
import styles from './onsite.module.css';
import { invite, withdraw, type Visitor } from './queries';

interface VisitorViewProps {
  visitor: Visitor;
  /** He has left the site. */
  gone: boolean;
  mayInvite: boolean;
  /** What triggers did. */
  ledger: ReactNode;
  onDone(): void;
}

export function VisitorView({ visitor, gone, mayInvite, ledger, onDone }: VisitorViewProps) {
  const { room, status } = visitor;
  const stay = useNow((now) => duration(now - Date.parse(visitor.since)));
  const talks = status === 'waiting' || status === 'chatting';
  return (
    <Modal opened onClose={onDone} size="lg" title={<bdi>{nameOf(visitor)}</bdi>} closeButtonProps={{ 'aria-label': t('action.dismiss') }}>
      <Stack gap="sm">
        {gone && <Alert color="yellow" role="status">{t('visitors.gone')}</Alert>}
        <dl className={styles['facts']}>
          <Fact label={t('visitors.status')} value={t(`visitors.status.${status}`)} />
          <Fact label={t('visitors.email')} value={visitor.email} />
          <Fact label={t('visitors.phone')} value={visitor.phone} />
          <Fact label={t('visitors.page')} value={visitor.title} />
          <Fact label={t('visitors.address')} value={visitor.href && <a href={visitor.href} target="_blank" rel="noreferrer noopener">{visitor.href}</a>} />
          <Fact label={t('visitors.origin')} value={visitor.referrer && <a href={visitor.referrer} target="_blank" rel="noreferrer noopener">{visitor.referrer}</a>} />
          <Fact label={t('visitors.targets')} value={visitor.targets.join(', ')} />
          <Fact label={t('visitors.stay')} value={[stay, t('visitors.pages', { count: visitor.pages }), t('visitors.visits', { count: visitor.visits })].join(' · ')} />
          <Fact label={t('visitors.browser')} value={browser(visitor.browser)} />
          <Fact label={t('visitors.site')} value={visitor.siteName} />
        </dl>
        {room && <Link to="/inbox/$rid" params={{ rid: room }} className={styles['link']}>{t('visitors.chat')}</Link>}
        {visitor.invitation && <Invited visitor={visitor} mayWithdraw={mayInvite && !gone} />}
        {ledger}
        {!talks && mayInvite && <Invite visitor={visitor} gone={gone} onDone={onDone} />}
        {!talks && !mayInvite && <p className={styles['note']}>{t('visitors.onlyAgents')}</p>}
      </Stack>
    </Modal>
  );
}

function Fact({ label, value }: { label: string; value: ReactNode }) {
  if (!value) return null;
  return <div><dt>{label}</dt><dd dir="auto">{value}</dd></div>;
}

/** What was said and has no answer yet. */
function Invited({ visitor, mayWithdraw }: { visitor: Visitor; mayWithdraw: boolean }) {
  const { mutate, error, isPending } = useSaving({ run: withdraw, renews: [keys.onsite], said: () => t('visitors.withdrawn'), then: () => undefined });
  const { text, by, at } = visitor.invitation!;
  return (
    <section aria-label={t('visitors.invitation')} className={styles['invited']}>
      {error && <Alert color="red" role="alert">{explain(error)}</Alert>}
      <p className={styles['small']}>{t('visitors.invitedBy', { name: by.name || by.username, at: fullTime(at) })}</p>
      <p className={styles['said']} dir="auto">{text}</p>
      {mayWithdraw && <Button size="xs" variant="default" leftSection={<Undo2 aria-hidden size={14} />} loading={isPending} onClick={() => mutate(visitor)}>{t('visitors.withdraw')}</Button>}
    </section>
  );
}

function Invite({ visitor, gone, onDone }: { visitor: Visitor; gone: boolean; onDone(): void }) {
  const [text, setText] = useState('');
  const { mutate, error, isPending } = useSaving({ run: invite, renews: [keys.onsite], said: () => t('visitors.invited', { name: nameOf(visitor) }), then: onDone });
  const send = (event: FormEvent) => {
    event.preventDefault();
    mutate({ _id: visitor._id, text: text.trim() });
  };
  return (
    <form onSubmit={send}>
      <Stack gap="xs">
        {error && <Alert color="red" role="alert">{explain(error)}</Alert>}
        <Textarea data-autofocus autosize minRows={2} maxRows={8} maxLength={2000} label={t('visitors.say')} description={t('visitors.sayText')} value={text} onChange={(event) => setText(event.currentTarget.value)} />
        <Group justify="flex-end"><Button type="submit" leftSection={<Send aria-hidden size={15} />} loading={isPending} disabled={gone || !text.trim()}>{t('visitors.invite')}</Button></Group>
      </Stack>
    </form>
  );
}
