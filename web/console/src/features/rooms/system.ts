// System messages in words.
import { maybe, t } from '../../lib/text';
import type { Message } from '../../lib/wire';

/** The line for a system message. */
export function systemLine(message: Message, visitor: string): string {
  const who = message.u._id === visitor ? t('system.visitor') : (message.u.name ?? message.u.username);
  if (message.t === 'livechat-close') return closing(message, visitor, who);
  const line = maybe(`system.${message.t}`);
  return line ? line.replace('{who}', who).replace('{text}', message.comment ?? message.msg) : message.msg;
}

function closing(message: Message, visitor: string, who: string): string {
  if (message.u._id === visitor) return t('system.closed-by-visitor');
  return message.msg ? t('system.closed-with', { who, comment: message.msg }) : t('system.closed', { who });
}
