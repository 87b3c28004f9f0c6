import type { Store } from '../model/ports';

const OURS = 'foyer:';

/** The site of pages that name none and whose host is nobody's. */
export const DEFAULT_SITE = 'default';

/** The frame's local storage, each site's own; where the browser blocks it, memory. */
export function openStore(open: () => Storage, site = ''): Store {
  const own = site && site !== DEFAULT_SITE ? `${OURS}${site}:` : OURS;
  const memory: Record<string, string> = {};
  let storage: Storage | null = null;
  try {
    storage = open();
  } catch {
    // Blocked: what is kept lasts until the page goes.
  }
  return {
    get: (key) => memory[key] ?? storage?.getItem(own + key) ?? null,
    set(key, value) {
      try {
        storage!.setItem(own + key, value);
      } catch {
        memory[key] = value; // blocked or full
      }
    },
    remove(key) {
      delete memory[key];
      storage?.removeItem(own + key);
    },
    keys: (prefix) => [...Object.keys(storage ?? {}), ...Object.keys(memory).map((key) => own + key)]
      .filter((key) => key.startsWith(own + prefix)).map((key) => key.slice(own.length)),
  };
}
