// The outbox as components see it.
import { createContext, useContext } from 'react';
import { now } from '../../lib/clock';
import { newId } from '../../lib/id';
import { useStore } from '../../lib/store';
import type { History } from '../../lib/wire';
import type { Outbox } from './outbox';

const Context = createContext<Outbox | undefined>(undefined);
export const OutboxProvider = Context.Provider;

function useOutbox(): Outbox {
  const outbox = useContext(Context);
  if (!outbox) throw new Error('no outbox above');
  return outbox;
}

/** A room's messages that are not in its history yet. */
export function useOutgoing(rid: string, history: History) {
  const outbox = useOutbox();
  const all = useStore(outbox.entries);
  const stored = new Set(history.messages.map((message) => message._id));
  return {
    entries: all.filter((entry) => entry.rid === rid && !stored.has(entry._id)),
    retry: (id: string) => outbox.retry(id),
    discard: (id: string) => outbox.discard(id),
  };
}

/** Sends a message into a room. */
export function useSend(rid: string): (text: string) => void {
  const outbox = useOutbox();
  return (msg) => outbox.add({ _id: newId(), rid, msg, at: now() });
}
