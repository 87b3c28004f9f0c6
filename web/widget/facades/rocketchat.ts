import { type Calls, EVENTS, METHODS, type ToFrame } from '../bridge/protocol';

type Listener = (data?: unknown) => void;

/** The API that pages get as `window.RocketChat.livechat`, and as `this` in what they queue. */
export type RocketChatApi = Calls & Record<keyof typeof EVENTS, (listener: Listener) => void> & { clearAllCallbacks(): void };

/** The function that the snippet made: what pages gave it before the loader came is in `_`. */
export interface RocketChatGlobal {
  (run: (this: RocketChatApi) => void): void;
  _?: unknown;
  url?: string;
  livechat?: RocketChatApi;
}

/** Makes the API over the bridge, and the function that tells a page's callbacks of an event. */
export function rocketChatApi(send: (message: ToFrame) => void) {
  const listeners = new Map<string, Listener[]>();
  const api = { clearAllCallbacks: () => listeners.clear() } as unknown as Record<string, unknown>;
  for (const fn of METHODS) api[fn] = (...args: unknown[]) => guarded(() => send({ fn, args }));
  for (const [method, event] of Object.entries(EVENTS)) {
    api[method] = (listener: unknown) => {
      if (typeof listener === 'function') listeners.set(event, [...(listeners.get(event) ?? []), listener as Listener]);
    };
  }
  const tell = (event: string, data: unknown) => {
    for (const listener of listeners.get(event) ?? []) guarded(() => listener(data));
  };
  return { api: api as unknown as RocketChatApi, tell };
}

/** Runs what the page gave; its mistakes go to the console, never further. */
export function guarded(run: () => void): void {
  try {
    run();
  } catch (error) {
    console.error('[livechat]', error);
  }
}
