/**
 * The first script in the widget's frame: it reads the configuration, shows the
 * bubble and waits. The chat itself is loaded when somebody wants it, or at once
 * when there is something to take up again.
 */
import type { App } from './app';
import { bridgeToPage } from './bridge/frame';
import type { Calls, Guest, Room, ToFrame, ToPage } from './bridge/protocol';
import { backoff } from './model/backoff';
import type { Introduction } from './model/chat';
import type { Config } from './model/wire';
import { clock } from './platform/clock';
import { askAt, openRest } from './platform/rest';
import { openStore } from './platform/store';
import { failed, label, onPress, paint } from './view/launcher';
import { speak, t } from './view/texts';

const base = new URL('.', location.href).href;
const root = document.documentElement;
const ask = askAt(base);
const rest = openRest(ask);
const store = openStore(() => localStorage);
const person: Introduction = {};
let config: Config;
let language = '';
let visible = true;
let open = false;
let app: Promise<App> | null = null;
let send: (message: ToPage) => void = () => undefined;

void begin();

async function begin(attempt = 0): Promise<void> {
  try {
    config = await rest.config(store.get('session') ?? '');
  } catch {
    return void clock.after(backoff(attempt, Math.random), () => void begin(attempt + 1));
  }
  if (!config.enabled) return;
  await talk();
  paint(config);
  label({ open, unread: 0 });
  onPress(() => then(open ? 'minimize' : 'maximize', load()));
  send = bridgeToPage(receive);
  place();
  if (store.get('session') || store.keys('out:').length) void load();
}

/** Loads the chat, once; a failed attempt may be repeated. */
function load(): Promise<App> {
  app ??= import('./app').then(({ start }) => start({ base, ask, rest, store, clock, config, person, tell, opened }));
  app.catch(() => {
    app = null;
    failed();
  });
  return app;
}

/** Asks the loaded chat for something. */
function then(what: Exclude<keyof App, 'introduce'>, loaded = app): void {
  void loaded?.then((it) => it[what]()).catch(() => undefined);
}

function tell(...args: Extract<ToPage, { fn: 'callback' }>['args']): void {
  send({ fn: 'callback', args });
}

function opened(now: boolean): void {
  open = now;
  place();
}

function place(): void {
  const side = config.theme.position === 'left' ? 'left' : 'right';
  send({ fn: 'place', args: [{ state: !visible ? 'hidden' : open ? 'opened' : 'closed', side, title: t('frame') }] });
}

const talk = () => speak([language, ...navigator.languages, config.settings.language]);

function show(now: boolean): void {
  if (visible !== now) tell(now ? 'show-widget' : 'hide-widget');
  visible = now;
  place();
}

/** Takes the texts among what the page tells; a department by its id or name. */
function introduce(told: Guest | null, registered?: boolean): void {
  const found = config.departments.find(({ _id, name }) => _id === told?.department || name === told?.department);
  const all = Object.entries({ ...told, department: told?.department && (found?._id ?? '') });
  const known = all.filter(([key, value]) => ['name', 'email', 'department'].includes(key) && typeof value === 'string');
  const news: Introduction = Object.fromEntries(known);
  if (registered) news.registered = true;
  Object.assign(person, news);
  void app?.then((it) => it.introduce(news));
}

/** What the page may ask for. Arguments come from anywhere: anything but the right type is ignored. */
const calls: Calls = {
  maximizeWidget: () => then('maximize', load()),
  minimizeWidget: () => then('minimize'),
  showWidget: () => show(true),
  hideWidget: () => show(false),
  setGuestName: (name) => introduce({ name }),
  setGuestEmail: (email) => introduce({ email }),
  setDepartment: (department) => introduce({ department }),
  registerGuest: (guest) => introduce(guest, true),
  setLanguage(wanted) {
    language = String(wanted);
    void talk().then(() => {
      label({ open, unread: 0 });
      place();
      then('redraw');
    });
  },
};

function receive({ fn, args }: ToFrame): void {
  if (fn === 'room') room(args[0]);
  else if (Object.keys(calls).includes(fn)) (calls[fn] as (...args: readonly unknown[]) => void)(...args);
}

function room({ full, edges }: Room): void {
  root.classList.toggle('full', full);
  ['top', 'right', 'bottom', 'left'].forEach((side, i) => root.style.setProperty(`--${side}`, edges[i] ?? ''));
}
