import type { Asked, Data, Offer, Passage, Status, Told as SecondTold, Wishes } from '../../bridge/livechatoo';
import type { EventName } from '../../bridge/protocol';
import type { Spoken } from '../spoken';
import type { State } from '../state';
import type { Told } from '../told';
import type { Config } from '../wire';
import { anyOf, choiceOf, listOf, named, unknownOf } from './choice';
import { openEvents } from './events';
import type { Page, Request, Requested, Says } from './says';
import { reached } from './targets';

/** What the frame is: the bar in the page, the window, or the bubble that opens the window. */
export type Mode = 'embed' | 'popup' | 'bubble' | 'popout';

export interface SecondPorts {
  readonly mode: Mode;
  readonly told: Told;
  readonly spoken: Spoken;
  readonly store: { get(key: string): string | null; set(key: string, value: string): void; remove(key: string): void };
  readonly config: () => Config;
  readonly open: () => boolean;
  readonly press: (open: boolean) => void;
  readonly show: (visible: boolean) => void;
  /** The look or the words changed. */
  readonly redraw: (words: boolean) => void;
  /** Asks who is there now. */
  readonly renew: () => Promise<void>;
  /** Asks the chat, once it is loaded. */
  readonly state: (then: (state: State) => void) => void;
  readonly tell: (told: SecondTold) => void;
  readonly newId: () => string;
  readonly now: () => number;
  readonly random: () => number;
  readonly phone: () => boolean;
  readonly greeting: () => string;
  /** The language in use. */
  readonly language: () => string;
  readonly wear: (css: string) => void;
  /** Opens the chat on a page of its own. */
  readonly leave: () => void;
  /** How the open chat stands: beside the page, or all over it. */
  readonly size: () => 'res' | 'max';
  readonly fetch: () => Promise<Page>;
  /** Tells the server what operators shall know. */
  readonly note: (note: { name: string; department: string; targets: string[] }) => void;
  readonly claim: (custom: string) => void;
}

const REQUESTED: readonly Requested[] = ['name', 'email', 'phone'];

/** What a page of the second API makes of the widget. */
export type Second = ReturnType<typeof openSecond>;

