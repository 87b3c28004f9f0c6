import type { Look } from './look';
import type { Person } from './ports';
import type { Spoken } from './spoken';
import type { Agent, Attachment, Config, Message, Place, Room } from './wire';

/** Which of the panel's screens shows. */
export type Screen = 'consent' | 'offline' | 'form' | 'chat' | 'ended';

/** What goes wrong with what the visitor just asked for. */
export type Problem = '' | 'unreachable' | 'refused';

/** One entry of the conversation as it is shown. */
export interface Item {
  readonly id: string;
  readonly text: string;
  readonly at: number;
  readonly mine: boolean;
  /** Who wrote it: an id to group by and a name to show. */
  readonly by: string;
  readonly name: string;
  /** An agent's username. */
  readonly user?: string;
  /** A system line's type, else ''. */
  readonly line: string;
  readonly edited: boolean;
  /** Its number in the room; 0 while it is not stored. */
  readonly seq: number;
  readonly state: 'sent' | 'sending' | 'failed';
  /** What it shows besides words, and what the visitor may say to it at a press. */
  readonly blocks?: NonNullable<Message['blocks']>;
  readonly files?: readonly Attachment[];
  /** Why the server will not have it, where it said so. */
  readonly refused?: string;
}

/** The conversation as far as there is one. */
export interface TalkState {
  readonly room: Room | null;
  readonly agent: Agent | null;
  /** The place in the queue, while it is known. */
  readonly queue: Place | null;
  readonly items: readonly Item[];
  /** Somebody types on the other side. */
  readonly typing: boolean;
  readonly unread: number;
  /** The number up to which the other side has read, where that is told. */
  readonly read: number;
  /** The connection: none needed, there, or lost for longer than a moment. */
  readonly link: 'off' | 'up' | 'down';
  /** The server has older messages. */
  readonly earlier: boolean;
  /** The transcript is mailed without being asked for. */
  readonly mailed: boolean;
}

/** Everything the view shows; a new object after each change. */
export interface State extends TalkState {
  readonly screen: Screen;
  /** The form comes before the visitor's first word; what triggers said stands before it. */
  readonly gated: boolean;
  readonly open: boolean;
  readonly config: Config;
  readonly look: Look;
  readonly person: Person;
  readonly draft: string;
  /** A request of the visitor is under way. */
  readonly busy: boolean;
  /** A sound tells of new messages. */
  readonly sound: boolean;
  readonly problem: Problem;
}

/** No conversation yet. */
export const SILENCE: TalkState = { room: null, agent: null, queue: null, items: [], typing: false, unread: 0, read: 0, link: 'off', earlier: false, mailed: false };

/** A conversation that has not begun, or is over, with what was said to the visitor since. */
export function linesOf(talk: TalkState, spoken: Spoken): TalkState {
  if (talk.room?.open || !(spoken.lines.length + spoken.asking)) return talk;
  const said = spoken.lines.map(({ id, text, name, user, at }): Item => ({ id, text, at, mine: false, by: name, name, ...(user && { user }), line: '', edited: false, seq: 0, state: 'sent' }));
  return { ...talk, agent: talk.agent ?? spoken.agent, items: talk.room ? [...talk.items, ...said] : [...said, ...talk.items], typing: talk.typing || spoken.asking > 0 };
}

/** Whoever speaks first greets; until somebody does, or where the visitor did, the widget has. */
export const greets = ({ items }: TalkState) => items.find(({ line }) => !line)?.mine !== false;

/** Where the visitor reads mail, as far as that is known. */
export const addressOf = ({ person, config }: State) => person.email || config.guest?.visitorEmails?.[0]?.address || '';

/** The departments a visitor may choose from. */
export const choices = (config: Config) => config.departments.filter((d) => d.showOnRegistration);

/** Whether the form has anything to ask. */
export const asks = (config: Config) =>
  config.settings.registrationForm &&
  (Boolean(config.page?.operators.length) || config.settings.nameFieldRegistrationForm || config.settings.emailFieldRegistrationForm || config.settings.phoneFieldRegistrationForm ||
    config.customFields.length > 0 || choices(config).length > 0);

/** Whether what triggers said leads to the form, which is not forced on the visitor then (rocketchat-widget.md 8). */
export const gates = ({ room, items }: TalkState, config: Config, { lines }: Spoken, known: boolean) =>
  !room && !known && asks(config) && lines.length > 0 && lines.every(({ trigger }) => trigger) && !items.some(({ mine }) => mine);

/** The screen of a situation; a running chat and unsent messages are never covered, and neither what a trigger says nor somebody who comes back takes a form from under somebody's hands. */
export function screenOf({ room, items }: TalkState, config: Config, { known, consents, filling, leaving }: { known: boolean; consents: boolean; filling: boolean; leaving: boolean }): Screen {
  if (room) return room.open ? 'chat' : 'ended';
  if (items.some(({ mine }) => mine)) return 'chat';
  if (config.settings.forceAcceptDataProcessingConsent && !consents) return 'consent';
  if (!config.online || leaving) return 'offline';
  return !known && asks(config) && (filling || !items.length) ? 'form' : 'chat';
}
