// From messages to what is drawn: days, groups, system lines, the "new" mark.
import { sameDay } from '../../lib/time';
import type { Message } from '../../lib/wire';

export type Item =
  | { is: 'day'; key: string; at: string }
  | { is: 'new'; key: string }
  | { is: 'system'; key: string; messages: Message[] }
  | { is: 'group'; key: string; visitor: boolean; messages: Message[] };

/** Messages of one sender, under one name, closer than this belong to one group. */
const together = 5 * 60 * 1000;

const unseenTypes = new Set(['command']);

export interface TimelineOptions {
  visitor: string;
  /** Number of the last message seen before this visit; what came later is new. */
  seen: number | undefined;
}

/** The items to draw, in order. Keys stay the same while messages are added. */
export function timeline(messages: Message[], options: TimelineOptions): Item[] {
  const items: Item[] = [];
  let marked = options.seen === undefined;
  let previous: Message | undefined;
  for (const message of messages) {
    if (unseenTypes.has(message.t ?? '')) continue;
    if (!previous || !sameDay(previous.ts, message.ts)) items.push({ is: 'day', key: `day-${message._id}`, at: message.ts });
    if (!marked && isNews(message, options)) {
      items.push({ is: 'new', key: 'new' });
      marked = true;
    }
    add(items, message, options.visitor);
    previous = message;
  }
  return items;
}

function isNews(message: Message, { seen, visitor }: TimelineOptions): boolean {
  return seen !== undefined && message.seq > seen && message.u._id === visitor && !message.t;
}

function add(items: Item[], message: Message, visitor: string): void {
  const last = items.at(-1);
  if (message.t) {
    if (last?.is === 'system') last.messages.push(message);
    else items.push({ is: 'system', key: `system-${message._id}`, messages: [message] });
    return;
  }
  if (last?.is === 'group' && continues(last, message)) last.messages.push(message);
  else items.push({ is: 'group', key: `group-${message._id}`, visitor: message.u._id === visitor, messages: [message] });
}

function continues({ visitor, messages }: Item & { is: 'group' }, message: Message): boolean {
  const last = messages.at(-1);
  if (!last || last.u._id !== message.u._id || message.groupable === false) return false;
  if (!visitor && last.u.name !== message.u.name) return false;
  return Date.parse(message.ts) - Date.parse(last.ts) < together;
}
