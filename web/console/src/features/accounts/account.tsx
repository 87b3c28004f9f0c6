// My account: who I am, how this screen looks and alerts, where I am signed in.
import { Button, Group } from '@mantine/core';
import { LogOut } from 'lucide-react';
import { useMe } from '../../lib/session';
import { t } from '../../lib/text';
import { Avatar } from '../../ui/avatar';
import '../../ui/inputs';
import { Page, Row, Section } from '../../ui/page';
import { Alerts } from './alerts';
import { Look } from './look';
import { MissedMails } from './missed-mails';
import { Notices } from './notices';
import { Photo } from './photo';
import { SignIns } from './sign-ins';
import { Transcripts } from './transcripts';

export function Account({ onSignOut }: { onSignOut(): void }) {
  const me = useMe();
  return (
    <Page
      title={t('account.title')}
      actions={
        <Button variant="default" leftSection={<LogOut aria-hidden size={16} />} onClick={onSignOut}>
          {t('account.signOut')}
        </Button>
      }
    >
      <Section title={t('account.me')}>
        <Row
          label={
            <Group gap="sm" wrap="nowrap">
              <Avatar name={me.name || me.username} id={me._id} size={44} />
              <div>
                <strong><bdi>{me.name || me.username}</bdi></strong>
                <p>{[`@${me.username}`, me.emails?.[0]?.address].filter(Boolean).join(' · ')}</p>
              </div>
            </Group>
          }
          text={t('photo.text')}
        >
          <Photo person={me} />
        </Row>
      </Section>
      <Notices />
      <Look />
      <Alerts />
      {me.roles?.includes('livechat-agent') && <MissedMails />}
      <Transcripts />
      <SignIns />
    </Page>
  );
}
