// Taking a waiting chat: shown at once, undone with an explanation when somebody was quicker.
import { useMutation, useMutationState, useQueryClient } from '@tanstack/react-query';
import { call, Refusal } from '../../lib/api';
import { renew } from '../../lib/change';
import { explain } from '../../lib/explain';
import { keys } from '../../lib/keys';
import { t } from '../../lib/text';
import type { Inbox } from '../../lib/wire';
import { toast } from '../../ui/toast';
import { withoutRoom } from './waiting';

/** Takes the chat of a room. The inquiry is looked up when it is not in the list. */
export function useTake() {
  const client = useQueryClient();
  return useMutation({
    mutationKey: ['take'],
    mutationFn: async (rid: string) => {
      const inquiryId = await inquiryOf(rid, client.getQueryData<Inbox>(keys.inbox));
      return call('POST /api/v1/livechat/inquiries.take', { body: { inquiryId } });
    },
    onError: (cause) => toast({ tone: 'refused', text: explain(cause) }),
    onSuccess: (_, rid) => {
      client.setQueryData<Inbox>(keys.inbox, (old) => old && { ...old, waiting: withoutRoom(old.waiting, rid) });
    },
    onSettled: (_, __, rid) => {
      renew(client, { queryKey: keys.inbox });
      renew(client, { queryKey: keys.room(rid) });
    },
  });
}

async function inquiryOf(rid: string, inbox: Inbox | undefined): Promise<string> {
  const listed = inbox?.waiting.find((inquiry) => inquiry.rid === rid);
  if (listed) return listed._id;
  const { inquiry } = await call('GET /api/v1/livechat/inquiries.getOne', { query: { roomId: rid } });
  if (!inquiry) throw new Refusal(404, 'inquiry-gone', t('refusal.inquiry-gone'));
  return inquiry._id;
}

/** Whether a room is being taken just now. */
export function useTaking(rid: string): boolean {
  const taken = useMutationState({ filters: { mutationKey: ['take'], status: 'pending' }, select: (take) => take.state.variables });
  return taken.includes(rid);
}
