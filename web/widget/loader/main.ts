/**
 * The script that a site's snippet loads. It takes over the calls queued so far,
 * puts the widget's frame into the page and passes on between the two. It keeps
 * nothing in the page but `window.RocketChat` and never lets an error into it.
 */
import { bridgeToFrame } from '../bridge/page';
import type { ToPage } from '../bridge/protocol';
import { guarded, rocketChatApi, type RocketChatApi, type RocketChatGlobal } from '../facades/rocketchat';
import { makeContainer, placer } from './container';

declare global {
  interface Window {
    RocketChat?: RocketChatGlobal;
    initRocket?: string[];
  }
  interface HTMLElement {
    /** On the container: the API, so that a second loader finds it. */
    livechat?: RocketChatApi;
  }
}

const script = document.currentScript as HTMLScriptElement | null;

guarded(() => {
  if (document.body) begin();
  else addEventListener('DOMContentLoaded', () => guarded(begin));
});

function begin(): void {
  const url = address();
  if (!url) return console.error('[livechat] RocketChat.url is not set');
  takeOver(document.querySelector<HTMLElement>('.rocketchat-widget')?.livechat ?? start(url));
}

/** Where the server is: the snippet's url, the older global, or beside this script. */
function address(): string {
  const given = window.RocketChat?.url ?? window.initRocket?.[0] ?? script?.src.replace(/\/[^/]*$/, '');
  return given ? new URL(given.replace(/\/+$/, ''), location.href).href : '';
}

function start(url: string): RocketChatApi {
  const { container, frame } = makeContainer(url);
  const post = bridgeToFrame(frame, new URL(url).origin, (message) => guarded(() => receive(message)));
  const { api, tell } = rocketChatApi((message) => {
    if (message.fn === 'maximizeWidget' && navigator.userActivation?.isActive) frame.focus();
    post(message);
  });
  const place = placer(container, (room) => post({ fn: 'room', args: [room] }));
  const receive = ({ fn, args }: ToPage) => {
    if (fn === 'callback') return tell(...args);
    frame.title = args[0].title;
    place(args[0]);
  };
  place({ state: 'hidden', side: 'right', title: '' });
  container.livechat = api;
  document.body.appendChild(container);
  return api;
}

/** Runs what was queued, in order, and from now on at once. */
function takeOver(api: RocketChatApi): void {
  const queued = window.RocketChat?._;
  const run = (callback: unknown) => guarded(() => (callback as (this: RocketChatApi) => void).call(api));
  window.RocketChat = Object.assign((callback: unknown) => run(callback), { livechat: api, url: window.RocketChat?.url });
  if (Array.isArray(queued)) queued.forEach(run);
}

