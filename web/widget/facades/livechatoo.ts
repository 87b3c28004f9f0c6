import { type Data, type Status, STATUSES, type Told, type Wishes } from '../bridge/livechatoo';
import type { Widget } from '../loader/widget';
import { record } from './analytics';
import { arrived, carry } from './carry';
import { EVENTS, objectOf, offerOf, type Options, warn, wishesOf } from './options';

/** The server's addresses for a page: the widget's, with what a query adds. */
export type At = (query: Readonly<Record<string, string>>) => string;

export interface Ports {
  readonly at: At;
  /** Puts the widget of an address into the page. */
  readonly start: (url: string, removed: () => void) => Widget;
}

/** Runs what the page gave, in the next task; its mistakes go to the console. */
export function later(run: () => void): void {
  setTimeout(() => {
    try {
      run();
    } catch (error) {
      console.error('livechatoo:', error);
    }
  });
}

/** Hands what the frame told to the page's callback and to its analytics. */
export function deliver(options: Options, { event, data = {}, record: recorded, warning }: Told): void {
  if (warning) warn(warning);
  const known = EVENTS.find((it) => it === event);
  if (!known) return;
  if (recorded) later(() => record(known, data));
  const listener = options[known];
  if (typeof listener === 'function') later(() => (listener as (data: Data) => void)({ ...data }));
}

/** Says that the account of the options is nobody's (LT-LOAD-4). */
export const strange = (options: Options) => warn('account: this is not known', options['account']);

/** What the frame's address says: the account, whose storage, and the page's own style sheet. */
export function addressOf(at: At, options: Options, mode: string): string {
  const css = options['css_file'];
  return at({
    api: 'livechatoo', site: String(options['account']), ...(mode && { mode }), ...(options['session_per_host'] === true && { session: 'host' }),
    ...(typeof css === 'string' && css && { css: new URL(css, location.href).href }),
  });
}

/** The bar in the page (livechatoo.md 3). */
export function embedApi({ at, start }: Ports) {
  let given: Options = {};
  let widget: Widget | null = null;
  let running = '';
  let status: Status | 'loading' | 'not-initialized' | 'stopped' = 'not-initialized';
  let last: Status | '' = '';
  let own: Wishes = {};
  let passing: ReturnType<typeof carry> | null = null;
  /** With what the visitor came from another domain, until the first bar has it. */
  let arrival = arrived();

  const heard = (told: Told) => {
    if (told.unknown) {
      status = 'not-initialized';
      drop();
      return strange(given);
    }
    if (told.status) {
      status = told.status;
      if (status !== 'hidden') last = status;
    }
    if (told.passage) passing?.got(told.passage.host, told.passage.code);
    deliver(given, told);
  };

  const drop = () => {
    const gone = widget;
    widget = null;
    running = '';
    passing?.stop();
    gone?.remove();
  };

  const run = (page?: Status) => {
    const wishes = wishesOf(given);
    own = page ? { ...wishes, page } : wishes;
    const url = addressOf(at, given, '');
    if (running !== url) drop();
    if (!widget) {
      status = 'loading';
      widget = start(url, () => {
        if (running === url) drop();
        if (status !== 'not-initialized') status = 'stopped';
      });
      running = url;
      widget.on((event, data) => event === 'livechatoo' && heard(data as Told));
      if (given['session_per_host'] !== true) {
        passing = carry((host) => widget?.call('livechatoo', { do: 'leave', host }));
        if (arrival) widget.call('livechatoo', { do: 'arrive', ...arrival });
      }
      arrival = null;
    }
    widget.call('livechatoo', { do: 'init', wishes: own });
  };

  /** A bar that was never shown, or was stopped, must be made first. */
  const made = () => {
    if (!widget) warn('embed.init() comes first');
    return widget;
  };

  const api = {
    options: {} as Options,
    init(options?: Options): void {
      const now = { ...objectOf(api.options), ...objectOf(options) };
      if (!now['account']) return warn('embed.init: the account is missing');
      given = now;
      run();
    },
    status: () => status,
    stop(): void {
      drop();
      if (status !== 'not-initialized') status = 'stopped';
    },
    flip(): void {
      if (status === 'not-initialized') return api.init();
      const shown = last || 'start-online';
      if (!widget) return run(shown === 'chat' ? 'start-online' : shown);
      widget.call('livechatoo', { do: 'flip' });
    },
    bubble(shown: unknown): void {
      made()?.call('livechatoo', { do: 'bubble', shown: Boolean(shown) });
    },
    reload(): void {
      if (!widget) return void made();
      given = { ...given, ...objectOf(api.options) };
      widget.look();
      run(status === 'hidden' || !last ? undefined : own.page);
    },
    switch_side(side: unknown): void {
      if (side !== 'left' && side !== 'right') return warn('switch_side: "left" or "right"');
      made()?.call('livechatoo', { do: 'side', side });
    },
    page(wanted: unknown, params?: Options): void {
      const known = STATUSES.find((it) => it === wanted);
      if (!known) return warn('page: this status is not known', wanted);
      made()?.call('livechatoo', { do: 'page', status: known, ...(known === 'chat' && { offer: offerOf(objectOf(params)) }) });
    },
  };

  /** Folds the bar: the chat has a window of its own. */
  const fold = () => widget?.call('minimizeWidget');
  return { api, fold };
}

export type EmbedApi = ReturnType<typeof embedApi>['api'];
