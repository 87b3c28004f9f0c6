import { SOURCE, type ToFrame, type ToPage } from './protocol';

/**
 * The page's end of the bridge. It answers the greeting of the frame, and of
 * nobody else, with a private channel; what is sent before waits in order. A
 * frame that reloads greets again and gets a new channel.
 */
export function bridgeToFrame(frame: HTMLIFrameElement, origin: string, receive: (message: ToPage) => void) {
  let port: MessagePort | null = null;
  const waiting: ToFrame[] = [];
  addEventListener('message', (event) => {
    const greeting = event.data as { src?: unknown; fn?: unknown } | null;
    if (event.source !== frame.contentWindow || event.origin !== origin) return;
    if (greeting?.src !== SOURCE || greeting.fn !== 'ready') return;
    const channel = new MessageChannel();
    port = channel.port1;
    port.onmessage = (message) => receive(message.data as ToPage);
    frame.contentWindow?.postMessage({ src: SOURCE, fn: 'connect' }, origin, [channel.port2]);
    for (const message of waiting.splice(0)) port.postMessage(message);
  });
  return (message: ToFrame): void => {
    if (port) port.postMessage(message);
    else waiting.push(message);
  };
}
