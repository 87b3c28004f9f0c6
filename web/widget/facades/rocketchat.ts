import { type Calls, type EventName, type Field, METHODS } from '../bridge/protocol';
import { guarded } from '../bridge/guarded';
import type { Widget } from '../loader/widget';

type Listener = (data?: unknown) => void;

/** The page's callbacks and the event each one waits for. */
const EVENTS = {
  onChatMaximized: 'chat-maximized',
  onChatMinimized: 'chat-minimized',
  onChatStarted: 'chat-started',
  onChatEnded: 'chat-ended',
  onPrechatFormSubmit: 'pre-chat-form-submit',
  onOfflineFormSubmit: 'offline-form-submit',
  onAssignAgent: 'assign-agent',
  onAgentStatusChange: 'agent-status-change',
  onQueuePositionChange: 'queue-position-change',
  onServiceOffline: 'no-agent-online',
  onWidgetShown: 'show-widget',
  onWidgetHidden: 'hide-widget',
} as const satisfies Record<string, EventName>;

/** Events that pages get without what they carry. */
const BARE: readonly EventName[] = ['chat-started', 'chat-ended'];

/** A custom field, in either shape. */
type FieldShape = Field | readonly [key: string, value: string, overwrite?: boolean];

/** What initialize() takes: for each key, what its method takes. */
interface Options {
  readonly [key: string]: unknown;
}

/** The API that pages get as `window.RocketChat.livechat`, and as `this` in what they queue. */
export type RocketChatApi = Omit<Calls, 'pageVisited'> & Record<keyof typeof EVENTS, (listener: Listener) => void> & {
  initialize(options: Options): void;
  pageVisited(change: 'url' | 'title'): void;
  clearAllCallbacks(): void;
  /** Takes the widget out of the page. */
  removeWidget(): void;
};

/** initialize()'s keys and the methods behind them; the fields' keys are read by shape. */
const KEYS = {
  theme: 'setTheme', department: 'setDepartment', businessUnit: 'setBusinessUnit', guestToken: 'setGuestToken', guestName: 'setGuestName',
  guestEmail: 'setGuestEmail', registerGuest: 'registerGuest', language: 'setLanguage', agent: 'setAgent', parentUrl: 'setParentUrl',
  setGuestMetadata: 'setGuestMetadata', guestMetadata: 'setGuestMetadata', hiddenSystemMessages: 'setHiddenSystemMessages',
} as const satisfies Record<string, keyof Calls>;

/** Makes the API over the widget. */
export function rocketChatApi(widget: Widget): RocketChatApi {
  let listeners: { readonly event: EventName; readonly listener: Listener }[] = [];
  const call = widget.call as (fn: keyof Calls, ...args: unknown[]) => void;
  const api: Record<string, unknown> = {};
  for (const fn of METHODS) api[fn] = (...args: unknown[]) => guarded(() => call(fn, ...args));
  for (const [method, event] of Object.entries(EVENTS)) {
    api[method] = (listener: unknown) => {
      if (typeof listener === 'function') listeners.push({ event, listener: listener as Listener });
    };
  }
  widget.on((event, data) => {
    for (const one of listeners) if (one.event === event) guarded(() => (data === undefined || BARE.includes(event) ? one.listener() : one.listener(data)));
  });
  const field = (shape: unknown) => {
    const { key, value, overwrite } = (Array.isArray(shape) ? { key: shape[0], value: shape[1], overwrite: shape[2] } : shape) as Field;
    call('setCustomField', key, value, overwrite);
  };
  const keys = new Map<string, (value: unknown) => void>(Object.entries(KEYS).map(([key, fn]) => [key, (value) => call(fn, value)]));
  keys.set('customField', field);
  keys.set('setCustomFields', (all) => {
    if (Array.isArray(all)) (all as FieldShape[]).forEach(field);
    else console.error('[livechat] setCustomFields: a list is needed');
  });
  Object.assign(api, {
    pageVisited: (change: string) => guarded(() => call('pageVisited', { change, title: document.title, location: { href: location.href } })),
    initialize(options: Options) {
      for (const [key, value] of Object.entries(options ?? {})) {
        if (value !== null && value !== undefined) guarded(() => keys.get(key)?.(value));
      }
    },
    clearAllCallbacks: () => void (listeners = []),
    removeWidget: () => guarded(widget.remove),
  });
  return api as unknown as RocketChatApi;
}
