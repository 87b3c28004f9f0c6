// The queue overview: how many wait where, and what everybody serves.
import { useQuery } from '@tanstack/react-query';
import { Coffee, Users } from 'lucide-react';
import { call } from '../../lib/api';
import { departmentsQuery } from '../../lib/departments';
import { keys } from '../../lib/keys';
import { useMay } from '../../lib/session';
import { t } from '../../lib/text';
import type { Inquiry } from '../../lib/wire';
import { Avatar } from '../../ui/avatar';
import { Page } from '../../ui/page';
import { Bones, Empty, Trouble } from '../../ui/state';
import { Wait } from '../../ui/wait';
import { loadsOf, queuesOf, type Load, type Waiting } from './loads';
import { servingQuery } from './queries';
import styles from './queue.module.css';

export function Queue({ waiting }: { waiting: readonly Inquiry[] | undefined }) {
  return (
    <Page title={t('queue.title')} text={t('queue.text')} still>
      <section className={styles['section']} aria-labelledby="queue-waiting">
        <h2 id="queue-waiting">{t('queue.waiting')}</h2>
        {waiting ? <Waitings queues={queuesOf(waiting)} /> : <Bones rows={2} height={48} />}
      </section>
      <section className={styles['section']} aria-labelledby="queue-agents">
        <h2 id="queue-agents">{t('queue.agents')}</h2>
        <Loads />
      </section>
    </Page>
  );
}

function Waitings({ queues }: { queues: Waiting[] }) {
  const { data: departments = [] } = useQuery(departmentsQuery);
  const name = (id: string | undefined) => (id === undefined ? t('queue.public') : (departments.find(({ _id }) => _id === id)?.name ?? id));
  if (queues.length === 0) return <div className={styles['card']}><Empty icon={Coffee} title={t('waiting.empty')} text={t('queue.nobody')} /></div>;
  return (
    <ul className={styles['card']}>
      {queues.map(({ department, count, oldest }) => (
        <li key={department ?? ''} className={styles['row']}>
          <span className={styles['name']} dir="auto"><bdi>{name(department)}</bdi></span>
          <span className={styles['sub']}>{t('queue.count', { count })}</span>
          <span className={styles['end']}><span className={styles['sub']}>{t('queue.longest')}</span> <Wait since={oldest.ts} minutes={oldest.estimatedWaitingTimeQueue} /></span>
        </li>
      ))}
    </ul>
  );
}

function Loads() {
  const may = useMay();
  const { data: serving, error, refetch } = useQuery(servingQuery);
  const everybody = may('manage-livechat-agents') || may('transfer-livechat-guest');
  const { data: agents = [] } = useQuery({
    queryKey: [...keys.people, 'serving'],
    queryFn: async () => (await call('GET /api/v1/livechat/users/{type}', { path: { type: 'agent' }, query: { count: 100 } })).users,
    enabled: everybody,
  });
  if (error) return <Trouble error={error} retry={() => void refetch()} />;
  if (!serving) return <Bones rows={3} height={56} />;
  const loads = loadsOf(serving, agents);
  if (loads.length === 0) return <div className={styles['card']}><Empty icon={Users} title={t('queue.noAgents')} text={t('queue.noAgentsText')} /></div>;
  const most = Math.max(1, ...loads.map(({ chats }) => chats));
  return (
    <ul className={styles['card']}>
      {loads.map((load) => <LoadRow key={load.agent._id} load={load} most={most} />)}
    </ul>
  );
}

function LoadRow({ load: { agent, chats, departments }, most }: { load: Load; most: number }) {
  const name = agent.name || agent.username;
  const off = agent.statusLivechat === 'not-available';
  const named = departments.flatMap((one) => (one.name ? [`${one.name} ${one.chats}`] : []));
  return (
    <li className={styles['row']}>
      <Avatar name={name} id={agent._id} presence={agent.status} />
      <span className={styles['who']}>
        <span className={styles['name']} dir="auto"><bdi>{name}</bdi></span>
        <span className={styles['sub']}>{[t(off ? 'availability.off' : `presence.${agent.status}`), ...named].join(' · ')}</span>
      </span>
      <span className={styles['load']}>
        <span aria-hidden className={styles['bar']}><span style={{ inlineSize: `${Math.min(1, chats / (agent.mostChats ?? most)) * 100}%` }} /></span>
        <span className={`${styles['chats']} tabular`}>{agent.mostChats === undefined ? t('forward.chats', { count: chats }) : t('queue.of', { count: agent.mostChats, chats })}</span>
      </span>
    </li>
  );
}
