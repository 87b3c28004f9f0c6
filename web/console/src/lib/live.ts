// How features reach the live connection and the outbox that the app has made.
import { createContext, useContext } from 'react';
import type { Standing } from './realtime';
import { useStore, type Store } from './store';

export interface Live {
  standing: Store<Standing>;
  join(room: string, after: number): void;
  leave(room: string): void;
  typing(room: string, on: boolean): void;
  seen(room: string, seq: number): void;
  hurry(): void;
}

const Context = createContext<Live | undefined>(undefined);
export const LiveProvider = Context.Provider;

/** The live connection. */
export function useLive(): Live {
  const live = useContext(Context);
  if (!live) throw new Error('no live connection above');
  return live;
}

/** How the live connection stands. */
export function useStanding(): Standing {
  return useStore(useLive().standing);
}
