// Who is told of chats, and what became of every delivery.
import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { call, type Response } from '../../lib/api';

export type Overview = Response<'GET /api/v1/foyer/webhooks'>;
export type Webhook = Overview['webhooks'][number];
export type Kind = Overview['kinds'][number];
export type Delivery = Response<'GET /api/v1/foyer/webhooks.deliveries'>['deliveries'][number];
export type State = Delivery['state'];
export type Attempt = Response<'GET /api/v1/foyer/webhooks.deliveries/{id}'>['log'][number];

export const webhooksKey = ['webhooks'];
const fresh = 5000;
const pageSize = 50;

export const webhooksQuery = queryOptions({
  queryKey: [...webhooksKey, 'all'],
  queryFn: () => call('GET /api/v1/foyer/webhooks', {}),
  refetchInterval: fresh,
});

export interface Filter {
  webhook: string | null;
  kind: Kind | null;
  state: State | null;
  text: string;
  /** As the fields of a form have it: local, without a zone; empty: open. */
  from: string;
  to: string;
}

/** The filter's fields as the server reads them, without the text. */
export function chosen({ webhook, kind, state, from, to }: Filter) {
  return { ...(webhook && { webhook }), ...(kind && { kind }), ...(state && { state }), ...(from && { from: instant(from) }), ...(to && { to: instant(to) }) };
}

const instant = (local: string) => new Date(local).toISOString();

export function deliveriesQuery(filter: Filter) {
  const wanted = { ...chosen(filter), ...(filter.text && { text: filter.text }) };
  return infiniteQueryOptions({
    queryKey: [...webhooksKey, 'deliveries', wanted],
    queryFn: ({ pageParam }) => call('GET /api/v1/foyer/webhooks.deliveries', { query: { ...wanted, offset: pageParam, count: pageSize } }),
    initialPageParam: 0,
    getNextPageParam: ({ offset, count, total }) => (offset + count < total ? offset + count : undefined),
    refetchInterval: fresh,
  });
}

export const deliveryQuery = (id: string) => queryOptions({
  queryKey: [...webhooksKey, 'delivery', id],
  queryFn: () => call('GET /api/v1/foyer/webhooks.deliveries/{id}', { path: { id } }),
  refetchInterval: fresh,
});

export interface WebhookDraft {
  _id: string | undefined;
  name: string;
  url: string;
  /** Undefined: the stored one stays. */
  token: string | undefined;
  events: Kind[];
  enabled: boolean;
}

export function saveWebhook({ _id, token, ...rest }: WebhookDraft): Promise<unknown> {
  return call('POST /api/v1/foyer/webhooks', { body: { ...rest, ...(_id && { _id }), ...(token !== undefined && { token }) } });
}

export function removeWebhook({ _id }: Webhook): Promise<unknown> {
  return call('DELETE /api/v1/foyer/webhooks/{id}', { path: { id: _id } });
}

export const secretOf = (id: string) => call('GET /api/v1/foyer/webhooks/{id}/secret', { path: { id } });
export const rotateSecret = (id: string) => call('POST /api/v1/foyer/webhooks/{id}/rotate', { path: { id } });
export const sendTest = (id: string) => call('POST /api/v1/foyer/webhooks/{id}/test', { path: { id } });
export const replay = (body: { ids?: string[] } & ReturnType<typeof chosen>) => call('POST /api/v1/foyer/webhooks.replay', { body });
