// The contact manager: the agent to whom a visitor's new chats go first.
import { UnstyledButton } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { ChevronDown } from 'lucide-react';
import { Suspense, useState } from 'react';
import { later } from '../../lib/later';
import { useMay } from '../../lib/session';
import { t } from '../../lib/text';
import type { RoomDetail } from '../../lib/wire';
import styles from './standing.module.css';

const ManagerDialog = later(async () => (await import('./manager-dialog')).ManagerDialog);

/** The way to the person behind the visitor. */
export function ContactLink({ detail: { room } }: { detail: RoomDetail }) {
  const may = useMay();
  if (!room.contactId || !may('view-livechat-contact')) return null;
  return (
    <div className={styles['row']}>
      <span className={styles['label']}>{t('contacts.one')}</span>
      <Link to="/contacts/$id" params={{ id: room.contactId }} className={styles['button']}>{t('contacts.show')}</Link>
    </div>
  );
}

export function Manager({ detail: { room, visitor } }: { detail: RoomDetail }) {
  const may = useMay();
  const [open, setOpen] = useState(false);
  const username = visitor?.contactManager?.username;
  const shown = username ? <bdi>@{username}</bdi> : t('context.managerNone');
  const change = visitor !== undefined && may('edit-omnichannel-contact');
  if (!change && !username) return null;
  return (
    <div className={styles['row']}>
      <span className={styles['label']}>{t('context.manager')}</span>
      {change ? (
        <UnstyledButton className={styles['button']} aria-haspopup="dialog" onClick={() => setOpen(true)}>
          <span className="unseen">{t('context.managerChange')}: </span>{shown}<ChevronDown aria-hidden size={14} />
        </UnstyledButton>
      ) : (
        <span className={styles['value']}>{shown}</span>
      )}
      <Suspense>{open && <ManagerDialog rid={room._id} visitor={room.v._id} name={room.fname} current={username} onDone={() => setOpen(false)} />}</Suspense>
    </div>
  );
}
