/**
 * The first script in the widget's frame: it reads the configuration, shows the
 * bubble and waits. The chat itself is loaded when somebody wants it, or at once
 * when there is something to take up again.
 */
import type { App } from './app';
import type { Here } from './here';
import type { Second } from './livechatoo';
import type { Triggers } from './triggers';
import { bridgeToPage } from './bridge/frame';
import { guarded } from './bridge/guarded';
import { type AllCalls, type Calls, type Room, type Tell, type ToFrame, type ToPage, type Visit } from './bridge/protocol';
import { backoff } from './model/backoff';
import { lookOf } from './model/look';
import { Refusal } from './model/ports';
import type { Spoken } from './model/spoken';
import { newTold, VISITS } from './model/told';
import type { Config } from './model/wire';
import { breath, clock } from './platform/clock';
import { askAt, configAt } from './platform/rest';
import { DEFAULT_SITE, openStore } from './platform/store';
import { failed, label, onPress, paint } from './view/launcher';
import { count, speak, t } from './view/texts';

/** How often a page that is looked at asks for the configuration anew: beside an open chat, and with the bubble alone. What was read just now is not asked for again. */
const FRESH = { open: 15_000, closed: 300_000, now: 1000 };

const asks = new URLSearchParams(location.search);
const mode = asks.get('mode');
/** The chat is a window of its own. */
const popout = mode === 'popout' || mode === 'popup';
const where = { site: asks.get('site') ?? '', host: asks.get('host') ?? '' };
const base = new URL('.', location.href).href;
const root = document.documentElement;
const ask = askAt(base);
const configOf = configAt(ask);
/** On pages that want it each host has a visitor of its own. */
const storeOf = (site: string) => openStore(() => localStorage, asks.get('session') === 'host' ? `${site || DEFAULT_SITE}@${where.host}` : site);
let store = storeOf(where.site);
const told = newTold();
const spoken: Spoken = { lines: [], agent: null, unread: 0, asking: 0 };
let read: Config;
/** What pages of the second API make of the widget. */
let second: Second | null = null;
const config = () => second?.lens(read) ?? read;
let open = false;
let unread = 0;
let app: Promise<App> | null = null;
let send: (message: ToPage) => void = () => undefined;
let asked = 0;
/** It is being read anew. */
let looking = false;
/** The launcher's logo, as it was asked for last. */
let logo: string | undefined;

const tell: Tell = (event, data) => {
  send({ fn: 'callback', args: [event, data] });
  triggers?.heard(event);
  here?.soon();
  if (event !== 'livechatoo') second?.heard(event, data);
};

let triggers: Triggers | null = null;
let here: Here | null = null;

void begin();

async function begin(attempt = 0): Promise<void> {
  try {
    if (mode === 'popout') await (await import('./platform/popout')).takeOver(store, told);
    read = await fetchConfig();
    if (!where.site && read.site !== DEFAULT_SITE) await moveIn();
    if (asks.get('api')) await answerTo();
  } catch (error) {
    if (error instanceof Refusal && error.code.includes('invalid-site')) return unknown();
    return void clock.after(backoff(attempt, Math.random), () => void begin(attempt + 1));
  }
  await talk();
  draw();
  onPress(() => second?.pressed() || press(!open));
  connect();
  show(second ? popout : !store.get('hidden'));
  if (!read.online) tell('no-agent-online');
  if (popout) root.classList.add('full');
  if (popout) press(true);
  else if (mode !== 'bubble' && (store.get('session') || store.keys('out:').length)) void load();
  void lookOut();
  document.addEventListener('visibilitychange', () => document.hidden || fresh());
  again();
}

/** Who may embed the page is told by the browser; who opens it, only by the host that the server has allowed. */
function connect(): void {
  send = bridgeToPage(mode === 'popup' ? (opener as Window | null) : parent, receive, mode === 'popup' ? '//' + where.host : '');
}

/** There is no such site: who made the page hears of it, and nothing is shown (LT-LOAD-4). */
function unknown(): void {
  connect();
  if (asks.get('api')) tell('livechatoo', { unknown: true });
  else warn('unknown site:', where.site);
}

/** On a site that is known by its host the visitor is another one than elsewhere. */
async function moveIn(): Promise<void> {
  store = storeOf(read.site!);
  if (store.get('session')) read = await fetchConfig();
}

/** The page speaks the second API. */
async function answerTo(): Promise<void> {
  const { start } = await import('./livechatoo');
  second = await start({
    asks, ask, told, spoken, store, tell, press, show,
    config: () => read,
    open: () => open,
    redraw(words) {
      if (words) return void talk().then(() => second && redraw());
      redraw();
    },
    renew: () => renew().catch(() => undefined),
    load: () => void load(),
    state: (then) => later((it) => then(it.state())),
  });
}

function redraw(): void {
  draw();
  later((it) => it.redraw());
}

/** Tells that the visitor is there, where the site wants to know, and lets triggers speak, on sites that have any. */
async function lookOut(): Promise<void> {
  if (read.watched) void import('./here').then(({ start }) => (here = start({ clock, ask, asks, told, spoken, store, config, where, press, show, changed: redraw, second: () => second, ledger: () => triggers?.ledger() ?? [] })));
  if (triggers || !read.enabled || !read.triggers.length || popout || mode === 'bubble') return;
  const { start } = await import('./triggers');
  triggers = start({
    clock, ask, told, spoken, store, tell,
    config,
    open: () => press(true),
    judged: () => here?.soon(),
    changed: redraw,
  });
}

