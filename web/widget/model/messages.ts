import type { Message } from './wire';

/**
 * A room's messages as far as they are known: one of each `_id`, in the order of
 * their numbers. Merging is idempotent and its order does not matter, so history,
 * backlog and live events may overlap freely.
 */
export function openMessages() {
  const byId = new Map<string, Message>();
  const removed = new Set<string>();
  let sorted: readonly Message[] | null = null;
  const take = (message: Message): boolean => {
    const known = byId.get(message._id);
    if (removed.has(message._id) || (known && known._updatedAt >= message._updatedAt)) return false;
    byId.set(message._id, message);
    sorted = null;
    return !known;
  };
  return {
    /** Takes messages in and returns those that were not known before. */
    merge: (messages: readonly Message[]) => messages.filter(take),
    /** Forgets a removed message for good: a late copy does not bring it back. */
    remove(id: string): void {
      removed.add(id);
      byId.delete(id);
      sorted = null;
    },
    list: (): readonly Message[] => (sorted ??= [...byId.values()].sort((a, b) => a.seq - b.seq)),
  };
}
