/**
 * The script of the second API's snippet. It takes over what pages called before it
 * came, in order, and answers as `livechatoo.embed` and `livechatoo.popup`.
 */
import { type EmbedApi, embedApi } from '../facades/livechatoo';
import { type PopupApi, popupApi } from '../facades/popup';
import { warn } from '../facades/options';
import { startWidget } from './widget';

type Part = 'embed' | 'popup';

/** A call that a page made before: whose, which, with what, and the options as they stood then. */
type Early = readonly [part: Part, fn: string, args: readonly unknown[], options: unknown];

interface Livechatoo {
  embed: EmbedApi;
  popup: PopupApi;
  _?: Early[];
  ready?: true;
}

type AnyApi = Record<string, (...args: unknown[]) => unknown> & { options: unknown };

const here = (document.currentScript as HTMLScriptElement | null)?.src ?? '';

guarded(() => {
  if (document.body) begin();
  else addEventListener('DOMContentLoaded', () => guarded(begin), { once: true });
});

function begin(): void {
  const page = window as unknown as { livechatoo?: Partial<Livechatoo> };
  const early = page.livechatoo;
  if (early?.ready) return;
  const at = (query: Readonly<Record<string, string>>) => {
    const url = new URL(here.replace(/\/livechatoo\/[^/]*$/, '/livechat'));
    for (const [key, value] of Object.entries(query)) url.searchParams.set(key, value);
    return url.href;
  };
  const ports = { at, start: (url: string, removed: () => void) => startWidget(url, removed) };
  const embed = embedApi(ports);
  const popup = popupApi(ports, embed.fold);
  const now: Livechatoo = { embed: harmless(embed.api), popup: harmless(popup), ready: true };
  for (const [part, fn, args, options] of early?._ ?? []) {
    const api = now[part] as unknown as AnyApi;
    if (options) api.options = options;
    api[fn]?.(...args);
  }
  for (const part of ['embed', 'popup'] as const) {
    const { options } = (early?.[part] ?? {}) as { options?: object };
    if (options) now[part].options = options as never;
  }
  page.livechatoo = now;
}

/** Nothing that goes wrong here reaches the page. */
function harmless<T extends object>(api: T): T {
  const all = api as unknown as AnyApi;
  for (const fn of Object.keys(all)) {
    const run = all[fn]!;
    if (typeof run === 'function') all[fn] = (...args: unknown[]) => guarded(() => run.apply(api, args));
  }
  return api;
}

function guarded<T>(run: () => T): T | undefined {
  try {
    return run();
  } catch (error) {
    return void warn(error);
  }
}
