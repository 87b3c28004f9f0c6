// What the palette offers: pages, chats, actions.
import { useMantineColorScheme } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { Keyboard, LogOut, MessageSquare, Moon, Power, Sun } from 'lucide-react';
import { useSwitch } from '../features/agents/availability';
import { useMe } from '../lib/session';
import { t } from '../lib/text';
import type { Inbox } from '../lib/wire';
import type { Command } from './palette';
import { useSignOut } from './sign-out';
import { usePages } from './use-pages';

export function useCommands(inbox: Inbox | undefined, onHelp: () => void): Command[] {
  return [...usePageCommands(), ...useRoomCommands(inbox), ...useActions(onHelp)];
}

function usePageCommands(): Command[] {
  const navigate = useNavigate();
  return usePages().map(({ path, name, icon }) => ({
    id: `page${path.replace('/', '-')}`,
    name: t(name),
    kind: t('palette.page'),
    icon,
    run: () => void navigate({ to: path }),
  }));
}

function useRoomCommands(inbox: Inbox | undefined): Command[] {
  const navigate = useNavigate();
  const open = (rid: string) => void navigate({ to: '/inbox/$rid', params: { rid } });
  const mine = (inbox?.mine ?? []).map(({ _id, fname }) => ({ id: `room-${_id}`, name: fname, kind: t('inbox.mine'), icon: MessageSquare, run: () => open(_id) }));
  const waiting = (inbox?.waiting ?? []).map(({ rid, name }) => ({ id: `room-${rid}`, name, kind: t('inbox.waiting'), icon: MessageSquare, run: () => open(rid) }));
  return [...mine, ...waiting];
}

function useActions(onHelp: () => void): Command[] {
  const me = useMe();
  const { mutate } = useSwitch();
  const { setColorScheme } = useMantineColorScheme();
  const signOut = useSignOut();
  const kind = t('palette.action');
  const available = me.statusLivechat === 'available';
  const flip: Command = {
    id: 'availability',
    name: t(available ? 'palette.stop' : 'palette.begin'),
    kind,
    icon: Power,
    run: () => mutate(available ? 'not-available' : 'available'),
  };
  return [
    ...(me.statusLivechat ? [flip] : []),
    { id: 'light', name: t('palette.light'), kind, icon: Sun, run: () => setColorScheme('light') },
    { id: 'dark', name: t('palette.dark'), kind, icon: Moon, run: () => setColorScheme('dark') },
    { id: 'keys', name: t('keys.title'), kind, icon: Keyboard, run: onHelp },
    { id: 'sign-out', name: t('account.signOut'), kind, icon: LogOut, run: signOut },
  ];
}
