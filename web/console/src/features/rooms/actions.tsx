// What one does with a chat beside answering it: by icon where there is room, from a menu on a phone.
import { ActionIcon, Tooltip } from '@mantine/core';
import { CornerUpRight, Pause, Trash2, Undo2, type LucideIcon } from 'lucide-react';
import { Suspense, useState } from 'react';
import { later } from '../../lib/later';
import { useMay } from '../../lib/session';
import { t } from '../../lib/text';
import type { RoomDetail } from '../../lib/wire';
import styles from './actions.module.css';
import { useHold, useReturn } from './moves';
import { useTranscripts } from './transcripts';

const ActMenu = later(async () => (await import('./act-menu')).ActMenu);
const RemoveChat = later(async () => (await import('./remove-chat')).RemoveChat);

/** Something one can do with the chat. */
export interface Act {
  name: string;
  icon: LucideIcon;
  /** The key that does it. */
  letter?: string;
  busy: boolean;
  run(): void;
}

interface ActionsProps {
  detail: RoomDetail;
  onForward(): void;
}

export function Actions({ detail, onForward }: ActionsProps) {
  const { room, can } = detail;
  const give = useReturn(room._id);
  const hold = useHold(room._id);
  const transcripts = useTranscripts(detail);
  const [removing, setRemoving] = useState(false);
  const removable = useMay()('remove-closed-livechat-room') && !room.open;
  const acts: Act[] = [
    ...(can.forward ? [{ name: t('action.forward'), icon: CornerUpRight, letter: 'f', busy: false, run: onForward }] : []),
    ...(can.hold ? [{ name: t('action.hold'), icon: Pause, letter: 'h', busy: hold.isPending, run: () => hold.mutate(true) }] : []),
    ...(can.return && !room.onHold ? [{ name: t('action.return'), icon: Undo2, busy: give.isPending, run: () => give.mutate() }] : []),
    ...transcripts,
    ...(removable ? [{ name: t('chats.remove'), icon: Trash2, busy: false, run: () => setRemoving(true) }] : []),
  ];
  if (acts.length === 0) return null;
  return (
    <>
      <div className={styles['wide']}>{acts.map((act) => <ActIcon key={act.name} act={act} />)}</div>
      <Suspense><ActMenu acts={acts} /></Suspense>
      <Suspense>{removing && <RemoveChat room={room} onDone={() => setRemoving(false)} />}</Suspense>
    </>
  );
}

function ActIcon({ act: { name, icon: Icon, letter, busy, run } }: { act: Act }) {
  return (
    <Tooltip label={name}>
      <ActionIcon variant="subtle" color="gray" size={34} aria-label={name} aria-keyshortcuts={letter} data-key={letter} loading={busy} onClick={run}>
        <Icon aria-hidden size={18} />
      </ActionIcon>
    </Tooltip>
  );
}
