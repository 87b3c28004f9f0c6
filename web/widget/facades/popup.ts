import { type Bridge, bridgeToFrame } from '../bridge/page';
import type { Told } from '../bridge/livechatoo';
import type { ToPage } from '../bridge/protocol';
import { PAGE } from '../loader/container';
import type { Widget } from '../loader/widget';
import { addressOf, deliver, type Ports, strange } from './livechatoo';
import { objectOf, type Options, warn, wishesOf } from './options';

const SIZE = 'width=400,height=600';
const LOOK = 400;

/** The chat in a window of its own (livechatoo.md 4). `opened` hears when there is one. */
export function popupApi({ at, start }: Ports, opened: () => void) {
  let given: Options = {};
  let bubble: Widget | null = null;
  let popup: Window | null = null;
  let bridge: Bridge | null = null;
  let begun = false;
  let timer: ReturnType<typeof setInterval> | undefined;

  const open = () => {
    if (popup && !popup.closed) return popup.focus();
    const url = new URL(addressOf(at, given, 'popup'));
    url.searchParams.set('host', location.host);
    url.searchParams.set('page', PAGE);
    popup = window.open(url, `livechatoo-${String(given['account'])}`, SIZE);
    if (!popup) {
      warn('popup: the browser keeps the window back; call popup.init() while the visitor clicks');
      return showBubble();
    }
    bridge?.close();
    bridge = bridgeToFrame({ contentWindow: popup }, url.origin, heard);
    bridge.send({ fn: 'livechatoo', args: [{ do: 'init', wishes: wishesOf(given) }] });
    bridge.send({ fn: 'pageVisited', args: [{ change: 'url', title: document.title, location: { href: location.href }, referrer: document.referrer }] });
    clearInterval(timer);
    timer = setInterval(() => popup?.closed && shut(), LOOK);
    opened();
  };

  const heard = ({ fn, args }: ToPage) => {
    if (fn !== 'callback' || args[0] !== 'livechatoo') return;
    const told = args[1] as Told;
    if (told.unknown) refuse();
    else deliver(given, told);
  };

  const refuse = () => {
    begun = false;
    stop();
    strange(given);
  };

  const shut = () => {
    clearInterval(timer);
    bridge?.close();
    bridge = null;
    popup?.close();
    popup = null;
  };

  const showBubble = () => {
    if (!bubble) {
      bubble = start(addressOf(at, given, 'bubble'), () => (bubble = null));
      bubble.on((event, data) => {
        if (event !== 'livechatoo') return;
        if ((data as Told).window) open();
        if ((data as Told).unknown) refuse();
      });
    }
    bubble.call('livechatoo', { do: 'init', wishes: { btype: 'right1', ...wishesOf(given) } });
  };

  const stop = () => {
    shut();
    bubble?.remove();
  };

  /** Without its page the window keeps account by itself (LT-CB-10). */
  for (const name of ['pagehide', 'pageshow']) addEventListener(name, () => bridge?.send({ fn: 'livechatoo', args: [{ do: 'opener', there: name === 'pageshow' }] }));

  return {
    options: {} as Options,
    init(options?: Options): void {
      const now = { ...objectOf(this.options), ...objectOf(options) };
      if (!now['account']) return warn('popup.init: the account is missing');
      if (bubble && addressOf(at, now, 'bubble') !== addressOf(at, given, 'bubble')) bubble.remove();
      [given, begun] = [now, true];
      if (now['mode'] === 'custom') return open();
      if (now['mode'] !== undefined && now['mode'] !== 'bubble') warn('popup: mode is "custom" or "bubble"');
      showBubble();
    },
    status: () => (!begun ? 'not-initialized' : popup && !popup.closed ? 'open' : bubble ? 'bubble' : 'closed'),
    stop,
    close: shut,
  };
}

export type PopupApi = ReturnType<typeof popupApi>;
