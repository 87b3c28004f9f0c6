// What this feature reads and writes over REST.
import { queryOptions, useMutation, useQueryClient, type QueryClient } from '@tanstack/react-query';
import { call, type Request as Asked } from '../../lib/api';
import { explain } from '../../lib/explain';
import { keys } from '../../lib/keys';
import { settingQuery } from '../../lib/public-settings';
import { t } from '../../lib/text';
import type { History, Inbox, Message } from '../../lib/wire';
import { toast } from '../../ui/toast';
import { withOlder } from './history';
import { withSeen } from './mine';
import type { Outgoing } from './outbox';

const page = 50;

/** The waiting list and the agent's rooms: the first screen in one call. */
export const inboxQuery = queryOptions({
  queryKey: keys.inbox,
  queryFn: () => call('GET /api/v1/foyer/inbox', {}),
  staleTime: Infinity,
});

/** A room with its visitor, who serves it and what may be done. */
export function roomQuery(rid: string) {
  return queryOptions({
    queryKey: keys.room(rid),
    queryFn: () => call('GET /api/v1/foyer/rooms/{rid}', { path: { rid } }),
    staleTime: 30_000,
  });
}

/** A room's latest messages; afterwards events keep them up to date. */
export function historyQuery(rid: string) {
  return queryOptions({
    queryKey: keys.history(rid),
    queryFn: () => readHistory(rid),
    staleTime: Infinity,
    gcTime: 30 * 60_000,
  });
}

/** Reads the page of messages before the first loaded one. */
export async function readOlder(client: QueryClient, rid: string): Promise<void> {
  const known = client.getQueryData<History>(keys.history(rid));
  if (!known?.more) return;
  const older = await readHistory(rid, known.messages[0]?.seq);
  client.setQueryData<History>(keys.history(rid), (old) => old && withOlder(old, older));
}

async function readHistory(rid: string, before?: number): Promise<History> {
  const history = await call('GET /api/v1/foyer/rooms/{rid}/history', { path: { rid }, query: { before, count: page } });
  return { ...history, messages: history.messages.toSorted((a, b) => a.seq - b.seq) };
}

/** The pages the visitor has looked at, the latest first. */
export function pagesQuery(rid: string) {
  return queryOptions({
    queryKey: keys.pages(rid),
    queryFn: async () => (await call('GET /api/v1/livechat/visitors.pagesVisited/{roomId}', { path: { roomId: rid }, query: { count: 20 } })).pages,
    staleTime: 15_000,
  });
}

/** The visitor's other chats, the latest first. */
export function earlierQuery(rid: string, visitor: string) {
  const row = 'GET /api/v1/livechat/visitors.chatHistory/room/{roomId}/visitor/{visitorId}';
  return queryOptions({
    queryKey: keys.earlier(rid, visitor),
    queryFn: async () => (await call(row, { path: { roomId: rid, visitorId: visitor }, query: { count: 20 } })).history.filter((room) => room._id !== rid),
    staleTime: 60_000,
  });
}

/** Whether a closing needs a comment. */
export const commentQuery = settingQuery('Livechat_request_comment_when_closing_conversation');

/** Stores a message; repeating it with the same id changes nothing. */
export async function postMessage({ _id, rid, msg }: Outgoing): Promise<Message> {
  return (await call('POST /api/v1/chat.sendMessage', { body: { message: { _id, rid, msg } } })).message;
}

/** Ends a chat with a comment for the visitor and tags for the reports. */
export function useClose(rid: string, done: () => void) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (closing: Omit<Asked<'POST /api/v1/livechat/room.closeByUser'>['body'], 'rid'>) => call('POST /api/v1/livechat/room.closeByUser', { body: { rid, ...closing } }),
    onSuccess: () => {
      client.setQueryData<Inbox>(keys.inbox, (old) => old && { ...old, mine: old.mine.filter((room) => room._id !== rid) });
      toast({ tone: 'done', text: t('close.done') });
      done();
    },
    onSettled: () => client.invalidateQueries({ queryKey: keys.room(rid) }),
  });
}

/** Joins a room somebody else serves. */
export function useJoin(rid: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: () => call('GET /api/v1/livechat/room.join', { query: { roomId: rid } }),
    onError: (cause) => toast({ tone: 'refused', text: explain(cause) }),
    onSettled: () => client.invalidateQueries({ queryKey: keys.room(rid) }),
  });
}

/** Marks a room as read in the list. */
export function markSeen(client: QueryClient, rid: string): void {
  client.setQueryData<Inbox>(keys.inbox, (old) => old && { ...old, mine: withSeen(old.mine, rid) });
}
