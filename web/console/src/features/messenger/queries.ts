// How Messenger is set up, and its pages, for who keeps them.
import { queryOptions } from '@tanstack/react-query';
import { call, type Response } from '../../lib/api';

export type Setup = Response<'GET /api/v1/foyer/facebook'>;
export type FacebookPage = Setup['pages'][number];
export const messengerKey = ['messenger'];

export interface PageDraft {
  pageId: string;
  name: string;
  accessToken: string;
  departmentId: string;
  welcomeMessage: string;
  finishedMessage: string;
  offlineMessage: string;
  subscribed: boolean;
}

export const setupQuery = queryOptions({ queryKey: messengerKey, queryFn: () => call('GET /api/v1/foyer/facebook', {}) });
export const savePage = (body: PageDraft & { new: boolean }) => call('POST /api/v1/foyer/facebook/pages', { body });
export const removePage = ({ pageId }: FacebookPage) => call('DELETE /api/v1/foyer/facebook/pages/{pageId}', { path: { pageId } });
