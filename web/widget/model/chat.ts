import { type Cancel, type Clock, type Person, Refusal, type Rest, type Store } from './ports';
import { openSession } from './session';
import { type Problem, screenOf, SILENCE, type State } from './state';
import type { Talk, TalkHandlers } from './talk';
import type { Config } from './wire';

const RECHECK = 30_000;

/** What the page that embeds the widget may want to know. */
export type Happening = 'chat-maximized' | 'chat-minimized' | 'chat-started' | 'chat-ended' | 'pre-chat-form-submit' | 'assign-agent' | 'agent-status-change' | 'queue-position-change';

/** What the page has told about the visitor; `registered` skips the form. */
export type Introduction = Person & { registered?: boolean };

export interface ChatPorts {
  readonly clock: Clock;
  readonly store: Store;
  readonly rest: Rest;
  /** The configuration the chat begins with. */
  readonly config: Config;
  readonly person: Introduction;
  readonly tell: (what: Happening, data?: unknown) => void;
  /** Fetches what a conversation needs; called when there is one, or is about to be. */
  readonly converse: () => Promise<(on: TalkHandlers) => Talk>;
  readonly changed: (state: State) => void;
}

/** The visitor's side of a chat: what they may do, and the one state that the view shows. */
export type Chat = ReturnType<typeof openChat>;

export function openChat(ports: ChatPorts) {
  const { store, rest, clock, tell } = ports;
  const session = openSession(store, rest);
  let { config } = ports;
  let open = false;
  let visible = true;
  let busy = false;
  let problem: Problem = '';
  let draft = store.get('draft') ?? '';
  let talk: Talk | null = null;
  let loading: Promise<Talk> | null = null;
  let later: Cancel | undefined;
  session.visitor = config.guest ?? null;

  const person = (): Person => {
    const { registered: _, ...told } = ports.person;
    return told;
  };
  const state = (): State => {
    const now = talk?.state() ?? SILENCE;
    const screen = screenOf(now, config, Boolean(session.secret || ports.person.registered));
    return { ...now, screen, open, config, person: person(), draft, busy, problem };
  };
  const publish = () => ports.changed(state());

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
  const refresh = () => attempt(async () => {
    config = await rest.config(session.secret);
    session.visitor = config.guest ?? session.visitor;
  });

  const look = () => {
    if (open && visible) talk?.look();
    publish();
  };

  const converse = () => {
    loading ??= ports.converse().then((begin) => (talk = begin({
      session, person, look, tell,
      config: () => config,
      changed: publish,
      turnedAway: () => void refresh(),
    })));
    loading.catch(() => (loading = null));
    return loading;
  };

  /** Takes up what the page before, or another tab, left: the running or just finished chat, unsent messages. */
  const resume = async () => {
    if (session.secret && !config.guest) await refresh();
    if ((session.secret && (config.room || session.rid)) || store.keys('out:').length) (await converse()).resume();
  };

  /** While nobody is there and the visitor waits for somebody, asks again from time to time. */
  const recheck = () => {
    later?.();
    later = clock.after(RECHECK, () => {
      if (!open || !visible) return;
      if (state().screen === 'offline') void refresh();
      recheck();
    });
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
    look();
    recheck();
  };

  return {
    state,
    maximize,
    refresh,

    start(): void {
      if (store.get('open')) maximize();
      void resume().catch(() => (problem = 'unreachable')).then(publish);
    },

    minimize(): void {
      if (!open) return;
      open = false;
      session.keep('open', '');
      tell('chat-minimized');
      publish();
    },

    /** Whether the visitor can see the page. */
    show(now: boolean): void {
      visible = now;
      talk?.show(now);
      if (!now) return;
      if (!talk && session.adopt()) void resume();
      look();
      recheck();
    },

    /** The network is said to be back. */
    hurry: () => talk?.hurry(),

    /** Sends the form. */
    register: (told: Person) => attempt(async () => {
      Object.assign(ports.person, told);
      await session.register(person());
      tell('pre-chat-form-submit', person());
    }),

    /** The page told more about the visitor. The server learns it now if it knows them, else with the first message. */
    introduce(told: Introduction): void {
      Object.assign(ports.person, told);
      if (session.secret) session.register(person()).catch(() => undefined);
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

    /** The conversation, if there is one. */
    talk: () => talk,
    retry: (id: string) => talk?.retry(id),
    loadEarlier: () => talk?.loadEarlier(),

    /** Ends the chat. */
    end: () => attempt(async () => talk?.end()),

    /** Leaves the finished chat for a new one; what could not be sent is in the draft again. */
    restart: () => attempt(async () => {
      config = await rest.config(session.secret);
      write([...(talk?.leave() ?? []), draft].filter(Boolean).join('\n'));
    }),
  };
}
