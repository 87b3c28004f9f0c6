// What moves a chat on, or lets it rest: forward, return, hold, resume.
import { useMutation, useQueryClient, type QueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { call, Refusal } from '../../lib/api';
import { explain } from '../../lib/explain';
import { keys } from '../../lib/keys';
import { t } from '../../lib/text';
import type { Inbox, RoomDetail } from '../../lib/wire';
import { toast } from '../../ui/toast';
import { roomQuery } from './queries';

/** Where a chat is sent, and a word for whoever gets it. */
export interface Destination {
  to: { userId: string } | { departmentId: string };
  /** Its name, to tell that it was done. */
  name: string;
  comment: string;
}

/** Sends a chat to a colleague or a department. */
export function useForward(rid: string, done: () => void) {
  const left = useLeft(rid);
  return useMutation({
    mutationFn: ({ to, comment }: Destination) => call('POST /api/v1/livechat/room.forward', { body: { roomId: rid, ...to, ...(comment && { comment }), clientAction: true } }),
    onSuccess: (_, { name }) => {
      toast({ tone: 'done', text: t('forward.done', { name }) });
      done();
      left();
    },
  });
}

/** Gives a room back to the queue. */
export function useReturn(rid: string) {
  const left = useLeft(rid);
  return useMutation({
    mutationFn: () => call('POST /api/v1/livechat/inquiries.returnAsInquiry', { body: { roomId: rid } }),
    onSuccess: () => toast({ tone: 'done', text: t('return.done') }),
    onError: (cause) => toast({ tone: 'refused', text: explain(cause) }),
    onSettled: left,
  });
}

/** Puts a room on hold, or takes it off again: shown at once, undone when refused. */
export function useHold(rid: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (hold: boolean) => call(hold ? 'POST /api/v1/livechat/room.onHold' : 'POST /api/v1/livechat/room.resumeOnHold', { body: { roomId: rid } }),
    onMutate: (hold) => rest(client, rid, hold),
    onError: (cause, hold) => {
      rest(client, rid, !hold);
      toast({ tone: 'refused', text: explain(cause) });
    },
    onSettled: () => client.invalidateQueries({ queryKey: keys.room(rid) }),
  });
}

function rest(client: QueryClient, rid: string, hold: boolean): void {
  const onHold = hold || undefined;
  client.setQueryData<RoomDetail>(keys.room(rid), (old) => old && { ...old, room: { ...old.room, onHold } });
  client.setQueryData<Inbox>(keys.inbox, (old) => old && { ...old, mine: old.mine.map((room) => (room._id === rid ? { ...room, onHold } : room)) });
}

/** After a chat was given away: who may not see it any more is brought back to the list. */
function useLeft(rid: string): () => void {
  const client = useQueryClient();
  const navigate = useNavigate();
  return () => {
    void client.invalidateQueries({ queryKey: keys.inbox });
    client.fetchQuery({ ...roomQuery(rid), staleTime: 0 }).catch((cause: unknown) => cause instanceof Refusal && void navigate({ to: '/inbox' }));
  };
}
