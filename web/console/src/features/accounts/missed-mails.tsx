// Whether I am told by mail of chats that I missed; kept on the server, as it is the server that writes.
import { Switch } from '@mantine/core';
import { useState } from 'react';
import { call } from '../../lib/api';
import { keys } from '../../lib/keys';
import { useMe } from '../../lib/session';
import { t } from '../../lib/text';
import { Row, Section } from '../../ui/page';
import { useSaving } from '../../ui/saving';

const save = (missedChatMails: boolean) => call('POST /api/v1/users.setPreferences', { body: { data: { missedChatMails } } });

export function MissedMails() {
  const me = useMe();
  const [on, setOn] = useState(me.settings?.preferences['missedChatMails'] !== false);
  const { mutate, isPending } = useSaving({ run: save, renews: [keys.session], said: (next) => t(next ? 'missed.onSaid' : 'missed.offSaid'), then: () => undefined });
  const flip = (next: boolean) => {
    setOn(next);
    mutate(next, { onError: () => setOn(!next) });
  };
  return (
    <Section title={t('missed.title')}>
      <Row label={t('missed.label')} text={t('missed.text')}>
        <Switch aria-label={t('missed.label')} checked={on} disabled={isPending} onChange={(event) => flip(event.currentTarget.checked)} />
      </Row>
    </Section>
  );
}
