/** The second API's part of the frame on the real platform, loaded on pages that use it. */
import type { Asked, Passage, Told as SecondTold } from './bridge/livechatoo';
import type { Place, Tell } from './bridge/protocol';
import { lookOf } from './model/look';
import { type Mode, openSecond, type SecondPorts } from './model/second/second';
import { newId } from './platform/id';
import { type Ask, query } from './platform/rest';
import { shape, shapeOf, tease, wear } from './view/bar';
import { pictureOf } from './view/initials';
import { spoken, t } from './view/texts';

const PHONE = '(pointer:coarse) and (max-width:480px),(pointer:coarse) and (max-height:480px)';

type Given = Pick<SecondPorts, 'told' | 'spoken' | 'config' | 'open' | 'press' | 'show' | 'redraw' | 'renew' | 'state'>;

interface Ports extends Given {
  readonly asks: URLSearchParams;
  readonly ask: Ask;
  readonly tell: Tell;
  /** Loads the chat, to take one up. */
  readonly load: () => void;
  readonly store: SecondPorts['store'];
}

export type Second = Awaited<ReturnType<typeof start>>;

/** Whether a host is one of a list's; "*." stands for any subdomain. */
const listed = (domains: readonly string[], host: string) => domains.some((it) => it === host || (it.startsWith('*.') && host.endsWith(it.slice(1))));

export async function start({ asks, ask, tell, load, ...given }: Ports) {
  const { told, store, config } = given;
  const mode = (asks.get('mode') ?? 'embed') as Mode;
  const file = asks.get('css') ?? '';
  const fetch = () => ask('livechatoo', '', undefined, query({ site: asks.get('site') ?? '', host: asks.get('host') ?? '' }));
  /** The page that opened the window can hear it. */
  let heard = true;
  const send = (it: SecondTold) => {
    tell('livechatoo', it);
    const { event, data = {}, record } = it;
    if (event && record && mode === 'popup' && (!heard || !opener || (opener as Window).closed)) void import('./facades/analytics').then((it) => it.record(event, data));
  };
  const session = () => store.get('session') ?? '';
  const second = openSecond({
    ...given, mode, fetch, newId, tell: send, now: Date.now, random: Math.random,
    phone: () => matchMedia(PHONE).matches,
    size: () => (second.large() || document.documentElement.classList.contains('full') ? 'max' : 'res'),
    greeting: () => t('greeting'),
    language: spoken,
    wear: (css) => wear(css, file, () => send({ warning: `css_file: ${file} could not be loaded` })),
    leave: () => void import('./platform/popout').then(({ openPopout }) => openPopout(store as never, told, '')),
    note: (note) => void ask('livechatoo', session(), note).catch(() => undefined),
    claim: (custom) => void ask('identity', session(), { rid: config().room?._id ?? store.get('rid') ?? '', custom }).catch(() => undefined),
  }, await fetch());
  if (mode === 'popout' && told.wishes) second.call({ do: 'init', wishes: told.wishes });

  const host = asks.get('host') ?? '';
  /** A session goes along to another listed domain, or has come from one: then its chat is taken up. */
  const pass = async (asked: Passage) => {
    if (asks.get('session') === 'host') return;
    if (asked.do === 'leave') {
      if (!session() || !listed(second.domains(), asked.host)) return;
      const { code } = await ask('handover', session(), { from: host, to: asked.host });
      send({ passage: { host: asked.host, code } });
    } else if (!session()) {
      store.set('session', (await ask('handover.take', '', { code: asked.code, from: asked.from, to: host })).session);
      await given.renew();
      load();
    }
  };
  /** What the page asks for while somebody arrives waits for that. */
  let arriving: Promise<void> | null = null;
  const call = (asked: Asked) => {
    if (asked.do === 'leave') void pass(asked).catch(() => undefined);
    else if (asked.do === 'opener') heard = asked.there;
    else if (asked.do === 'arrive') arriving = pass(asked).catch(() => undefined);
    else if (arriving) void arriving.then(() => second.call(asked));
    else second.call(asked);
  };

  /** Draws the bar, or the bubble, and tells how it is placed. */
  const draw = (): Pick<Place, 'size' | 'middle' | 'height' | 'full'> => {
    if (mode === 'popup' || mode === 'popout') return {};
    const { title } = lookOf(second.lens(config()), told.theme);
    const { name, username } = second.operator() ?? { name: '' };
    const photo = username && pictureOf(username);
    const now = shape(second.small() ? 'mini' : mode === 'bubble' ? shapeOf(second.bubble()) : 'strip', mode === 'bubble', title || t('title'), photo);
    const text = second.teaser();
    const height = tease(text ? { name, photo, text, open: () => given.press(true), close: () => (second.hush(), given.redraw(false)), grown: () => given.redraw(false) } : null);
    return { ...now, ...(second.large() && { full: true }), ...(height && { height: height - 20 }) };
  };
  return { ...second, call, draw };
}
