import type { Store } from '../model/ports';

const PREFIX = 'foyer:';

/** The frame's local storage; where the browser blocks it, memory. */
export function openStore(open: () => Storage): Store {
  const memory: Record<string, string> = {};
  let storage: Storage | null = null;
  try {
    storage = open();
  } catch {
    // Blocked: what is kept lasts until the page goes.
  }
  return {
    get: (key) => memory[key] ?? storage?.getItem(PREFIX + key) ?? null,
    set(key, value) {
      try {
        storage!.setItem(PREFIX + key, value);
      } catch {
        memory[key] = value; // blocked or full
      }
    },
    remove(key) {
      delete memory[key];
      storage?.removeItem(PREFIX + key);
    },
    keys: (prefix) => [...Object.keys(storage ?? {}), ...Object.keys(memory).map((key) => PREFIX + key)]
      .filter((key) => key.startsWith(PREFIX + prefix)).map((key) => key.slice(PREFIX.length)),
  };
}
