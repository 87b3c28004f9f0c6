import type { Entry } from './outbox';
import type { Upload } from './uploads';
import type { Item } from './state';
import type { Message } from './wire';

/** The system messages that are shown, as a line. */
const MOVED = 'livechat_transfer_history';
const LINES = ['uj', 'ul', 'livechat-close', 'livechat-started', MOVED];

/** Whether a message is somebody's words; an agent's comment at the end of the chat is, too. */
const said = (m: Message, self: string) => !m.t || (m.t === 'livechat-close' && m.msg !== '' && m.u._id !== self);

/** What is shown: the stored messages in their order, then the own ones on their way. */
export function itemsOf(messages: readonly Message[], entries: readonly (Entry | Upload)[], self: string, hidden: readonly string[]): Item[] {
  const shown = messages.flatMap((m) => sent(m, self)).filter(({ line }) => !hidden.includes(line));
  const stored = new Set(messages.map((m) => m._id));
  const waiting = entries.filter((entry) => !stored.has(entry.id));
  return [...shown, ...waiting.map(unsent)];
}

/** The same message stays the same items, so that the view need not look at them again. */
const made = new WeakMap<Message, { readonly self: string; readonly items: readonly Item[] }>();

/** A message as it is shown: the words, then the line, as far as it has them. */
function sent(m: Message, self: string): readonly Item[] {
  const known = made.get(m);
  if (known?.self === self) return known.items;
  const { t = '' } = m;
  const words: Item = {
    id: m._id, text: m.msg, at: Date.parse(m.ts), mine: m.u._id === self, by: m.u._id, name: m.u.name || m.u.username, ...(m.u._id !== self && { user: m.automatic?.agent || m.u.username }),
    line: '', edited: Boolean(m.editedAt), seq: m.seq, state: 'sent', ...(m.attachments && { files: m.attachments }), ...(m.blocks && m.u._id !== self && { blocks: m.blocks }),
  };
  const items = [...(said(m, self) ? [words] : []), ...(LINES.includes(t) ? [{ ...words, ...(t === MOVED && moved(m)), id: m._id + t, line: t }] : [])];
  made.set(m, { self, items });
  return items;
}

/** Where a chat went: the scope of the move, and the name of who or what has it now, as far as visitors are told. */
function moved({ transferData }: Message): Pick<Item, 'text' | 'name'> {
  const { scope = '', transferredTo: to, nextDepartment } = (transferData ?? {}) as Transfer;
  const text = /queue$/i.test(scope) ? 'queue' : /agent$/i.test(scope) ? 'agent' : scope;
  const name = text === 'agent' ? to?.name || to?.username : nextDepartment?.name;
  return { text, name: name ?? '' };
}

interface Transfer {
  readonly scope?: string;
  readonly transferredTo?: { readonly name?: string; readonly username?: string };
  readonly nextDepartment?: { readonly _id?: string; readonly name?: string };
}

/** The department that a chat was last sent to; undefined: to none. */
export function departmentOf(messages: readonly Message[]): string | undefined {
  const to = ({ transferData }: Message) => (transferData as Transfer | undefined)?.nextDepartment?._id;
  const last = messages.filter((m) => m.t === MOVED && to(m)).pop();
  return last && to(last);
}

function unsent(entry: Entry | Upload): Item {
  const { id, text, at, failed, why } = entry;
  return { id, text, at, mine: true, by: '', name: '', line: '', edited: false, seq: 0, state: failed ? 'failed' : 'sending', ...(failed && why !== undefined && { refused: why }) };
}

/** How many messages of others came after the one last seen. */
export function unreadOf(messages: readonly Message[], seen: number, self: string): number {
  return messages.filter((m) => m.seq > seen && said(m, self) && m.u._id !== self).length;
}
