// Parts of a page whose code comes when they are first shown.
import { lazy, type ComponentType, type LazyExoticComponent } from 'react';

const first = 500; // milliseconds
const longest = 10_000;

/** A part that is asked for again and again while the server cannot be reached: what is around it stays. */
export function later<Props>(load: () => Promise<ComponentType<Props>>): LazyExoticComponent<ComponentType<Props>> {
  return lazy(async () => ({ default: await untilLoaded(load) }));
}

async function untilLoaded<Part>(load: () => Promise<Part>): Promise<Part> {
  for (let wait = first; ; wait = Math.min(2 * wait, longest)) {
    try {
      return await load();
    } catch {
      await new Promise((done) => setTimeout(done, wait));
    }
  }
}
