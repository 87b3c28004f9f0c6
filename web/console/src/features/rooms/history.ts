// A room's messages as the console holds them: ordered by number, each once.
import type { History, Message } from '../../lib/wire';

/** Both lists together, by number; of two with one id the second list's counts. */
export function mergeMessages(known: Message[], news: Message[]): Message[] {
  const byId = new Map(known.map((message) => [message._id, message]));
  news.forEach((message) => byId.set(message._id, message));
  return [...byId.values()].sort((a, b) => a.seq - b.seq);
}

/** The history after a new message, which may be known already. */
export function withMessage(history: History, message: Message, seq = message.seq): History {
  return {
    ...history,
    messages: mergeMessages(history.messages, [message]),
    seq: Math.max(history.seq, seq),
  };
}

/** The history after an edit or a removal; a message that is not loaded is not added. */
export function withChange(history: History, change: { message: Message; removed?: boolean }, seq: number): History {
  const { message, removed } = change;
  const messages = history.messages.flatMap((old) => {
    if (old._id !== message._id) return [old];
    return removed ? [] : [{ ...message, seq: old.seq }];
  });
  return { ...history, messages, seq: Math.max(history.seq, seq) };
}

/** The history after something that is no message. */
export function withNumber(history: History, seq: number): History {
  return seq > history.seq ? { ...history, seq } : history;
}

/** The history with an older page in front. */
export function withOlder(history: History, page: History): History {
  return { messages: mergeMessages(page.messages, history.messages), seq: history.seq, more: page.more };
}
