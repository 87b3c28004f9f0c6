import { type Greeting, isGreeting, SOURCE, VERSION } from '@foyer/shared/greeting';
import { guarded } from './guarded';
import type { ToFrame, ToPage } from './protocol';

/** The page's end of the bridge. */
export interface Bridge {
  send(message: ToFrame): void;
  /** Lets the frame go: nothing is heard from it any more. */
  close(): void;
}

/** What is true for a moment only, and how much of the rest is repeated at most. */
const PASSING: readonly string[] = ['room', 'pageVisited', 'transferChat'];
const KEPT = 200;

/** What a page of the second API asks for. */
const wish = ({ fn, args }: ToFrame) => (fn === 'livechatoo' ? (args[0] as { do?: string; status?: string }) : {});
const passing = (message: ToFrame) => PASSING.includes(message.fn) || wish(message).status === 'chat';

/**
 * Answers the greeting of the frame, or of a window of its own, and of nobody else, with a private channel. A
 * frame that reloads greets again, gets a new channel, and is told again what the
 * page had asked for.
 */
export function bridgeToFrame(frame: { readonly contentWindow: Window | null }, origin: string, receive: (message: ToPage) => void): Bridge {
  let port: MessagePort | null = null;
  let said: ToFrame[] = [];
  const post = (message: ToFrame) => guarded(() => port?.postMessage(message));
  const greeted = (event: MessageEvent) => {
    if (event.source !== frame.contentWindow || event.origin !== origin || !isGreeting(event.data as Greeting, 'ready')) return;
    const channel = new MessageChannel();
    port?.close();
    port = channel.port1;
    port.onmessage = (message) => receive(message.data as ToPage);
    frame.contentWindow?.postMessage({ src: SOURCE, fn: 'connect', v: VERSION }, origin, [channel.port2]);
    said.forEach(post);
    said = said.filter((it) => !passing(it));
  };
  addEventListener('message', greeted);
  return {
    send(message) {
      // A bar that starts anew begins from nothing.
      if (port && wish(message).do === 'init') said = said.filter(({ fn }) => fn !== 'livechatoo');
      if (!port || !passing(message)) said = [...said, message].slice(-KEPT);
      post(message);
    },
    close() {
      removeEventListener('message', greeted);
      port?.close();
    },
  };
}
