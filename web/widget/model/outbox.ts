import { backoff } from './backoff';
import { type Cancel, type Clock, Refusal, type Store } from './ports';

/** A message of the visitor that the server has not confirmed. */
export interface Entry {
  readonly id: string;
  readonly text: string;
  /** When it was written. */
  readonly at: number;
  /** Not sent: refused, or tried more than once without reaching the server. */
  failed: boolean;
  /** Not tried again until the visitor asks for it. */
  refused: boolean;
  /** The server's reason, where the visitor is to be told. */
  why?: string;
}

export interface OutboxPorts {
  readonly clock: Clock;
  readonly store: Store;
  readonly id: () => string;
  readonly random: () => number;
  /** Delivers an entry; resolves when the server has stored it. */
  readonly send: (entry: Entry) => Promise<void>;
  readonly changed: () => void;
}

const PREFIX = 'out:';

/**
 * The visitor's own messages on their way. They leave one after the other in the
 * order written, are kept in the store until confirmed, and are tried again until
 * the server stores or refuses them; the id makes a repeat harmless.
 */
export function openOutbox({ clock, store, id, random, send, changed }: OutboxPorts) {
  let entries = store.keys(PREFIX).flatMap((key) => parse(key.slice(PREFIX.length), store.get(key))).sort((a, b) => a.at - b.at);
  let sending = false;
  let attempt = 0;
  let cancel: Cancel | undefined;

  const confirm = (done: string): void => {
    if (!entries.some((entry) => entry.id === done)) return;
    entries = entries.filter((entry) => entry.id !== done);
    store.remove(PREFIX + done);
    changed();
  };

  /** Reports whether the next entry may follow at once. */
  const deliver = async (entry: Entry): Promise<boolean> => {
    try {
      await send(entry);
      attempt = 0;
      confirm(entry.id);
      return true;
    } catch (error) {
      entry.refused = error instanceof Refusal && !error.passing;
      entry.why = error instanceof Refusal && error.code.includes('contact') ? error.code : '';
      entry.failed ||= entry.refused || attempt > 0;
      if (!entry.refused) cancel = clock.after(backoff(attempt++, random), () => void flush());
      changed();
      return entry.refused;
    }
  };

  const flush = async (): Promise<void> => {
    if (sending) return;
    cancel?.();
    sending = true;
    for (let next; (next = entries.find((entry) => !entry.refused)); ) if (!(await deliver(next))) break;
    sending = false;
  };

  /** Tries at once: the connection is back. */
  const kick = (): void => {
    attempt = 0;
    void flush();
  };

  return {
    confirm,
    kick,
    entries: (): readonly Entry[] => entries,

    add(text: string): void {
      const last = entries[entries.length - 1];
      const entry = { id: id(), text, at: Math.max(clock.now(), last ? last.at + 1 : 0), failed: false, refused: false };
      entries = [...entries, entry];
      store.set(PREFIX + entry.id, JSON.stringify({ text, at: entry.at }));
      changed();
      void flush();
    },

    /** Tries a failed entry again, and with it whatever waits. */
    retry(failed: string): void {
      for (const entry of entries) if (entry.id === failed) entry.failed = entry.refused = false;
      changed();
      kick();
    },

    /** Gives the entries up and returns their texts. */
    clear(): string[] {
      cancel?.();
      const given = entries;
      entries = [];
      for (const entry of given) store.remove(PREFIX + entry.id);
      return given.map((entry) => entry.text);
    },
  };
}

function parse(id: string, kept: string | null): Entry[] {
  try {
    const { text, at } = JSON.parse(kept ?? '') as { text?: unknown; at?: unknown };
    return typeof text === 'string' && typeof at === 'number' ? [{ id, text, at, failed: false, refused: false }] : [];
  } catch {
    return [];
  }
}
