// Triggers, what they did on visits, and the visits to try changed ones on.
import { queryOptions } from '@tanstack/react-query';
import { all } from '../../lib/all';
import { keys } from '../../lib/keys';
import { call, type Request, type Response } from '../../lib/api';

export type Trigger = Response<'GET /api/v1/livechat/triggers'>['triggers'][number];
export type Visit = Response<'GET /api/v1/foyer/triggers.visits'>['visits'][number];
export type Ledger = Response<'GET /api/v1/foyer/onsite.ledger'>;
export type TriggerBody = NonNullable<Request<'POST /api/v1/livechat/triggers'>['body']>;

export const triggersKey = ['triggers'] as const;

export const triggersQuery = queryOptions({
  queryKey: [...triggersKey, 'all'],
  queryFn: () => all(async (page) => {
    const { triggers: items, total } = await call('GET /api/v1/livechat/triggers', { query: page });
    return { items, total };
  }),
});

export const ledgerQuery = (rid: string) => queryOptions({
  queryKey: keys.ledger(rid),
  queryFn: () => call('GET /api/v1/foyer/triggers.ledger', { query: { rid } }),
});

/** Of somebody on a site; it is outdated with the list of those. */
export const onsiteLedgerQuery = (_id: string) => queryOptions({
  queryKey: [...keys.onsite, 'ledger', _id],
  queryFn: () => call('GET /api/v1/foyer/onsite.ledger', { query: { _id } }),
});

/** The visits between two instants, the first five hundred. */
export async function visitsBetween(from: Date, to: Date): Promise<{ visits: Visit[]; total: number }> {
  const { visits, total } = await call('GET /api/v1/foyer/triggers.visits', { query: { from: from.toISOString(), to: to.toISOString(), count: 500 } });
  return { visits, total };
}

export function saveTrigger(body: TriggerBody): Promise<unknown> {
  return call('POST /api/v1/livechat/triggers', { body });
}

export function removeTrigger({ _id }: Trigger): Promise<unknown> {
  return call('DELETE /api/v1/livechat/triggers/{_id}', { path: { _id } });
}

/** Asks a service once; answers its texts. */
export async function testService(body: { webhookUrl: string; timeout: number; fallbackMessage: string }): Promise<string[]> {
  const { response } = await call('POST /api/v1/livechat/triggers/external-service/test', { body });
  return response.contents.map(({ msg }) => msg);
}