function fetchConfig(): Promise<Config> {
  asked = clock.now();
  return configOf(store.get('session') ?? '', { ...where, businessUnit: told.unit, department: told.person.department });
}

/** Reads the configuration anew: what changed in it shows at once. */
async function renew(): Promise<void> {
  const before = read;
  read = await fetchConfig();
  await second?.renew();
  if (before.settings.language !== read.settings.language) await talk();
  if (before.online && !read.online) tell('no-agent-online');
  draw();
  triggers?.renewed();
  void lookOut();
  await app?.then((it) => it.redraw());
}

/** Renews the configuration unless that was just done; without the server everything stays as it is. */
function fresh(): void {
  if (looking || clock.now() - asked < FRESH.now) return;
  looking = true;
  void renew().catch(() => undefined).then(() => (looking = false));
}

function again(): void {
  clock.after(FRESH.open / 3, () => {
    if (!document.hidden && clock.now() - asked >= (open ? FRESH.open : FRESH.closed)) fresh();
    again();
  });
}

/** Loads the chat, once; a failed attempt may be repeated. */
function load(): Promise<App> {
  app ??= import('./app').then(async ({ start }) => {
    await breath();
    const it = start({ base, ask, store, clock, told, spoken, config, renew, tell, second: () => second, opened, news, place, popout });
    await breath();
    return it;
  });
  app.catch(() => {
    app = null;
    failed();
  });
  return app;
}

/** Asks the chat for something once it is loaded; it is not loaded for this. */
function later(what: (it: App) => unknown): void {
  void app?.then((it) => guarded(() => void what(it))).catch(() => undefined);
}

function press(wanted: boolean): void {
  if (wanted) void load().catch(() => undefined);
  later((it) => (wanted ? it.maximize() : it.minimize()));
}

function opened(now: boolean): void {
  open = now;
  if (now) spoken.unread = 0;
  draw();
  second?.report();
  if (now) fresh();
}

/** Tells of unread messages: on the bubble, in the page's title, by a sound, by a notification where they are allowed. */
function news(now: number): void {
  const more = now > unread;
  unread = now;
  if (more) second?.rouse();
  label({ open, unread });
  const notice = { title: lookOf(config(), told.theme).title || t('title'), body: count('unread', now) };
  send({ fn: 'news', args: [{ unread, ...(more && { notice }) }] });
  if (more && !store.get('muted')) void import('./platform/sound').then(({ ring }) => ring(read.resources.sound)).catch(() => undefined);
}

/** Shows the bubble as it should be now. */
function draw(): void {
  paint(lookOf(config(), told.theme));
  if (logo !== (logo = read.settings.livechatLogo?.url)) void import('./view/logo').then((it) => it.brand(logo));
  label({ open, unread: unread + (open ? 0 : spoken.unread) });
  place((triggers ?? here)?.card(!open && told.visible));
  second?.report();
}

/** Tells the page how to show the frame; a height is that of a card beside the bubble. */
function place(height?: number): void {
  const own = second?.draw();
  const high = height ?? own?.height;
  const state = !told.visible || !read.enabled ? 'hidden' : open ? 'opened' : high ? 'triggered' : 'closed';
  send({ fn: 'place', args: [{ ...own, state, side: lookOf(config(), told.theme).side, title: t('frame'), ...(high && { height: high }) }] });
}

const talk = () => speak([told.language, ...navigator.languages, read.settings.language]);

/** The widget shows, or hides, from now on; pages are told each time that changes, and once at the start. */
function show(visible: boolean): void {
  told.visible = visible;
  tell(visible ? 'show-widget' : 'hide-widget');
  place();
}

const warn = (...words: unknown[]) => console.warn('[livechat]', ...words);
/** What the page asked for in vain is no error of the page. */
const refused = (error: unknown) => warn(String(error));

/** What the page may ask for, loaded when it asks. */
let calls: Promise<Calls> | null = null;
const askable = () => (calls ??= import('./model/calls').then(({ pageCalls }) => pageCalls({
  told,
  config,
  held() {
    moved();
    later((it) => it.report());
  },
  changed: () => void talk().then(() => {
    draw();
    later((it) => it.redraw());
  }),
  introduced(registered) {
    if (registered) void load();
    later((it) => it.introduce(registered));
  },
  open: press,
  show(visible) {
    if (visible === told.visible) return;
    show(visible);
    later((it) => it.keep('hidden', visible ? '' : '1'));
  },
  renew,
  warn,
  transfer(department) {
    if (!app) warn('transferChat: there is no chat');
    later((it) => it.transfer(department).catch(refused));
  },
})));

function receive({ fn, args }: ToFrame): void {
  if (fn === 'room') return room(args[0]);
  if (fn === 'pageVisited' && !app && !calls) return visited(args[0] as Visit);
  if (fn === 'livechatoo') return guarded(() => second?.call(args[0] as Parameters<AllCalls['livechatoo']>[0]));
  void askable().then((all) => fn in all && (all[fn] as (...args: readonly unknown[]) => void)(...args)).catch(refused);
}

/** Every page tells where the visitor is; that alone loads nothing. */
function visited(visit: Visit): void {
  told.href = visit.location.href;
  told.visit = visit;
  told.visits = [...told.visits, visit].slice(-VISITS);
  moved();
}

function moved(): void {
  triggers?.page(told.href);
  second?.moved();
  here?.soon();
}

function room({ full, edges }: Room): void {
  root.classList.toggle('full', full);
  ['top', 'right', 'bottom', 'left'].forEach((side, i) => root.style.setProperty(`--${side}`, edges[i] ?? ''));
}
