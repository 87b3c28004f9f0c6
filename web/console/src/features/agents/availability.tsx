// Two separate facts: whether I want to take chats, and whether I can be reached.
import { Button, Popover, Switch, UnstyledButton } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { CalendarClock, ChevronDown, History as HistoryGlyph, PlugZap, Unplug } from 'lucide-react';
import { Suspense, useState } from 'react';
import { call } from '../../lib/api';
import { useNow } from '../../lib/clock';
import { explain } from '../../lib/explain';
import { keys } from '../../lib/keys';
import { later } from '../../lib/later';
import { useStanding } from '../../lib/live';
import { useMe } from '../../lib/session';
import { t } from '../../lib/text';
import { upcoming } from '../../lib/time';
import type { Availability as Wants, Session } from '../../lib/wire';
import { useLong } from '../../ui/state';
import { toast } from '../../ui/toast';
import styles from './availability.module.css';
import { standingQuery } from './queries';
import { shut, whyText } from './why';

const History = later(async () => (await import('./history')).History);

/** The agent's switch; nothing for people who are no agents. */
export function Availability() {
  const me = useMe();
  const [open, setOpen] = useState(false);
  const [history, setHistory] = useState(false);
  const change = useSwitch();
  const reachable = !useLong(useStanding().is !== 'live', 1500);
  if (!me.statusLivechat) return null;
  const wants = me.statusLivechat === 'available';
  const standing = useQuery({ ...standingQuery(me._id), enabled: !wants }).data;
  const closed = !wants && standing !== undefined && shut(standing);
  const own = standing?.since?.cause === 'self' && !closed; // he knows
  const why = useNow((now) => (!wants && !own && standing && whyText(standing, now)) || '');
  const until = useNow((now) => (closed && standing.changesAt ? upcoming(standing.changesAt, now) : ''));
  const state = !wants ? 'off' : reachable ? 'on' : 'away';
  const said = until ? t('availability.closed', { time: until }) : t(`availability.${state}`);
  const toggle = () => change.mutate(wants ? 'not-available' : 'available');
  return (
    <Popover opened={open} onChange={setOpen} position="bottom-end" radius="lg" shadow="md" width={300} trapFocus returnFocus>
      <Popover.Target>
        <UnstyledButton className={styles['pill']} data-state={state} data-key="a" aria-keyshortcuts="a" onClick={() => setOpen(!open)} aria-label={t('availability.button', { state: said })}>
          <span className={styles['dot']} />
          <span className={styles['said']}>{said}</span>
          <ChevronDown aria-hidden size={14} />
        </UnstyledButton>
      </Popover.Target>
      <Popover.Dropdown className={styles['panel']} aria-label={t('availability.title')}>
        <Switch
          checked={wants}
          onChange={toggle}
          labelPosition="left"
          label={t('availability.switch')}
          description={t(wants ? 'availability.wants' : 'availability.wantsNot')}
          disabled={closed}
          classNames={{ body: styles['switch'] ?? '' }}
        />
        {why && (
          <p className={styles['fact']} data-reachable={false}>
            <CalendarClock aria-hidden size={16} />
            <span>{why}</span>
          </p>
        )}
        <p className={styles['fact']} data-reachable={reachable}>
          {reachable ? <PlugZap aria-hidden size={16} /> : <Unplug aria-hidden size={16} />}
          <span>{t(reachable ? 'availability.reachable' : 'availability.unreachable')}</span>
        </p>
        <p className={styles['sum']}>{t(`availability.sum.${state}`)}</p>
        <Button mt="sm" variant="subtle" size="compact-sm" leftSection={<HistoryGlyph aria-hidden size={15} />} onClick={() => { setOpen(false); setHistory(true); }}>{t('history.open')}</Button>
      </Popover.Dropdown>
      <Suspense>{history && <History id={me._id} name={me.name || me.username} onDone={() => setHistory(false)} />}</Suspense>
    </Popover>
  );
}

/** Flips the switch at once; back again with an explanation when the server refuses. */
export function useSwitch() {
  const client = useQueryClient();
  const put = (statusLivechat: Wants) =>
    client.setQueryData<Session | null>(keys.session, (old) => old && { ...old, user: { ...old.user, statusLivechat } });
  return useMutation({
    mutationFn: (status: Wants) => call('POST /api/v1/livechat/agent.status', { body: { status } }),
    onMutate: (status) => void put(status),
    onSuccess: ({ status }) => void put(status),
    onError: (cause, status) => {
      put(status === 'available' ? 'not-available' : 'available');
      toast({ tone: 'refused', text: explain(cause) });
    },
  });
}
