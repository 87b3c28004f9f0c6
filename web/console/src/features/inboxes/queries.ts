// E-mail inboxes, for who keeps them.
import { queryOptions } from '@tanstack/react-query';
import { all } from '../../lib/all';
import { call, type Response } from '../../lib/api';

export type Inbox = Response<'GET /api/v1/email-inbox.list'>['emailInboxes'][number];
export const inboxesKey = ['inboxes'];

export interface ServerDraft {
  server: string;
  port: number;
  username: string;
  password: string;
  secure: boolean;
}

export interface InboxDraft {
  _id?: string;
  active: boolean;
  name: string;
  email: string;
  description: string;
  senderInfo: string;
  department: string;
  smtp: ServerDraft;
  imap: ServerDraft & { maxRetries: number };
}

export const inboxesQuery = queryOptions({
  queryKey: inboxesKey,
  queryFn: () => all(async (page) => {
    const { emailInboxes: items, total } = await call('GET /api/v1/email-inbox.list', { query: page });
    return { items, total };
  }),
  refetchInterval: 5000,
});

export const saveInbox = (body: InboxDraft) => call('POST /api/v1/email-inbox', { body });
export const removeInbox = ({ _id }: Inbox) => call('DELETE /api/v1/email-inbox/{_id}', { path: { _id } });
export const tryInbox = ({ _id }: Inbox) => call('POST /api/v1/email-inbox.send-test/{_id}', { path: { _id } });
