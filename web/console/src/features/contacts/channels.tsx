// Where a contact writes; each channel can be verified, closed to it and opened again.
import { Button } from '@mantine/core';
import { BadgeCheck, Ban } from 'lucide-react';
import { useState } from 'react';
import { now } from '../../lib/clock';
import { keys } from '../../lib/keys';
import { useMay } from '../../lib/session';
import { maybe, t } from '../../lib/text';
import { shortMoment } from '../../lib/time';
import { Confirm } from '../../ui/dialog';
import { Section } from '../../ui/page';
import { useSaving } from '../../ui/saving';
import styles from './contacts.module.css';
import { setBlocked, unverify, type Channel, type Contact } from './queries';
import { Verify } from './verify';

export function Channels({ contact }: { contact: Contact }) {
  return (
    <Section title={t('contacts.channels')}>
      {contact.channels.length === 0 && <p className={styles['none']}>{t('contacts.noChannels')}</p>}
      <ul className={styles['list']}>
        {contact.channels.map((channel) => <One key={channel.visitorId + channel.visitor.source.type + (channel.visitor.source.id ?? '')} contact={contact} channel={channel} />)}
      </ul>
    </Section>
  );
}

function One({ contact, channel }: { contact: Contact; channel: Channel }) {
  const may = useMay();
  const [asking, setAsking] = useState(false);
  const [proving, setProving] = useState(false);
  const { name, blocked, verified, value, details, lastChat } = channel;
  const shown = maybe(`channel.${name}`) ?? name;
  const { mutate, error, isPending } = useSaving({
    run: setBlocked,
    renews: [keys.contacts, ['room']],
    said: (change) => t(change.blocked ? 'contacts.blockedNow' : 'contacts.unblockedNow', { name: shown }),
    then: () => setAsking(false),
  });
  const doubt = useSaving({ run: unverify, renews: [keys.contacts, ['room']], said: () => t('contacts.unverifiedNow', { name: shown }), then: () => undefined });
  return (
    <li className={styles['row']}>
      <span className={styles['who']}>
        <span>{shown}</span>
        <span className={styles['sub']}>{[details.destination, verified && value, lastChat && t('contacts.lastChat', { when: shortMoment(lastChat.ts, now()) })].filter(Boolean).join(' · ')}</span>
      </span>
      {verified && <span className={styles['mark']}><BadgeCheck aria-hidden size={13} /> {t('contacts.verified')}</span>}
      {verified && may('update-livechat-contact') && <Button size="xs" variant="default" loading={doubt.isPending} onClick={() => doubt.mutate(channel)}>{t('contacts.unverify')}</Button>}
      {may('update-livechat-contact') && <Button size="xs" variant="default" onClick={() => setProving(true)}>{t('contacts.verify')}</Button>}
      {proving && <Verify contact={contact} channel={channel} name={shown} onDone={() => setProving(false)} />}
      {blocked && <span className={styles['mark']}><Ban aria-hidden size={13} /> {t('contacts.blocked')}</span>}
      {blocked && may('unblock-livechat-contact') && <Button size="xs" variant="default" loading={isPending} onClick={() => mutate({ channel, blocked: false })}>{t('contacts.unblock')}</Button>}
      {!blocked && may('block-livechat-contact') && <Button size="xs" variant="default" onClick={() => setAsking(true)}>{t('contacts.block')}</Button>}
      {asking && <Confirm title={t('contacts.blockOf', { name: shown })} text={t('contacts.blockText')} yes={t('contacts.block')} error={error} busy={isPending} onYes={() => mutate({ channel, blocked: true })} onDone={() => setAsking(false)} />}
    </li>
  );
}
