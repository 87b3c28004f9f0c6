// Agents: who takes chats now, and a way to their history.
import { useQuery } from '@tanstack/react-query';
import { Headset } from 'lucide-react';
import { Suspense, useState } from 'react';
import { later } from '../../lib/later';
import { t } from '../../lib/text';
import type { User } from '../../lib/wire';
import { Avatar } from '../../ui/avatar';
import { Page } from '../../ui/page';
import { Record, Records } from '../../ui/records';
import { agentsQuery } from './queries';
import '../../lib/page-texts';

const History = later(async () => (await import('./history')).History);

export function Agents() {
  const read = useQuery(agentsQuery);
  const [open, setOpen] = useState<User>();
  return (
    <Page title={t('agents.title')} text={t('agents.text')}>
      <Records
        read={read}
        text={(agent) => [agent.name, agent.username, agent.emails?.[0]?.address].join(' ')}
        search={t('people.search')}
        empty={{ icon: Headset, title: t('agents.none'), text: t('agents.noneText') }}
        row={(agent) => (
          <Record
            key={agent._id}
            face={<Avatar name={nameOf(agent)} id={agent._id} size={36} presence={agent.status ?? 'offline'} />}
            name={nameOf(agent)}
            text={`@${agent.username}`}
            marks={[markOf(agent)]}
            onOpen={() => setOpen(agent)}
          />
        )}
      />
      <Suspense>{open && <History id={open._id} name={nameOf(open)} onDone={() => setOpen(undefined)} />}</Suspense>
    </Page>
  );
}

function nameOf({ name, username }: User): string {
  return name || username;
}

/** In one glance whether chats reach him. */
function markOf({ statusLivechat, status, type, openBusinessHours }: User): string {
  if (statusLivechat === 'available') return t(status === 'offline' && type !== 'bot' ? 'agents.away' : 'agents.takes');
  return t(openBusinessHours?.length === 0 ? 'agents.closed' : 'agents.takesNot');
}
