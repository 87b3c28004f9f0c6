// System messages in words.
import { maybe, t, type TextKey } from '../../lib/text';
import { duration } from '../../lib/time';
import type { Message } from '../../lib/wire';

/** Who took part in a transfer, as the message tells. */
interface Someone {
  _id?: string;
  username?: string;
  name?: string;
}

interface Transfer {
  scope?: string;
  comment?: string;
  transferredTo?: Someone;
  nextDepartment?: Someone;
  /** Where it was meant to go, when a fallback took it. */
  originalDepartment?: Someone;
}

/** The line for a system message. */
export function systemLine(message: Message, visitor: string): string {
  const who = message.u._id === visitor ? t('system.visitor') : nameOf(message.u);
  return lines[message.t ?? '']?.(message, who, visitor) ?? general(message, who);
}

/** The lines that need more than a name. */
const lines: Partial<Record<string, (message: Message, who: string, visitor: string) => string>> = {
  'livechat-close': closing,
  livechat_transfer_history: (message, who) => transfer(message.transferData ?? {}, who),
  livechat_transfer_history_fallback: ({ transferData }) => fallback(transferData ?? {}),
  omnichannel_priority_change_history: ({ priorityData: data }, who) => {
    const name = data?.priority && (data.priority.name ?? maybe(`priority.${data.priority.i18n ?? ''}`) ?? data.priority.i18n);
    return name ? t('system.priority', { who, name }) : t('system.priorityNone', { who });
  },
  omnichannel_sla_change_history: ({ slaData: data }, who) =>
    data?.sla?.name ? t('system.sla', { who, name: data.sla.name }) : t('system.slaNone', { who }),
  livechat_navigation_history: ({ msg, navigation }) => t('system.page', { title: navigation?.page.title || navigation?.page.location.href || msg }),
  omnichannel_placed_chat_on_hold: (message, who) => t(bySystem(message) ? 'system.heldItself' : 'system.held', { who }),
  omnichannel_on_hold_chat_resumed: (message, who) => t(bySystem(message) ? 'system.resumedItself' : 'system.resumed', { who }),
};

function general(message: Message, who: string): string {
  const line = maybe(`system.${message.t}`);
  return line ? line.replace('{who}', who).replace('{text}', message.comment ?? message.msg) : message.msg;
}

function closing(message: Message, who: string, visitor: string): string {
  if (message.u._id === visitor) return t('system.closed-by-visitor');
  return message.msg ? t('system.closed-with', { who, comment: message.msg }) : t('system.closed', { who });
}

const moved: Partial<Record<string, TextKey>> = {
  agent: 'system.toAgent',
  department: 'system.toDepartment',
  queue: 'system.toQueue',
  autoTransferUnansweredChatsToAgent: 'system.unansweredToAgent',
  autoTransferUnansweredChatsToQueue: 'system.unansweredToQueue',
};

function transfer({ scope = '', comment, transferredTo, nextDepartment }: Transfer, who: string): string {
  const automatic = scope.startsWith('autoTransfer');
  const values = { who, agent: nameOf(transferredTo), department: nameOf(nextDepartment), time: duration(Number(comment) * 1000 || 0) };
  const line = t(moved[scope] ?? 'system.moved', values);
  return comment && !automatic ? t('system.withComment', { line, comment }) : line;
}

/** Nobody was there where the chat was sent: it goes on to the next one. */
function fallback({ nextDepartment, originalDepartment }: Transfer): string {
  return t('system.fallback', { wanted: nameOf(originalDepartment), department: nameOf(nextDepartment) });
}

function nameOf(someone: Someone | undefined): string {
  return someone?.name || someone?.username || '?';
}

/** Whether the server did it by itself. */
function bySystem({ u }: Message): boolean {
  return u.username === 'rocket.cat';
}
