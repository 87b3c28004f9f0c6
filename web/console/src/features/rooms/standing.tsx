// How urgent a chat is: its priority and its service level, each with a menu to change it.
import { Menu, UnstyledButton } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Check, ChevronDown } from 'lucide-react';
import type { ReactNode } from 'react';
import { call } from '../../lib/api';
import { explain } from '../../lib/explain';
import { keys } from '../../lib/keys';
import { prioritiesQuery, priorityName, slasQuery } from '../../lib/priorities';
import { t } from '../../lib/text';
import type { Priority, Room, RoomDetail, SLA } from '../../lib/wire';
import '../../ui/inputs';
import { PriorityGlyph } from '../../ui/priority';
import { toast } from '../../ui/toast';
import styles from './standing.module.css';

/** The weight of a room without a priority, and the minutes of one without a service level. */
const none = 99;
const never = 9_999_999;

export function Standing({ room }: { room: Room }) {
  return (
    <div className={styles['standing']}>
      <PriorityMenu room={room} />
      <SLAMenu room={room} />
    </div>
  );
}

function PriorityMenu({ room }: { room: Room }) {
  const { data: priorities = [] } = useQuery(prioritiesQuery);
  const change = useChange(room._id, (chosen: Priority | undefined) =>
    chosen
      ? call('POST /api/v1/livechat/room/{rid}/priority', { path: { rid: room._id }, body: { priorityId: chosen._id } })
      : call('DELETE /api/v1/livechat/room/{rid}/priority', { path: { rid: room._id } }),
    (old, chosen) => ({ ...old, priorityId: chosen?._id, priorityWeight: chosen?.sortItem ?? none }));
  const current = priorities.find(({ sortItem }) => sortItem === room.priorityWeight);
  const name = current ? priorityName(current) : t('standing.none');
  if (priorities.length === 0) return null;
  return (
    <Choose label={t('standing.priority')} shown={<><PriorityGlyph weight={room.priorityWeight} size={16} />{name}</>} open={room.open ?? false}>
      {priorities.map((one) => (
        <One key={one._id} chosen={one === current} onClick={() => change(one)}><PriorityGlyph weight={one.sortItem} size={16} />{priorityName(one)}</One>
      ))}
      {current && <Menu.Divider />}
      {current && <Menu.Item onClick={() => change(undefined)}>{t('standing.noPriority')}</Menu.Item>}
    </Choose>
  );
}

function SLAMenu({ room }: { room: Room }) {
  const { data: slas = [] } = useQuery(slasQuery);
  const change = useChange(room._id, (chosen: SLA | undefined) => setSLA(room, chosen?._id ?? ''),
    (old, chosen) => ({ ...old, slaId: chosen?._id, estimatedWaitingTimeQueue: chosen?.dueTimeInMinutes ?? never }));
  const current = slas.find(({ _id }) => _id === room.slaId);
  const name = (one: SLA) => t('standing.slaName', { name: one.name, minutes: one.dueTimeInMinutes });
  if (slas.length === 0) return null;
  return (
    <Choose label={t('standing.sla')} shown={current ? name(current) : t('standing.none')} open={room.open ?? false}>
      {slas.map((one) => (
        <One key={one._id} chosen={one === current} onClick={() => change(one)}>{name(one)}</One>
      ))}
      {current && <Menu.Divider />}
      {current && <Menu.Item onClick={() => change(undefined)}>{t('standing.noSla')}</Menu.Item>}
    </Choose>
  );
}

/** A waiting chat's level may be set by who may take it, that of a served one by who serves it. */
function setSLA({ _id, v, servedBy }: Room, sla: string): Promise<unknown> {
  if (!servedBy && sla) return call('PUT /api/v1/livechat/inquiry.setSLA', { body: { roomId: _id, sla } });
  return call('POST /api/v1/livechat/room.saveInfo', { body: { roomData: { _id, slaId: sla }, guestData: { _id: v._id } } });
}

/** What is chosen, and a menu to choose something else while the room lets one. */
function Choose({ label, shown, open, children }: { label: string; shown: ReactNode; open: boolean; children: ReactNode }) {
  return (
    <div className={styles['row']}>
      <span className={styles['label']}>{label}</span>
      {open ? (
        <Menu position="bottom-start" width={220} withinPortal={false} floatingStrategy="fixed" withInitialFocusPlaceholder={false}>
          <Menu.Target>
            <UnstyledButton className={styles['button']}>
              <span className="unseen">{label}: </span>{shown}<ChevronDown aria-hidden size={14} />
            </UnstyledButton>
          </Menu.Target>
          <Menu.Dropdown>{children}</Menu.Dropdown>
        </Menu>
      ) : (
        <span className={styles['value']}>{shown}</span>
      )}
    </div>
  );
}

interface OneProps {
  chosen: boolean;
  onClick(): void;
  children: ReactNode;
}

function One({ chosen, onClick, children }: OneProps) {
  return (
    <Menu.RadioItem value="" checked={chosen} closeMenuOnClick checkIcon={<Check aria-hidden size={14} />} onChange={onClick}>
      <span className={styles['one']}>{children}</span>
    </Menu.RadioItem>
  );
}

/** Changes something of the room: shown at once, undone with an explanation when refused. */
function useChange<T>(rid: string, act: (chosen: T) => Promise<unknown>, put: (room: Room, chosen: T) => Room): (chosen: T) => void {
  const client = useQueryClient();
  return useMutation({
    mutationFn: act,
    onMutate: (chosen: T) => void client.setQueryData<RoomDetail>(keys.room(rid), (old) => old && { ...old, room: put(old.room, chosen) }),
    onError: (cause) => toast({ tone: 'refused', text: explain(cause) }),
    onSettled: () => client.invalidateQueries({ queryKey: keys.room(rid) }),
  }).mutate;
}
