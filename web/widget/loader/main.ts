/**
 * The script that a site's snippet loads. It takes over the calls queued so far,
 * puts the widget's frame into the page and passes on between the two. It keeps
 * nothing in the page but `window.RocketChat` and never lets an error into it.
 */
import { rocketChatApi, type RocketChatApi } from '../facades/rocketchat';
import { guarded } from '../bridge/guarded';
import { startWidget } from './widget';

/** The function that the snippet made: what pages gave it before the loader came is in `_`. */
export interface RocketChatGlobal {
  (run: (this: RocketChatApi) => void): void;
  _?: unknown;
  url?: string;
  livechat?: RocketChatApi;
}

declare global {
  interface Window {
    RocketChat?: RocketChatGlobal;
    initRocket?: string[];
  }
  interface Element {
    /** On the container: the API, so that a second loader finds it. */
    livechat?: RocketChatApi;
  }
}

const script = document.currentScript as HTMLScriptElement | null;

guarded(() => {
  if (document.body) begin();
  else addEventListener('DOMContentLoaded', () => guarded(begin), { once: true });
});

function begin(): void {
  const url = address();
  if (!url) return console.error('[livechat] RocketChat.url is not set');
  takeOver(document.querySelector('.rocketchat-widget')?.livechat ?? start(url));
}

/** Where the server is: the snippet's url, the older global, or beside this script. */
function address(): string {
  const old = window.initRocket?.[0];
  if (old) console.warn('[livechat] initRocket is outdated: use the snippet of your server');
  const given = window.RocketChat?.url ?? old ?? script?.src.replace(/\/[^/]*$/, '');
  return given ? new URL(given.replace(/\/+$/, ''), location.href).href : '';
}

function start(url: string): RocketChatApi {
  const widget = startWidget(url, () => {
    if (window.RocketChat?.livechat === api) delete window.RocketChat;
  });
  const api = rocketChatApi(widget);
  document.querySelector('.rocketchat-widget')!.livechat = api;
  return api;
}

/** Runs what was queued, in order, and from now on at once. */
function takeOver(api: RocketChatApi): void {
  const queued = window.RocketChat?._;
  const run = (callback: unknown) => guarded(() => (callback as (this: RocketChatApi) => void).call(api));
  window.RocketChat = Object.assign((callback: unknown) => run(callback), { livechat: api, url: window.RocketChat?.url });
  if (Array.isArray(queued)) queued.forEach(run);
}
