// Signing in, sign-ins, people.
import { queryOptions } from '@tanstack/react-query';
import { call } from '../../lib/api';
import { keys } from '../../lib/keys';
import type { User } from '../../lib/wire';

export interface NewAdministrator {
  username: string;
  name: string;
  email: string;
  password: string;
}

export interface NewPerson extends NewAdministrator {
  roles: string[];
}

/** Signs in; the server sets the session cookie. */
export function signIn(user: string, password: string): Promise<unknown> {
  return call('POST /api/v1/foyer/console/login', { body: { user, password } });
}

/** Whether a set-up link still works; a refusal says why not. */
export function checkSetup(ticket: string): Promise<unknown> {
  return call('GET /api/v1/foyer/console/setup', { query: { ticket } });
}

/** Makes the first administrator and signs in as that person. */
export function setUp(ticket: string, person: NewAdministrator & { grantAgents: boolean }): Promise<unknown> {
  return call('POST /api/v1/foyer/console/setup', { body: { ticket, ...person } });
}

/** The signed-in person's sign-ins, the current one marked. */
export const signInsQuery = queryOptions({
  queryKey: keys.signIns,
  queryFn: async () => (await call('GET /api/v1/foyer/console/sessions', {})).sessions,
});

export function revoke(id: string): Promise<unknown> {
  return call('DELETE /api/v1/foyer/console/sessions/{id}', { path: { id } });
}

/** Everybody with an account for those who may see that, else agents and managers. */
export function peopleQuery(everybody: boolean) {
  return queryOptions({
    queryKey: [...keys.people, String(everybody)],
    queryFn: async () => {
      const people = everybody ? await all(users) : each(await Promise.all([all(members('agent')), all(members('manager'))]));
      return people.toSorted((a, b) => (a.name || a.username).localeCompare(b.name || b.username));
    },
  });
}

type Role = 'agent' | 'manager';

type Page = (query: { count: number; offset: number }) => Promise<{ users: User[]; total: number }>;

const users: Page = (query) => call('GET /api/v1/users.list', { query });
const members = (type: Role): Page => (query) => call('GET /api/v1/livechat/users/{type}', { path: { type }, query });

/** Signs what the server does by itself; nobody signs in with it. */
const server = 'rocket.cat';

async function all(read: Page): Promise<User[]> {
  const found: User[] = [];
  for (let total = 1; found.length < total; ) {
    const page = await read({ count: 100, offset: found.length });
    found.push(...page.users);
    total = page.users.length === 0 ? 0 : page.total;
  }
  return found.filter(({ _id }) => _id !== server);
}

function each(lists: User[][]): User[] {
  return [...new Map(lists.flat().map((user) => [user._id, user])).values()];
}

/** Gives or takes the agent's or manager's role. */
export function setRole(person: User, role: Role, on: boolean): Promise<unknown> {
  if (on) return call('POST /api/v1/livechat/users/{type}', { path: { type: role }, body: { username: person.username } });
  return call('DELETE /api/v1/livechat/users/{type}/{_id}', { path: { type: role, _id: person._id } });
}

/** An agent's own limit, '' for none, and all of the agent's departments. */
export interface Terms {
  limit: number | '';
  departments: string[];
}

export async function termsOf({ _id }: User): Promise<Terms> {
  const [{ user }, { departments }] = await Promise.all([
    call('GET /api/v1/livechat/users/{type}/{_id}', { path: { type: 'agent', _id } }),
    call('GET /api/v1/livechat/agents/{agentId}/departments', { path: { agentId: _id }, query: {} }),
  ]);
  return { limit: user?.livechat?.maxNumberSimultaneousChat ?? '', departments: departments.map(({ departmentId }) => departmentId) };
}

export function saveTerms({ _id }: User, { limit, departments }: Terms): Promise<unknown> {
  return call('POST /api/v1/livechat/agents.saveInfo', { body: { agentId: _id, agentData: { maxNumberSimultaneousChat: limit || 0 }, agentDepartments: departments } });
}

export function createPerson(person: NewPerson): Promise<unknown> {
  return call('POST /api/v1/users.create', { body: person });
}

interface Account {
  name: string;
  username: string;
  email: string;
  /** Empty: it stays. */
  password: string;
}

/** Changes somebody's account; only what differs is sent. */
export function updatePerson({ person, draft: { name, username, email, password } }: { person: User; draft: Account }): Promise<unknown> {
  const data = {
    ...(name !== person.name && { name }),
    ...(username !== person.username && { username }),
    ...(email && email !== person.emails?.[0]?.address && { email }),
    ...(password && { password }),
  };
  return call('POST /api/v1/users.update', { body: { userId: person._id, data } });
}

/** Gives somebody a photo. */
export function setPhoto({ _id }: User, file: File): Promise<unknown> {
  const body = new FormData();
  body.append('userId', _id);
  body.append('image', file);
  return call('POST /api/v1/users.setAvatar', { body });
}

export function removePhoto({ _id }: User): Promise<unknown> {
  return call('POST /api/v1/users.resetAvatar', { body: { userId: _id } });
}

/** Lets somebody sign in, or ends that. */
export function setActive(person: User, activeStatus: boolean): Promise<unknown> {
  return call('POST /api/v1/users.setActiveStatus', { body: { userId: person._id, activeStatus } });
}
