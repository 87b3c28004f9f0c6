import type { Told } from '../model/told';
import type { Store } from '../model/ports';

const KEYS = ['session', 'rid', 'seen', 'draft', 'left', 'muted', 'consent', 'privacy', 'targets'];
const ASKS = 'foyer:popout';
const PATIENCE = 1000;

/** What a chat takes along into a window of its own, where the browser may keep another storage. */
interface Luggage {
  readonly kept: Record<string, string>;
  readonly told: Pick<Told, 'person' | 'registered' | 'theme' | 'language' | 'unit' | 'agent' | 'hidden' | 'wishes' | 'href' | 'visit'>;
}

/** Opens the chat in a window of its own and hands over what it needs, to that window only. Null: the browser does not allow it. */
export function openPopout(store: Store, told: Told, size = 'width=380,height=640'): Window | null {
  const url = new URL(location.href);
  url.searchParams.set('mode', 'popout');
  const popup = window.open(url, 'livechat-popout', size);
  addEventListener('message', ({ source, origin, data }) => {
    if (!popup || source !== popup || origin !== location.origin || data !== ASKS) return;
    const { person, registered, theme, language, unit, agent, hidden, wishes, href, visit } = told;
    const kept = Object.fromEntries(KEYS.flatMap((key) => (store.get(key) ? [[key, store.get(key)!]] : [])));
    popup.postMessage({ kept, told: { person, registered, theme, language, unit, agent, hidden, href, ...(visit && { visit }), ...(wishes && { wishes }) } } satisfies Luggage, location.origin);
  });
  return popup;
}

/** In the new window: takes over what the opener has, if there is one of ours. */
export function takeOver(store: Store, told: Told): Promise<void> {
  const from = window.opener as Window | null;
  if (!from) return Promise.resolve();
  return new Promise((done) => {
    setTimeout(done, PATIENCE);
    addEventListener('message', ({ source, origin, data }) => {
      if (source !== from || origin !== location.origin) return;
      const { kept, told: news } = data as Luggage;
      for (const key of KEYS) if (typeof kept?.[key] === 'string') store.set(key, kept[key]!);
      Object.assign(told, news);
      done();
    });
    from.postMessage(ASKS, location.origin);
  });
}
