import type { Agent } from './wire';

/** Something said to the visitor before there is a chat. */
export interface Line {
  readonly id: string;
  /** The trigger that said it; '' for the page itself. */
  readonly trigger: string;
  readonly text: string;
  /** In whose name; '' for the site's. */
  readonly name: string;
  readonly at: number;
}

/** What was said before there is a chat. It lives as long as the page, and becomes the chat's beginning when the visitor answers. */
export type Spoken = ReturnType<typeof newSpoken>;

export function newSpoken() {
  let lines: readonly Line[] = [];
  let agent: Agent | null = null;
  let unread = 0;
  return {
    lines: () => lines,
    /** In whose name it was said, when that is a person. */
    agent: () => agent,
    unread: () => unread,
    say(more: readonly Line[], by: Agent | null): void {
      lines = [...lines, ...more];
      agent = by ?? agent;
      unread += more.length;
    },
    /** The visitor has seen it. */
    seen(): void {
      unread = 0;
    },
    /** The chat has begun with it. */
    clear(): void {
      lines = [];
      agent = null;
      unread = 0;
    },
    /** What a new chat begins with. */
    opening: () => (lines.length ? {
      initiator: lines.some((it) => it.trigger) ? 'trigger' as const : 'api' as const,
      offers: lines.slice(-20).map(({ trigger, text, name }) => ({ ...(trigger && { trigger }), msg: text, name })),
    } : {}),
  };
}
