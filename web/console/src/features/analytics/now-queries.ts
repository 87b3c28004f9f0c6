// How things stand now, asked for again and again.
import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { call } from '../../lib/api';
import { keys } from '../../lib/keys';
import type { Total } from './queries';

/** Today so far, and a department. */
export interface Today {
  start: string;
  end: string;
  departmentId?: string;
}

/** Today from midnight to midnight here, in a department. */
export function today(department: string | null): Today {
  const midnight = new Date();
  midnight.setHours(0, 0, 0, 0);
  const end = new Date(midnight);
  end.setDate(end.getDate() + 1);
  return { start: midnight.toISOString(), end: new Date(end.getTime() - 1).toISOString(), ...(department && { departmentId: department }) };
}

/** What weighs alike in means over departments. */
export const weightings = ['departments', 'rooms'] as const;
export type Weighting = (typeof weightings)[number];

/** Everything the page shows, asked for at once so that its parts belong together. */
export const nowQuery = (department: string | null, weighting: Weighting, everySeconds: number) => queryOptions({
  queryKey: [...keys.analytics, 'now', department, weighting],
  queryFn: async () => {
    const query = today(department);
    const weighted = { ...query, weighting };
    const base = 'GET /api/v1/livechat/analytics/dashboards';
    const [conversations, chats, agents, productivity, standing, perAgent, states, perDepartment, timings] = await Promise.all([
      call(`${base}/conversation-totalizers`, { query: { ...query, online: true } }), call(`${base}/chats-totalizers`, { query: weighted }),
      call(`${base}/agents-productivity-totalizers`, { query: weighted }), call(`${base}/productivity-totalizers`, { query: weighted }),
      call(`${base}/charts/chats`, { query }), call(`${base}/charts/chats-per-agent`, { query }),
      call(`${base}/charts/agents-status`, { query: department ? { departmentId: department } : {} }),
      call(`${base}/charts/chats-per-department`, { query }), call(`${base}/charts/timings`, { query }),
    ]);
    const totals = (answer: { totalizers: unknown }) => answer.totalizers as Total[];
    return {
      query, standing, states, timings,
      groups: [
        { of: 'dashboards/conversation-totalizers', totals: totals(conversations) }, { of: 'dashboards/chats-totalizers', totals: totals(chats) },
        { of: 'dashboards/agents-productivity-totalizers', totals: totals(agents) }, { of: 'dashboards/productivity-totalizers', totals: totals(productivity) },
      ],
      agents: entries<{ open: number; closed: number; onhold: number }>(perAgent),
      departments: entries<{ open: number; closed: number }>(perDepartment),
    };
  },
  refetchInterval: everySeconds * 1000,
  placeholderData: keepPreviousData,
});

function entries<T extends object>(answer: object): [string, T][] {
  return Object.entries(answer).filter((entry): entry is [string, T] => typeof entry[1] === 'object').sort(([a], [b]) => a.localeCompare(b));
}
