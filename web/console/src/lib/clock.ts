// The console's clock: ticks once a second while something on the screen shows a duration.
import { useSyncExternalStore } from 'react';

const listeners = new Set<() => void>();
let at = Date.now();
let timer: number | undefined;

/** The present moment in epoch milliseconds. */
export function now(): number {
  return Date.now();
}

/** Renders again only when the text made of the present moment changes. */
export function useNow<T extends string | number>(select: (now: number) => T): T {
  const snapshot = () => select(at);
  return useSyncExternalStore(subscribe, snapshot, snapshot);
}

function subscribe(listener: () => void): () => void {
  if (listeners.size === 0) start();
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
    if (listeners.size === 0) window.clearInterval(timer);
  };
}

function start(): void {
  at = Date.now();
  timer = window.setInterval(() => {
    at = Date.now();
    listeners.forEach((listener) => listener());
  }, 1000);
}
