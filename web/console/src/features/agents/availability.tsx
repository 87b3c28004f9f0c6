// Two separate facts: whether I want to take chats, and whether I can be reached.
import { Popover, Switch, UnstyledButton } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { ChevronDown, PlugZap, Unplug } from 'lucide-react';
import { useState } from 'react';
import { call } from '../../lib/api';
import { explain } from '../../lib/explain';
import { keys } from '../../lib/keys';
import { useStanding } from '../../lib/live';
import { useMe } from '../../lib/session';
import { t } from '../../lib/text';
import type { Availability as Wants, Session } from '../../lib/wire';
import { useLong } from '../../ui/state';
import { toast } from '../../ui/toast';
import styles from './availability.module.css';

/** The agent's switch; nothing for people who are no agents. */
export function Availability() {
  const me = useMe();
  const [open, setOpen] = useState(false);
  const change = useSwitch();
  const reachable = !useLong(useStanding().is !== 'live', 1500);
  if (!me.statusLivechat) return null;
  const wants = me.statusLivechat === 'available';
  const state = !wants ? 'off' : reachable ? 'on' : 'away';
  const toggle = () => change.mutate(wants ? 'not-available' : 'available');
  return (
    <Popover opened={open} onChange={setOpen} position="bottom-end" radius="lg" shadow="md" width={300} trapFocus returnFocus>
      <Popover.Target>
        <UnstyledButton className={styles['pill']} data-state={state} data-key="a" aria-keyshortcuts="a" onClick={() => setOpen(!open)} aria-label={t('availability.button', { state: t(`availability.${state}`) })}>
          <span className={styles['dot']} />
          {t(`availability.${state}`)}
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
          classNames={{ body: styles['switch'] ?? '' }}
        />
        <p className={styles['fact']} data-reachable={reachable}>
          {reachable ? <PlugZap aria-hidden size={16} /> : <Unplug aria-hidden size={16} />}
          <span>{t(reachable ? 'availability.reachable' : 'availability.unreachable')}</span>
        </p>
        <p className={styles['sum']}>{t(`availability.sum.${state}`)}</p>
      </Popover.Dropdown>
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
