// The queue overview's figures: who waits in which queue, who serves how much.
import type { Response } from '../../lib/api';
import type { Inquiry, Presence } from '../../lib/wire';

export type Serving = Response<'GET /api/v1/livechat/queue'>['queue'][number];

/** A queue: how many wait in it and who has waited longest. No department: the public one. */
export interface Waiting {
  department: string | undefined;
  count: number;
  oldest: Inquiry;
}

/** The queues in which somebody waits, the longest wait first. */
export function queuesOf(waiting: readonly Inquiry[]): Waiting[] {
  const queues = new Map<string | undefined, Waiting>();
  for (const inquiry of waiting.toSorted((a, b) => a.ts.localeCompare(b.ts))) {
    const { department } = inquiry;
    const queue = queues.get(department) ?? { department, count: 0, oldest: inquiry };
    queues.set(department, { ...queue, count: queue.count + 1 });
  }
  return [...queues.values()];
}

interface Person {
  _id: string;
  username: string;
  name?: string;
  status: Presence;
  statusLivechat?: string;
  /** How many chats he may have at once; absent: no limit. */
  mostChats?: number;
}

/** An agent with his chats; by department where they belong to one. */
export interface Load {
  agent: Person;
  chats: number;
  departments: { name: string | undefined; chats: number }[];
}

/** What everybody serves, the most first; agents without a chat are added when they are known. */
export function loadsOf(serving: readonly Serving[], agents: readonly Person[]): Load[] {
  const loads = new Map<string, Load>(agents.map((agent) => [agent._id, { agent, chats: 0, departments: [] }]));
  for (const { user, department, chats } of serving) {
    const load = loads.get(user._id) ?? { agent: user, chats: 0, departments: [] };
    loads.set(user._id, { ...load, chats: load.chats + chats, departments: [...load.departments, { name: department?.name, chats }] });
  }
  return [...loads.values()].toSorted((a, b) => b.chats - a.chats || nameOf(a).localeCompare(nameOf(b)));
}

function nameOf({ agent }: Load): string {
  return agent.name || agent.username;
}
