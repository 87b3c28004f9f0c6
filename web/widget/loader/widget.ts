/** The widget on a host page, whatever the API is called that drives it. */
import { bridgeToFrame } from '../bridge/page';
import type { AllCalls, EventName, Place, ToPage } from '../bridge/protocol';
import { makeContainer, placer } from './container';
import { guarded } from '../bridge/guarded';
import { watchHost } from './watch';

export interface Widget {
  /** Asks the frame for something; what is asked before it is there waits in order. */
  call<F extends keyof AllCalls>(fn: F, ...args: Parameters<AllCalls[F]>): void;
  /** Hears of everything that happens. */
  on(listener: (event: EventName, data: unknown) => void): void;
  /** Looks at once where the page is now, and tells if that is another one. */
  look(): void;
  /** Takes the widget out of the page, without a trace. */
  remove(): void;
}

/** Starts the widget of the server at url. `removed` is called when it is gone, by whomever. */
export function startWidget(url: string, removed: () => void): Widget {
  const { container, frame } = makeContainer(url);
  const listeners: ((event: EventName, data: unknown) => void)[] = [];
  const bridge = bridgeToFrame(frame, new URL(url).origin, (message) => guarded(() => receive(message)));
  const spot = placer(container, (room) => bridge.send({ fn: 'room', args: [room] }));
  const call: Widget['call'] = (fn, ...args) => {
    if (fn === 'maximizeWidget' && navigator.userActivation?.isActive) frame.focus();
    bridge.send({ fn, args });
  };
  const remove = () => {
    host.stop();
    bridge.close();
    spot.remove();
    removed();
  };
  const place = (it: Place) => {
    frame.title = it.title;
    spot.place(it);
  };
  const receive = (message: ToPage) => {
    if (message.fn === 'place') place(message.args[0]);
    else if (message.fn === 'news') host.news(message.args[0]);
    else if (message.fn === 'callback') for (const listener of listeners) listener(...(message.args as [EventName, unknown]));
  };
  place({ state: 'hidden', side: 'right', title: '' });
  document.body.appendChild(container);
  let { body } = document;
  /** A page that got another body keeps its chat; a page that takes the chat out of its body wants it gone. */
  const present = () => {
    if (container.isConnected || body === document.body) return container.isConnected;
    body = document.body;
    body?.appendChild(container);
    return true;
  };
  const host = watchHost((visit) => call('pageVisited', visit), present, remove);
  return { call, on: (listener) => void listeners.push(listener), look: host.look, remove };
}
