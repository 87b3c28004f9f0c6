// Small observable values outside React, and the hook that reads them.
import { useSyncExternalStore } from 'react';

export interface Store<T> {
  get(): T;
  set(next: T): void;
  subscribe(listener: () => void): () => void;
}

/** A value that tells its listeners when it changes. */
export function store<T>(initial: T): Store<T> {
  let value = initial;
  const listeners = new Set<() => void>();
  return {
    get: () => value,
    set(next) {
      if (Object.is(next, value)) return;
      value = next;
      listeners.forEach((listener) => listener());
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}

/** A store whose value survives a reload, when the browser lets us keep anything. */
export function kept<T>(name: string, initial: T): Store<T> {
  const inner = store<T>(read(name) ?? initial);
  return {
    ...inner,
    set(next) {
      inner.set(next);
      write(name, next);
    },
  };
}

/** Reads a store in a component; with a selector, renders only when its result changes. */
export function useStore<T, R = T>(from: Store<T>, select?: (value: T) => R): R {
  const snapshot = () => (select ? select(from.get()) : (from.get() as unknown as R));
  return useSyncExternalStore(from.subscribe, snapshot, snapshot);
}

/** What was kept under the name, or undefined. */
export function read<T>(name: string): T | undefined {
  try {
    const text = localStorage.getItem(`foyer.${name}`);
    return text === null ? undefined : (JSON.parse(text) as T);
  } catch {
    return undefined; // storage is blocked or holds something foreign
  }
}

/** Keeps a value under the name; undefined removes it. */
export function write(name: string, value: unknown): void {
  try {
    if (value === undefined) localStorage.removeItem(`foyer.${name}`);
    else localStorage.setItem(`foyer.${name}`, JSON.stringify(value));
  } catch {
    // storage is blocked or full: the value lives as long as the page
  }
}
