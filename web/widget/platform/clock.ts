import type { Clock } from '../model/ports';

/** The browser's clock. */
export const clock: Clock = {
  now: () => Date.now(),
  after(ms, run) {
    const timer = setTimeout(run, ms);
    return () => clearTimeout(timer);
  },
};

/** Lets the page answer before more is done: what is loaded and begins at once would keep a slow phone from it. */
export const breath = () => new Promise((done) => void setTimeout(done));
