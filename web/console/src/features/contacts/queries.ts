// Contacts: read, changed, joined, their channels closed and opened.
import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { all } from '../../lib/all';
import { call, type Request, type Response } from '../../lib/api';
import { keys } from '../../lib/keys';

type Told = Response<'GET /api/v1/omnichannel/contacts.search'>['contacts'][number];
export type Contact = Omit<Told, 'emails' | 'phones' | 'contactManager'> & { emails: string[]; phones: string[]; contactManager?: string };
export type Channel = Contact['channels'][number];
export type Conflict = Contact['conflictingFields'][number];

/** What shows that a channel is somebody's. */
export interface Proof {
  field: 'email' | 'phone';
  value: string;
}

export interface Draft {
  name: string;
  emails: string[];
  phones: string[];
  contactManager: string;
  customFields: Record<string, string>;
}

const page = 50;

/** A contact with plain addresses, whichever form the server is set to write (Foyer_contact_objects). */
export function plain({ emails, phones, contactManager: manager, ...rest }: Told): Contact {
  return {
    ...rest,
    emails: emails.map((email) => (typeof email === 'string' ? email : email.address)),
    phones: phones.map((phone) => (typeof phone === 'string' ? phone : phone.phoneNumber)),
    ...(manager && { contactManager: typeof manager === 'string' ? manager : manager._id }),
  };
}

/** Contacts by name, a page at a time. */
export function contactsQuery(searchText: string) {
  return infiniteQueryOptions({
    queryKey: [...keys.contacts, 'search', searchText],
    queryFn: async ({ pageParam: offset }) => {
      const found = await call('GET /api/v1/omnichannel/contacts.search', { query: { searchText, offset, count: page } });
      return { ...found, contacts: found.contacts.map(plain) };
    },
    initialPageParam: 0,
    getNextPageParam: ({ offset, count, total }) => (offset + count < total && count > 0 ? offset + count : undefined),
  });
}

/** One contact; null: there is none. */
export function contactQuery(contactId: string) {
  return queryOptions({
    queryKey: [...keys.contacts, contactId],
    queryFn: async () => {
      const { contact } = await call('GET /api/v1/omnichannel/contacts.get', { query: { contactId } });
      return contact ? plain(contact) : null;
    },
  });
}

/** A contact's latest chats on all channels. */
export function historyQuery(contactId: string) {
  return queryOptions({
    queryKey: [...keys.contacts, contactId, 'history'],
    queryFn: () => call('GET /api/v1/omnichannel/contacts.history', { query: { contactId, count: page } }),
  });
}

/** The agents one of whom a contact's chats go to first. */
export const agentsQuery = queryOptions({
  queryKey: [...keys.people, 'all-agents'],
  queryFn: () => all(async (query) => {
    const { users: items, total } = await call('GET /api/v1/livechat/users/{type}', { path: { type: 'agent' }, query });
    return { items, total };
  }),
});

/** The rights that let one read the list of agents. */
export const listsAgents = ['manage-livechat-agents', 'transfer-livechat-guest', 'edit-omnichannel-contact'];

export function draftOf(contact: Contact | undefined): Draft {
  return { name: contact?.name ?? '', emails: contact?.emails ?? [], phones: contact?.phones ?? [], contactManager: contact?.contactManager ?? '', customFields: contact?.customFields ?? {} };
}

export async function saveContact({ contact, draft }: { contact: Contact | undefined; draft: Draft }): Promise<string> {
  const { contactManager, ...rest } = draft;
  if (contact) {
    await call('POST /api/v1/omnichannel/contacts.update', { body: { ...rest, contactManager, contactId: contact._id } });
    return contact._id;
  }
  return (await call('POST /api/v1/omnichannel/contacts', { body: { ...rest, ...(contactManager && { contactManager }) } })).contactId;
}

/** Closes a channel, or opens it again. */
export function setBlocked({ channel, blocked }: { channel: Channel; blocked: boolean }): Promise<unknown> {
  const body = { visitor: named(channel) };
  return blocked ? call('POST /api/v1/omnichannel/contacts.block', { body }) : call('POST /api/v1/omnichannel/contacts.unblock', { body });
}

/** The part of a call that names a channel. */
function named({ visitor: { visitorId, source } }: Channel) {
  return { visitorId, source: { type: source.type, ...(source.id && { id: source.id }) } };
}

/** Says that whoever writes on a channel has an address or number. */
export function verify({ channel, proof }: { channel: Channel; proof: Proof }): Promise<unknown> {
  return call('POST /api/v1/foyer/contacts.verify', { body: { visitor: named(channel), ...proof } });
}

/** Takes that back. */
export function unverify(channel: Channel): Promise<unknown> {
  return call('POST /api/v1/foyer/contacts.unverify', { body: { visitor: named(channel) } });
}

export function merge({ contactId, from }: { contactId: string; from: string }): Promise<unknown> {
  return call('POST /api/v1/foyer/contacts.merge', { body: { contactId, from } });
}

/** Settles conflicts: by a value, or all of them by leaving everything as it is. */
export function resolve(body: Request<'POST /api/v1/omnichannel/contacts.conflicts'>['body']): Promise<unknown> {
  return call('POST /api/v1/omnichannel/contacts.conflicts', { body });
}

export function erase(contactId: string): Promise<unknown> {
  return call('POST /api/v1/foyer/contacts.erase', { body: { contactId } });
}
