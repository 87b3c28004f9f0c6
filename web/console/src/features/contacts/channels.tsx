// Where a contact writes; each channel can be closed to it and opened again.
import { Button } from '@mantine/core';
import { Ban } from 'lucide-react';
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
import { setBlocked, type Channel, type Contact } from './queries';

export function Channels({ contact }: { contact: Contact }) {
  return (
    <Section title={t('contacts.channels')}>
      {contact.channels.length === 0 && <p className={styles['none']}>{t('contacts.noChannels')}</p>}
      <ul className={styles['list']}>
        {contact.channels.map((channel) => <One key={channel.visitorId + channel.visitor.source.type + (channel.visitor.source.id ?? '')} channel={channel} />)}
      </ul>
    </Section>
  );
}

function One({ channel }: { channel: Channel }) {
  const may = useMay();
  const [asking, setAsking] = useState(false);
  const { name, blocked, details, lastChat } = channel;
  const shown = maybe(`channel.${name}`) ?? name;
  const { mutate, error, isPending } = useSaving({
    run: setBlocked,
    renews: [keys.contacts, ['room']],
    said: (change) => t(change.blocked ? 'contacts.blockedNow' : 'contacts.unblockedNow', { name: shown }),
    then: () => setAsking(false),
  });
  return (
    <li className={styles['row']}>
      <span className={styles['who']}>
        <span>{shown}</span>
        <span className={styles['sub']}>{[details.destination, lastChat && t('contacts.lastChat', { when: shortMoment(lastChat.ts, now()) })].filter(Boolean).join(' · ')}</span>
      </span>
      {blocked && <span className={styles['mark']}><Ban aria-hidden size={13} /> {t('contacts.blocked')}</span>}
      {blocked && may('unblock-livechat-contact') && <Button size="xs" variant="default" loading={isPending} onClick={() => mutate({ channel, blocked: false })}>{t('contacts.unblock')}</Button>}
      {!blocked && may('block-livechat-contact') && <Button size="xs" variant="default" onClick={() => setAsking(true)}>{t('contacts.block')}</Button>}
      {asking && <Confirm title={t('contacts.blockOf', { name: shown })} text={t('contacts.blockText')} yes={t('contacts.block')} error={error} busy={isPending} onYes={() => mutate({ channel, blocked: true })} onDone={() => setAsking(false)} />}
    </li>
  );
}
