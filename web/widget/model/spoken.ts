import type { Agent, Opening } from './wire';

/** Something said to the visitor before there is a chat. */
export interface Line {
  readonly id: string;
  /** The trigger that said it; '' for the page itself. */
  readonly trigger: string;
  /** The agent's invitation that it is. */
  readonly invitation?: string;
  readonly text: string;
  /** In whose name; '' for the site's. */
  readonly name: string;
  /** The agent's username, where it is said in an agent's name. */
  readonly user?: string;
  readonly at: number;
}

/** What was said before there is a chat. It lives as long as the page, and becomes the chat's beginning when the visitor answers. */
export interface Spoken {
  lines: readonly Line[];
  /** In whose name it was said, when that is a person. */
  agent: Agent | null;
  unread: number;
  /** How many services are being asked what to say. */
  asking: number;
  /** The page load on which an agent has invited the visitor. */
  invited?: string;
}

/** How long the one in whose name it was said is asked for before others (RQ-AUTO-4, LT-PRO-3). */
const PROMISED = 30 * 60_000;

/** What a new chat begins with. */
export function openingOf({ lines, agent, invited }: Spoken, now: number): Opening {
  const promised = agent?._id && lines.some(({ at }) => now - at < PROMISED);
  const own = lines.filter(({ invitation }) => !invitation);
  return {
    ...(promised && { agentId: agent!._id, shown: true }),
    ...(own.length && {
      initiator: own.some((it) => it.trigger) ? 'trigger' : 'api',
      offers: own.slice(-20).map(({ trigger, text, name, user }) => ({ ...(trigger && { trigger }), msg: text, name, ...(user && { user }) })),
    }),
    ...(invited && { page: invited }),
  };
}
