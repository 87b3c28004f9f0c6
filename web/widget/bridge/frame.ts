import { SOURCE, type ToFrame, type ToPage } from './protocol';

/**
 * The frame's end of the bridge. It greets its parent and takes the channel that
 * the parent, and nobody else, hands over. Without a parent nothing is sent.
 */
export function bridgeToPage(receive: (message: ToFrame) => void): (message: ToPage) => void {
  if (parent === window) return () => undefined;
  let port: MessagePort | null = null;
  const waiting: ToPage[] = [];
  addEventListener('message', (event) => {
    const greeting = event.data as { src?: unknown; fn?: unknown } | null;
    const handed = event.ports[0];
    if (event.source !== parent || greeting?.src !== SOURCE || greeting.fn !== 'connect' || !handed) return;
    port = handed;
    port.onmessage = (message) => receive(message.data as ToFrame);
    for (const message of waiting.splice(0)) port.postMessage(message);
  });
  parent.postMessage({ src: SOURCE, fn: 'ready' }, '*');
  return (message) => {
    if (port) port.postMessage(message);
    else waiting.push(message);
  };
}
