// Canned responses somebody may use, and how one is found and filled.
import { queryOptions } from '@tanstack/react-query';
import { call, type Response } from './api';
import { keys } from './keys';
import type { RoomDetail } from './wire';

export type Canned = Response<'GET /api/v1/canned-responses.get'>['responses'][number];

/** Those one may put into a message. */
export const usableQuery = queryOptions({
  queryKey: [...keys.canned, 'usable'],
  queryFn: async () => (await call('GET /api/v1/canned-responses.get', {})).responses,
  staleTime: 60_000,
});

/** What is typed after / or ! at the start of a message; undefined: it asks for no response. */
export function askedFor(text: string): string | undefined {
  return /^[/!]([^\n]{0,60})$/.exec(text)?.[1];
}

const most = 50;

/** The responses that fit, best first: by shortcut before by text; one's own, the chat's department's, the others. */
export function fitting(all: readonly Canned[], asked: string, department: string | undefined): Canned[] {
  const needle = asked.trim().toLocaleLowerCase();
  return all
    .map((one) => ({ one, rank: rankOf(one, needle) * 4 + placeOf(one, department) }))
    .filter(({ rank }) => rank < notFound * 4)
    .toSorted((a, b) => a.rank - b.rank)
    .slice(0, most)
    .map(({ one }) => one);
}

const notFound = 3;

function rankOf({ shortcut, text }: Canned, needle: string): number {
  const at = shortcut.toLocaleLowerCase().indexOf(needle);
  if (at === 0) return 0;
  if (at > 0) return 1;
  return text.toLocaleLowerCase().includes(needle) ? 2 : notFound;
}

function placeOf({ scope, departmentId }: Canned, department: string | undefined): number {
  if (scope === 'user') return 0;
  if (scope === 'department') return departmentId === department ? 1 : 2;
  return 3;
}

/** The placeholders and what stands for each in a chat. */
export function valuesOf({ visitor, agent }: Pick<RoomDetail, 'visitor' | 'agent'>): Record<string, string | undefined> {
  return {
    'contact.name': visitor?.name,
    'contact.email': visitor?.visitorEmails?.[0]?.address,
    'contact.phone': visitor?.phone?.[0]?.phoneNumber,
    'agent.name': agent?.name,
    'agent.email': agent?.emails?.[0]?.address,
  };
}

export const placeholders = ['contact.name', 'contact.email', 'contact.phone', 'agent.name', 'agent.email'] as const;

/** A text with what is known put in; what is not stays for the server. */
export function filled(text: string, values: Record<string, string | undefined>): string {
  return text.replace(/\{\{([a-z.]+)\}\}/g, (whole, name: string) => values[name] || whole);
}
