/**
 * Takes the visitor's session along to another domain of the account (livechatoo.md 10.3):
 * a link that is about to be followed gets a code in its fragment, and the page that is
 * reached takes it out again. A link with a fragment of its own is left alone, and so is
 * one that is followed before its code has come.
 */
const MARK = '#foyer=';
/** A code lives for a minute on the server. */
const FRESH = 45_000;

/** The code that this page was reached with; it is gone from the address. */
export function arrived(): { readonly code: string; readonly from: string } | null {
  const { hash, pathname, search } = location;
  if (!hash.startsWith(MARK)) return null;
  history.replaceState(history.state, '', pathname + search);
  const from = hostOf(document.referrer);
  return from ? { code: hash.slice(MARK.length), from } : null;
}

function hostOf(address: string): string {
  try {
    return new URL(address).host;
  } catch {
    return '';
  }
}

/** Watches for links to other hosts; `ask` wants a code for a host, which `got` brings. */
export function carry(ask: (host: string) => void) {
  const codes = new Map<string, { readonly code: string; readonly at: number }>();
  const asked = new Map<string, number>();
  const stop = new AbortController();
  const leading = ({ target }: Event) => {
    const link = (target as Element | null)?.closest?.<HTMLAnchorElement>('a[href]');
    return link && /^https?:$/.test(link.protocol) && link.host !== location.host && !link.hash ? link : null;
  };
  const near = (event: Event) => {
    const host = leading(event)?.host;
    if (!host || Date.now() - (asked.get(host) ?? 0) < FRESH) return;
    asked.set(host, Date.now());
    ask(host);
  };
  const follow = (event: Event) => {
    const link = leading(event);
    const known = link && codes.get(link.host);
    if (!link || !known || Date.now() - known.at > FRESH) return;
    const own = link.getAttribute('href')!;
    codes.delete(link.host);
    asked.delete(link.host);
    link.href += MARK + known.code;
    setTimeout(() => link.setAttribute('href', own));
  };
  const options = { capture: true, passive: true, signal: stop.signal };
  for (const name of ['pointerover', 'pointerdown', 'focusin']) addEventListener(name, near, options);
  for (const name of ['click', 'auxclick']) addEventListener(name, follow, options);
  return {
    got: (host: string, code: string) => void codes.set(host, { code, at: Date.now() }),
    stop: () => stop.abort(),
  };
}
