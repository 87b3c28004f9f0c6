import { type Greeting, isGreeting, SOURCE, VERSION } from '@foyer/shared/greeting';
import type { ToFrame, ToPage } from './protocol';

/**
 * The frame's end of the bridge. It greets its page, which is its parent or has opened it,
 * and takes the channel that this page, and nobody else, hands over. Without one nothing is sent.
 * `host`, with its slashes, is where the page must be, if that matters.
 */
export function bridgeToPage(page: Window | null, receive: (message: ToFrame) => void, host: string): (message: ToPage) => void {
  if (!page || page === window) return () => undefined;
  let port: MessagePort | null = null;
  const waiting: ToPage[] = [];
  addEventListener('message', (event) => {
    const handed = event.ports[0];
    if (event.source !== page || !isGreeting(event.data as Greeting, 'connect') || !handed || !event.origin.endsWith(host)) return;
    port = handed;
    port.onmessage = (message) => receive(message.data as ToFrame);
    for (const message of waiting.splice(0)) port.postMessage(message);
  });
  page.postMessage({ src: SOURCE, fn: 'ready', v: VERSION }, '*');
  return (message) => {
    if (port) port.postMessage(message);
    else waiting.push(message);
  };
}
