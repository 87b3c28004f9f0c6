/** Tells the server that the visitor is there, on the real platform; loaded where the site wants to know. */
import type { Second } from './livechatoo';
import { openHere, type HerePorts } from './model/here';
import { lookOf } from './model/look';
import type { Ask } from './platform/rest';
import type * as Card from './view/card';

interface Ports extends Pick<HerePorts, 'clock' | 'told' | 'spoken' | 'store' | 'config' | 'where' | 'changed' | 'ledger'> {
  readonly ask: Ask;
  readonly asks: URLSearchParams;
  readonly press: (open: boolean) => void;
  readonly show: (visible: boolean) => void;
  readonly second: () => Second | null;
}

export type Here = ReturnType<typeof begin>;

let one: Here | undefined;

/** Begins, once. */
export const start = (ports: Ports) => (one ??= begin(ports));

function begin({ ask, asks, press, show, second, ...ports }: Ports) {
  const { spoken, told, changed } = ports;
  let view: typeof Card | null = null;
  const here = openHere({
    ...ports,
    page: asks.get('page') ?? '',
    send: (session, beat, last) => ask('here', session, beat, '', last),
    seen: () => !document.hidden,
    more: () => second()?.known() ?? {},
    async invited() {
      view ??= await import('./view/card');
      spoken.unread = 1;
      if (!told.visible) show(true);
      second()?.invited();
      changed();
    },
  });
  document.addEventListener('visibilitychange', here.look);
  addEventListener('pagehide', here.leave);
  const dismiss = () => {
    spoken.unread = 0;
    changed();
  };
  return {
    soon: here.soon,
    /** Shows the card with what an agent said; tells how high it is. */
    card: (place: boolean) => view?.showCard(place && asks.get('mode') !== 'bubble' && spoken.unread ? spoken.lines.slice(-spoken.unread) : [], lookOf(ports.config(), told.theme).agentFaces, { open: () => press(true), dismiss }),
  };
}
