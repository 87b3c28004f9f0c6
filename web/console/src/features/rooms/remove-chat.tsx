// Removing a closed chat for good, asked for from the chat itself.
import { useNavigate } from '@tanstack/react-router';
import { call } from '../../lib/api';
import { useMay } from '../../lib/session';
import { t } from '../../lib/text';
import type { Room } from '../../lib/wire';
import { Confirm } from '../../ui/dialog';
import { useSaving } from '../../ui/saving';
import '../../lib/page-texts';

export function RemoveChat({ room, onDone }: { room: Room; onDone(): void }) {
  const navigate = useNavigate();
  const to = useMay()('view-livechat-rooms') ? '/chats' : '/inbox';
  const { mutate, error, isPending } = useSaving({
    run: () => call('POST /api/v1/livechat/rooms.delete', { body: { roomId: room._id } }),
    renews: [['chats']],
    said: () => t('records.removed', { name: room.fname }),
    then: () => void navigate({ to }),
  });
  return <Confirm title={t('chats.removeOf', { name: room.fname })} text={t('chats.removeText')} yes={t('action.remove')} error={error} busy={isPending} onYes={() => mutate(undefined)} onDone={onDone} />;
}