export function openSecond(ports: SecondPorts, first: Page) {
  const { told, spoken, store, mode } = ports;
  let page = first;
  let wishes: Wishes = {};
  let begun = false;
  let wanted: Status = 'start-online';
  /** How it was when it was last shown. */
  let last: Status = 'start-online';
  /** The page wants the message form, whoever is there. */
  let away = false;
  let mobile = false;
  let teaser = true;
  /** The open chat fills the window. */
  let large = false;
  let reported: Status | '' = '';
  let choice = choiceOf(page, wishes);
  let offer: Offer = {};
  let picked = '';
  /** What the form asks for; once it is sent, everything is known. */
  let asking: readonly Requested[] = [];
  let sending = false;
  let targets: string[] = [];
  /** The session that the targets are of. */
  let whose = store.get('session') ?? '';
  const events = openEvents(ports, () => ({ page, choice, running: Boolean(ports.config().room), record: page.googleAnalytics }));

  const privacy = () => wishes.privacy || page.urlPrivacy;
  const agreed = () => !privacy() || store.get('privacy') === '1';
  const online = () => !away && ports.config().enabled && (choice.restricted ? choice.online : ports.config().online);

  /** Given data that may be sent need not be asked for; what waits for consent is shown with the question. */
  const request = (key: Requested): Request => {
    if (key === 'name' || agreed()) return wishes[key] ? 'off' : page.requests[key];
    return wishes[key] && page.requests[key] === 'off' ? 'optional' : page.requests[key];
  };

  const link = (own: string | undefined, site: string) => (own === undefined ? site : own);

  const enlarge = () => {
    large = !large;
    events.sized(large ? 'max' : 'res');
    ports.redraw(false);
  };

  const says = (): Says => ({
    requests: { name: request('name'), email: request('email'), phone: request('phone') },
    given: { ...(wishes.name && { name: wishes.name }), ...(wishes.email && { email: wishes.email }), ...(wishes.phone && { phone: wishes.phone }) },
    contact: link(wishes.contact, page.urlContact), faq: link(wishes.faq, page.urlFaq), privacy: privacy(), agreed: agreed(),
    operators: page.manualAssignment ? listOf(choice, wishes.clones) : [], picked, department: offer.department ?? '', photo: offer.photo ?? '',
    large, enlarge: mode === 'embed' && !mobile && (large || ports.size() === 'res') ? enlarge : undefined,
  });

  /** The configuration as this page has it. */
  const lens = (config: Config): Config => {
    if (!begun) return config;
    const now = says();
    if (!store.get('session') && !sending) asking = REQUESTED.filter((key) => now.requests[key] !== 'off');
    const listed = (id: string) => choice.departments.some(({ _id }) => _id === id);
    return {
      ...config, page: now, online: online(),
      departments: page.departmentSupport && !page.manualAssignment ? config.departments.filter(({ _id }) => listed(_id)) : [],
      settings: {
        ...config.settings, registrationForm: config.settings.registrationForm || now.operators.length > 0,
        nameFieldRegistrationForm: now.requests.name !== 'off', emailFieldRegistrationForm: now.requests.email !== 'off', phoneFieldRegistrationForm: now.requests.phone !== 'off',
      },
    };
  };

  const status = (): Status => {
    if (!told.visible) return 'hidden';
    if (ports.open()) return events.ticket() || spoken.lines.length ? 'chat' : online() ? 'online' : 'offline';
    if (wanted === 'mini') return 'mini';
    return online() ? 'start-online' : 'start-offline';
  };

  /** Tells the page when its status is another one. */
  const report = () => {
    if (!begun || status() === reported) return;
    reported = status();
    ports.tell({ status: reported });
  };

  /** New chats go to whom the page allows. */
  const restrict = () => {
    const { person } = told;
    if (named(page.departments, wishes.departments) && !choice.departments.some(({ _id }) => _id === person.department)) {
      person.department = (choice.departments.find((it) => it.online) ?? choice.departments[0])?._id ?? '';
    }
    if (page.manualAssignment || !named(page.operators, wishes.operators)) return;
    if (!choice.operators.some((it) => it._id === told.agent?._id && it.online)) told.agent = anyOf(choice.operators, ports.random);
  };

  const introduce = () => {
    const { person } = told;
    if (wishes.name) person.name = wishes.name;
    if (agreed() && wishes.email) person.email = wishes.email;
    if (agreed() && wishes.phone) person.phone = wishes.phone;
  };

  const note = () => {
    const session = store.get('session') ?? '';
    if (whose && whose !== session) targets = [];
    whose = session;
    const now = reached(wishes.targets ?? [], told.href);
    targets = [...new Set([...targets, ...(store.get('targets') ?? '').split('\n').filter(Boolean), ...now])].slice(-20);
    if (!session) return;
    store.set('targets', targets.join('\n'));
    if (targets.length || wishes.staffName || heading()) ports.note({ name: wishes.staffName ?? '', department: heading(), targets });
  };

  /** The department of the list that the visitor picked an operator in, if only the page has it there. */
  const heading = () => {
    const found = listOf(choice, wishes.clones).find(({ key }) => key === picked);
    return found?.virtual ? found.heading : '';
  };

  const fold = (open: boolean) => {
    if (mode !== 'embed' || mobile) return;
    ports.press(open);
  };

  const remember = () => {
    if (told.visible) last = status();
  };

  const init = (asked: Wishes) => {
    remember();
    wishes = told.wishes = asked;
    wanted = asked.page ?? 'start-online';
    away = wanted === 'start-offline' || wanted === 'offline';
    mobile = (mode === 'embed' || mode === 'bubble') && (asked.mobile ?? ports.phone());
    teaser = asked.bubble ?? true;
    if (begun) void ports.renew();
    begun = true;
    choice = choiceOf(page, wishes);
    for (const warning of unknownOf(page, wishes)) ports.tell({ warning });
    told.language = asked.lang ?? '';
    told.theme = { ...told.theme, position: asked.side ?? (mode === 'bubble' ? (asked.btype ?? 'right1').replace(/\d$/, '') : undefined) };
    introduce();
    restrict();
    ports.wear(asked.css ?? '');
    ports.show(wanted !== 'hidden');
    const opens = mode === 'embed' && !mobile && (wanted === 'online' || wanted === 'offline');
    if (opens) fold(true);
    if (wanted === 'hidden') fold(false);
    ports.redraw(true);
    note();
    if (asked.custom && (ports.config().room || events.ticket())) ports.claim(asked.custom);
    reported = '';
    if (!opens || ports.open()) report();
    const begins = opens && !ports.open() ? (online() ? 'online' : 'offline') : status();
    if (mode !== 'bubble') events.begin({ page: begins, online: online(), mobile, side: told.theme.position ?? 'right', lang: ports.language() });
  };

  /** Speaks first: in the name of somebody who may serve, and is called when the visitor answers. */
  const propose = (asked: Offer) => {
    if (events.ticket()) return ports.show(true), fold(true);
    const among = choiceOf(page, { departments: asked.departments ?? wishes.departments ?? [], operators: asked.operators ?? wishes.operators ?? [] });
    const operator = anyOf(among.operators, ports.random);
    const there = page.operators.length ? Boolean(operator) : among.restricted ? among.online : online();
    if (!there) return turn('start-offline');
    away = false;
    offer = asked;
    const department = among.departments.find((it) => named(page.departments, asked.departments)?.includes(it) && (!operator || operator.departments.includes(it.no)));
    if (department) told.person.department = department._id;
    const name = asked.name ?? operator?.name ?? operator?.username ?? '';
    const text = asked.message ?? operator?.welcome ?? department?.welcome ?? ports.greeting();
    spoken.lines = [...spoken.lines.filter((it) => it.trigger || it.invitation), { id: ports.newId(), trigger: '', text, name, at: ports.now() }];
    spoken.agent = operator && { _id: operator._id, username: operator.username, name };
    ports.show(true);
    fold(true);
    if (mobile) spoken.unread = 1;
    ports.redraw(false);
  };

  const put = (to: Status) => {
    remember();
    wanted = to;
    ports.show(to !== 'hidden');
    fold(to === 'online' || to === 'offline' || to === 'chat');
    ports.redraw(false);
    report();
  };

  const turn = (to: Status) => {
    if (to !== 'hidden') away = to === 'start-offline' || to === 'offline';
    put(to);
  };

  return {
    lens,
    report,
    status,
    /** The page asks for something. */
    call(asked: Exclude<Asked, Passage | { readonly do: 'opener' }>): void {
      if (asked.do === 'flip') put(told.visible ? 'hidden' : last);
      else if (asked.do === 'init') init(asked.wishes);
      else if (asked.do === 'bubble') teaser = asked.shown;
      else if (asked.do === 'side') told.theme = { ...told.theme, position: asked.side };
      else if (asked.status === 'chat') propose(asked.offer ?? {});
      else if (asked.status !== status()) turn(asked.status);
      if (asked.do === 'bubble' && asked.shown) store.remove('teased');
      ports.redraw(false);
    },
    heard(event: EventName, data: unknown): void {
      if (event === 'pre-chat-form-submit') {
        events.asked(asking, data as Data);
        sending = false;
      } else events.heard(event, data);
      if (event === 'chat-started' && wishes.custom) ports.claim(wishes.custom);
      if (event === 'chat-started' || event === 'pre-chat-form-submit') note();
      if (event === 'chat-ended') offer = {};
      report();
    },
    domains: () => page.domains,
    /** What agents see of the visitor beside what every page tells. */
    known: () => ({ staffName: wishes.staffName ?? '', targets }),
    /** An agent spoke: the bar unfolds; what opens elsewhere has a number on it. */
    invited(): void {
      if (mode === 'embed' && !mobile && wanted !== 'mini') {
        spoken.unread = 0;
        fold(true);
      }
      report();
    },
    /** The configuration was read anew. */
    async renew(): Promise<void> {
      page = await ports.fetch();
      choice = choiceOf(page, wishes);
      restrict();
    },
    /** The visitor moved to another page of the site. */
    moved: note,
    /** A message came while the page keeps the chat out of sight. */
    rouse(): void {
      if (told.visible) return;
      ports.show(true);
      fold(true);
      report();
    },
    /** The visitor pressed the bar; true: nothing more is to be done. */
    pressed(): boolean {
      if (mode === 'bubble') ports.tell({ window: true });
      else if (mobile || wanted === 'mini') ports.leave();
      else return false;
      return true;
    },
    /** The visitor picked an operator for the chat to come. */
    pick(key: string): void {
      const found = listOf(choice, wishes.clones).find((it) => it.key === key);
      picked = found?.key ?? '';
      told.heading = heading();
      told.agent = found ? { _id: found.operator._id, username: found.operator.username } : null;
    },
    /** The visitor agreed to what is done with an address or number. */
    agree(): void {
      sending = true;
      store.set('privacy', '1');
      introduce();
    },
    /** The chat fills the window. */
    large: () => large,
    small: () => mobile || wanted === 'mini',
    bubble: () => wishes.btype ?? 'right1',
    /** Who would answer: an operator who is there. */
    operator: () => choice.operators.find((it) => it.online),
    /** What the bubble above the bar says, while there is one. */
    teaser: () => (mode === 'embed' && begun && teaser && !mobile && told.visible && !ports.open() && wanted !== 'mini' && online() && !events.ticket() && !store.get('teased') && !store.get('rid')
      ? ports.greeting() : ''),
    /** The visitor put it away. */
    hush: () => store.set('teased', '1'),
  };
}
