import type { Endpoints } from '@foyer/shared/gen/api';
import { type Left, Refusal, type Rest } from '../model/ports';

const PATIENCE = 20_000;
const PATIENCE_WITH_FILES = 1_200_000;
const PATH = 'api/v1/foyer/widget/';

/** The widget's endpoints by the ends of their paths. */
interface Widget {
  livechatoo: Omit<Endpoints['GET /api/v1/foyer/widget/livechatoo'], 'body'> & { body: Endpoints['POST /api/v1/foyer/widget/livechatoo']['body'] };
  handover: Endpoints['POST /api/v1/foyer/widget/handover'];
  'handover.take': Endpoints['POST /api/v1/foyer/widget/handover.take'];
  identity: Endpoints['POST /api/v1/foyer/widget/identity'];
  config: Endpoints['GET /api/v1/foyer/widget/config'];
  visitor: Endpoints['POST /api/v1/foyer/widget/visitor'];
  offline: { body: Left; response: { message: string; claim: string } };
  'offline.resume': Endpoints['POST /api/v1/foyer/widget/offline.resume'];
  survey: Endpoints['POST /api/v1/foyer/widget/survey'];
  transcript: Endpoints['POST /api/v1/foyer/widget/transcript'];
  forget: Endpoints['POST /api/v1/foyer/widget/forget'];
  page: Endpoints['POST /api/v1/foyer/widget/page'];
  room: Endpoints['POST /api/v1/foyer/widget/room'];
  trigger: Endpoints['POST /api/v1/foyer/widget/trigger'];
  visit: Endpoints['POST /api/v1/foyer/widget/visit'];
  here: Endpoints['POST /api/v1/foyer/widget/here'];
  message: Endpoints['POST /api/v1/foyer/widget/message'];
  history: Endpoints['GET /api/v1/foyer/widget/history'];
  close: Endpoints['POST /api/v1/foyer/widget/close'];
  department: Endpoints['POST /api/v1/foyer/widget/department'];
  [upload: `upload?${string}`]: Omit<Endpoints['POST /api/v1/foyer/widget/upload'], 'body'> & { body: FormData };
  [file: `files/${string}`]: Endpoints['GET /api/v1/foyer/widget/files/{fileId}'] & { body: undefined };
}

/** What a refusal says. */
interface Answer {
  error?: string;
  errorType?: string;
}

/** Calls an endpoint for a session: with a body it is a POST; the last one outlives the page. */
export type Ask = <P extends keyof Widget>(path: P, session: string, body?: Widget[P]['body'], query?: string, last?: boolean) => Promise<Widget[P]['response']>;

/** Calls to the server at base, its address with a slash at the end. No cookie travels with them. */
export const askAt = (base: string): Ask => async (path, session, body, query = '', keepalive) => {
  const form = body instanceof FormData;
  const response = await fetch(base + PATH + path + query, {
    method: body ? 'POST' : 'GET',
    credentials: 'omit',
    keepalive,
    headers: { ...(session && { 'X-Foyer-Session': session }), ...(body && !form && { 'Content-Type': 'application/json' }) },
    body: form ? body : body ? JSON.stringify(body) : null,
    signal: AbortSignal.timeout(form ? PATIENCE_WITH_FILES : PATIENCE),
  });
  const answer = (await response.json().catch(() => ({}))) as Answer;
  if (!response.ok) throw new Refusal(response.status, answer.errorType || answer.error || '');
  return answer as never;
};

/** The query of an address: what is not given is left out. */
export function query(values: object): string {
  const given = Object.entries(values).filter(([, value]) => value !== undefined && value !== '').map(([key, value]) => [key, String(value)]);
  return given.length ? `?${new URLSearchParams(given)}` : '';
}

/** The configuration of a session. */
export const configAt = (ask: Ask): Rest['config'] => async (session, wanted = {}) => (await ask('config', session, undefined, query(wanted))).config;
