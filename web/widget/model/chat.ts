import type { Tell } from '../bridge/protocol';
import { lookOf } from './look';
import { type ChatRest, type Clock, type Left, type Person, type Picked, Refusal, type Store } from './ports';
import { openReports } from './reports';
import { openSession } from './session';
import type { Spoken } from './spoken';
import { gates, linesOf, type Problem, screenOf, SILENCE, type State } from './state';
import type { Talk, TalkHandlers } from './talk';
import type { Told } from './told';
import type { Config } from './wire';

export interface ChatPorts {
  readonly clock: Clock;
  readonly store: Store;
  readonly rest: ChatRest;
  readonly told: Told;
  readonly spoken: Spoken;
  readonly config: () => Config;
  /** Asks for the configuration anew. */
  readonly renew: () => Promise<void>;
  readonly tell: Tell;
  /** Fetches what a conversation needs; called when there is one, or is about to be. */
  readonly converse: () => Promise<(on: TalkHandlers) => Talk>;
  readonly changed: (state: State) => void;
  /** On pages of the second API: the visitor picks an operator; the visitor agrees to what is done with an address. */
  readonly pick: (operator: string) => void;
  readonly agree: () => void;
}

/** The visitor's side of a chat: what they may do, and the one state that the view shows. */
export type Chat = ReturnType<typeof openChat>;

