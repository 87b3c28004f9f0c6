// Calls to the server's REST API with the session cookie. Which calls there are,
// what they take and answer is generated from the server.
import type { Endpoints } from '@foyer/shared/gen/api';

/** The server said no: a status, a stable code and its own words. */
export class Refusal extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
    /** The part of the request it is about, if it is about one. */
    readonly field = '',
  ) {
    super(message);
  }
}

/** No answer: the network or the server is away. Nothing is known about the effect. */
export class Unreachable extends Error {}

/** An endpoint: "GET /api/v1/foyer/inbox". */
export type Row = keyof Endpoints;

/** What an endpoint answers. */
export type Response<R extends Row> = Endpoints[R]['response'];

/** What an endpoint takes; parts it does not have are left out. Asked of each endpoint by itself: all at once would be too much. */
export type Request<R extends Row> = R extends Row
  ? Part<'path', Endpoints[R]['path']> & Part<'query', Endpoints[R]['query']> & Part<'body', Endpoints[R]['body']>
  : never;

type Part<Name extends string, T> = T extends undefined
  ? { [N in Name]?: undefined }
  : Record<string, never> extends T
    ? { [N in Name]?: T }
    : { [N in Name]: T };

let signedOut: () => void = () => undefined;

/** Registers what happens when the server no longer knows the sign-in. */
export function onSignedOut(then: () => void): void {
  signedOut = then;
}

/** Tells that the server no longer knows this session. */
export function sessionLost(): void {
  signedOut();
}

/** Calls an endpoint and returns its answer. */
export async function call<R extends Row>(row: R, request: Request<R>): Promise<Response<R>> {
  const { path = {}, query = {}, body } = request as Parts;
  const [method = 'GET', pattern = ''] = row.split(' ');
  const response = await reach(method, fill(pattern, path) + search(query), body);
  const answer = (await response.json().catch(() => ({}))) as Answer;
  if (response.ok) return answer as Response<R>;
  if (response.status >= 500 || response.status === 408) throw new Unreachable(`HTTP ${response.status}`);
  if (response.status === 401 && !pattern.includes('/console/')) sessionLost();
  throw new Refusal(response.status, codeOf(answer), answer.error ?? answer.message ?? `HTTP ${response.status}`, answer.details?.field);
}

interface Parts {
  path?: Record<string, string>;
  query?: Record<string, unknown>;
  body?: object;
}

async function reach(method: string, url: string, body: object | undefined): Promise<globalThis.Response> {
  const init: RequestInit = { method, credentials: 'same-origin' };
  if (body instanceof FormData) {
    init.body = body;
  } else if (body || method === 'POST') {
    init.headers = { 'Content-Type': 'application/json' };
    init.body = JSON.stringify(body ?? {});
  }
  try {
    return await fetch(url, init);
  } catch (cause) {
    throw new Unreachable('no connection', { cause });
  }
}

/** "/rooms/{rid}" with its names replaced by values. */
function fill(pattern: string, values: Record<string, string>): string {
  return pattern.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(values[name] ?? ''));
}

function search(values: Record<string, unknown>): string {
  const set = Object.entries(values).flatMap(([name, value]) => (value === undefined ? [] : [[name, String(value)]]));
  return set.length === 0 ? '' : `?${new URLSearchParams(set).toString()}`;
}

interface Answer {
  error?: string;
  message?: string;
  errorType?: string;
  details?: { field?: string };
}

/** The stable code of a refusal. */
export function codeOf({ errorType, error = '' }: Answer): string {
  return errorType ?? /\[([\w-]+)\]$/.exec(error)?.[1] ?? error;
}
