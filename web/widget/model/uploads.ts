import { type Clock, type Picked, Refusal } from './ports';

/** A file on its way; `why` is why the server will not have it, '' while it may. */
export interface Upload {
  readonly id: string;
  readonly text: string;
  readonly at: number;
  readonly failed: boolean;
  readonly why: string;
}

interface UploadPorts {
  readonly clock: Clock;
  readonly id: () => string;
  readonly changed: () => void;
  readonly send: (id: string, file: Picked) => Promise<void>;
}

/** Files on their way, one after the other: they arrive in the order in which they were picked. They are not kept over a reload: a page may not open them again. */
export function openUploads({ clock, id, changed, send }: UploadPorts) {
  let all: readonly (Upload & { readonly file: Picked })[] = [];
  const put = (one: string, change: Partial<Upload>) => {
    all = all.map((entry) => (entry.id === one ? { ...entry, ...change } : entry));
    changed();
  };
  let last: Promise<void> = Promise.resolve();
  const run = (one: string, file: Picked) => {
    put(one, { failed: false });
    last = last.then(() => hand(one, file));
  };
  const hand = async (one: string, file: Picked) => {
    if (!all.some((entry) => entry.id === one)) return;
    try {
      await send(one, file);
      drop(one);
    } catch (error) {
      put(one, { failed: true, why: error instanceof Refusal && !error.passing ? error.code : '' });
    }
  };
  const drop = (one: string) => {
    all = all.filter((entry) => entry.id !== one);
    changed();
  };
  return {
    entries: (): readonly Upload[] => all,
    add(file: Picked): void {
      const one = id();
      all = [...all, { id: one, text: file.name, at: clock.now(), failed: false, why: '', file }];
      run(one, file);
    },
    /** Tries again, or gives up what was why. */
    retry(one: string): void {
      const entry = all.find((entry) => entry.id === one);
      if (entry?.why) drop(one);
      else if (entry) run(one, entry.file);
    },
    clear(): void {
      all = [];
    },
  };
}