export function openChat(ports: ChatPorts) {
  const { store, rest, tell, told, spoken, config } = ports;
  const session = openSession(store, rest);
  const reports = openReports(rest, session, told);
  let open = false;
  let visible = true;
  let busy = false;
  let problem: Problem = '';
  let draft = store.get('draft') ?? '';
  let talk: Talk | null = null;
  let loading: Promise<Talk> | null = null;
  let filling = false;
  let leaving = false;
  /** What the visitor answers in the rating and has not sent. */
  let answering: Readonly<Record<string, string>> | null = null;
  let muted = Boolean(store.get('muted'));
  session.visitor = config().guest ?? null;

  const state = (): State => {
    const now = linesOf(talk?.state() ?? SILENCE, spoken);
    const known = Boolean(session.secret || told.registered);
    const screen = screenOf(now, config(), { known, consents: Boolean(store.get('consent')), filling, leaving });
    filling = open && screen === 'form';
    return { ...now, screen, gated: screen === 'chat' && gates(now, config(), spoken, known), open, config: config(), look: lookOf(config(), told.theme), person: told.person, draft, busy, problem, sound: !muted };
  };
  const publish = () => {
    const now = state();
    if (open && (now.room || now.screen === 'chat')) spoken.unread = 0;
    ports.changed(now);
    if (open && spoken.lines.length + spoken.asking && !loading) converse().then(publish).catch(() => undefined);
  };

  const attempt = async (run: () => Promise<void>) => {
    busy = true;
    problem = '';
    publish();
    await run().catch((error: unknown) => {
      problem = error instanceof Refusal && !error.passing ? 'refused' : 'unreachable';
    });
    busy = false;
    publish();
  };

  /** Asks how things stand on the server: who is there, who the visitor is. */
  const look = async () => {
    await ports.renew();
    session.visitor = config().guest ?? session.visitor;
  };
  const refresh = () => attempt(look);

  const seen = () => {
    if (open && visible) talk?.look();
    publish();
  };

  const register = async () => {
    const { secret } = session;
    await session.register(told);
    if (secret && secret !== session.secret) { // another visitor: nothing of the one before is theirs (LC-TOK-8)
      talk?.leave();
      session.enter('');
      draft = '';
      for (const key of ['seen', 'draft', 'left', 'consent', ...store.keys('out:').map((id) => `out:${id}`)]) store.remove(key);
    }
    reports.send();
  };

  const converse = () => {
    loading ??= ports.converse().then((begin) => (talk = begin({
      session, told, spoken, tell, config, look: seen,
      changed: publish,
      renew: () => void look().catch(() => undefined),
      started: reports.send,
      turnedAway: () => void refresh(),
    })));
    loading.catch(() => (loading = null));
    return loading;
  };

  /** Takes up what the page before, or another tab, left: the running or just finished chat, unsent messages. */
  const resume = async () => {
    if (session.secret && !config().guest) await refresh();
    reports.send();
    if ((session.secret && (config().room || session.rid)) || store.keys('out:').length) (await converse()).resume();
  };

  const write = (text: string) => {
    draft = text;
    session.keep('draft', text);
    talk?.typing(text);
  };

  const maximize = () => {
    if (open) return;
    open = true;
    session.keep('open', '1');
    tell('chat-maximized');
    seen();
  };

  /** Rates the chat. */
  const rate = async (answers: Readonly<Record<string, string>>) => {
    answering = null;
    const { secret, rid } = session.ended ?? session;
    await rest.survey(secret, { rid, data: Object.entries(answers).map(([name, value]) => ({ name, value })) });
    tell('chat-rated', answers);
  };

  /** Sends a rating that the visitor leaves behind. */
  const rated = async () => void (answering && await rate(answering).catch(() => undefined));

  return {
    state,
    maximize,
    refresh,
    publish,
    report: reports.send,
    keep: session.keep,

    start(): void {
      if (store.get('open')) maximize();
      void resume().catch(() => (problem = 'unreachable')).then(publish);
    },

    minimize(): void {
      if (!open) return;
      open = false;
      void rated();
      session.keep('open', '');
      tell('chat-minimized');
      publish();
    },

    /** Whether the visitor can see the page. */
    show(now: boolean): void {
      visible = now;
      talk?.show(now);
      if (!now) return void rated();
      if (!talk && session.adopt()) void resume();
      seen();
    },

    /** The network is said to be back. */
    hurry: () => talk?.hurry(),

    /** Sends the form. */
    register: (given: Person, fields: Readonly<Record<string, string>> = {}) => attempt(async () => {
      Object.assign(told.person, given);
      for (const [key, value] of Object.entries(fields)) told.fields.set(key, { key, value, overwrite: true });
      await register();
      const { token: _, ...person } = told.person;
      tell('pre-chat-form-submit', person);
    }),

    /**
     * The page told more about the visitor. The server learns it now if it knows them or the page
     * knows for sure who they are, else with the first message.
     */
    introduce(registered: boolean): void {
      if (session.secret || registered) register().then(registered ? look : publish).then(resume).catch(() => undefined);
      publish();
    },

    pick: ports.pick,
    agree: ports.agree,

    /** The visitor accepts what is done with their data, in these words. */
    consent(words: string): void {
      store.set('consent', words);
      publish();
    },

    /** Switches the sound off, or on again. */
    mute(off: boolean): void {
      muted = off;
      session.keep('muted', off ? '1' : '');
      publish();
    },

    /** Goes to the form. */
    enter(): void {
      filling = true;
      publish();
    },

    /** The visitor has words in the form for that, which stays while this is so. */
    hold: (on: boolean) => void (leaving = on),

    /** Leaves a message while nobody is there. */
    async leave(message: Left): Promise<string> {
      const before = store.get('left');
      const answer = await rest.leave(session.secret, { ...(told.href && { host: told.href.slice(0, 2000) }), ...(told.agent && { agentId: told.agent._id }), ...(before && { claim: before }), ...(told.heading && { department: told.heading }), ...message });
      store.set('left', answer.claim);
      const { name, email, message: words, department } = message;
      tell('offline-form-submit', { name, email, message: words, ...(department && { department }) });
      return answer.message;
    },

    rate,
    /** Keeps what the rating says until it is sent, or the visitor moves on. */
    answer: (answers: Readonly<Record<string, string>>) => void (answering = answers),

    /** Has the ended chat mailed to the visitor. */
    async transcript(email: string): Promise<void> {
      const { secret, rid } = session.ended ?? session;
      await rest.transcript(secret, { rid, email });
    },

    /** Has the server forget the visitor, and forgets them here. */
    async forget(): Promise<void> {
      await rest.forget(session.secret);
      talk?.leave();
      session.forget();
      store.remove('consent');
      publish();
    },

    /** The visitor wants another department, for the chat to come. */
    choose(department: string): void {
      told.person.department = department;
      if (session.secret) register().catch(() => undefined);
      publish();
    },

    /** Keeps what is being written; who writes is about to converse. */
    write(text: string): void {
      write(text);
      publish();
      converse().catch(() => undefined);
    },

    /** Sends what is written. While that is not possible at all it stays written. */
    send: () => attempt(async () => {
      const to = await converse();
      const words = draft.trim();
      write('');
      if (words) to.send(words);
    }),

    /** Says what somebody else offered, beside what is being written. */
    say: (words: string) => attempt(async () => (await converse()).send(words)),

    /** The conversation, if there is one. */
    talk: () => talk,
    /** Sends a file. */
    attach: (file: Picked) => attempt(async () => (await converse()).attach(file)),
    /** An address that opens a file for a while. */
    link: async (id: string) => (await converse()).link(id),
    retry: (id: string) => talk?.retry(id),
    loadEarlier: () => talk?.loadEarlier(),

    /** Ends the chat. */
    end: () => attempt(async () => talk?.end()),

    /** Sends the running chat to another department, as the page asked. */
    async transfer(department: string): Promise<void> {
      if (!talk?.state().room?.open) throw new Error('transferChat: there is no chat');
      await talk.change(department);
    },

    /** Leaves the finished chat for a new one; what could not be sent is in the draft again. */
    restart: () => attempt(async () => {
      await rated();
      await look();
      write([...(talk?.leave() ?? []), draft].filter(Boolean).join('\n'));
    }),
  };
}
