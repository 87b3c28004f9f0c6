import type { Entry } from './outbox';
import type { Item } from './state';
import type { Message } from './wire';

/** The system messages that are shown, as a line. */
const LINES = ['uj', 'ul', 'livechat-close', 'livechat-started'];

/** What is shown: the stored messages in their order, then the own ones on their way. */
export function itemsOf(messages: readonly Message[], entries: readonly Entry[], self: string, hidden: readonly string[]): Item[] {
  const shown = messages.filter((m) => !m.t || (LINES.includes(m.t) && !hidden.includes(m.t)));
  const stored = new Set(messages.map((m) => m._id));
  const waiting = entries.filter((entry) => !stored.has(entry.id));
  return [...shown.map((m) => sent(m, self)), ...waiting.map(unsent)];
}

/** The same message stays the same item, so that the view need not look at it again. */
const made = new WeakMap<Message, Item>();

function sent(m: Message, self: string): Item {
  const mine = m.u._id === self;
  const known = made.get(m);
  if (known?.mine === mine) return known;
  const item: Item = {
    id: m._id, text: m.msg, at: Date.parse(m.ts), mine, by: m.u._id, name: m.u.name || m.u.username,
    line: m.t ?? '', edited: Boolean(m.editedAt), state: 'sent',
  };
  made.set(m, item);
  return item;
}

function unsent({ id, text, at, failed }: Entry): Item {
  return { id, text, at, mine: true, by: '', name: '', line: '', edited: false, state: failed ? 'failed' : 'sending' };
}

/** How many messages of others came after the one last seen. */
export function unreadOf(messages: readonly Message[], seen: number, self: string): number {
  return messages.filter((m) => m.seq > seen && !m.t && m.u._id !== self).length;
}
