// Why an agent takes no chats, and what happened to him, in words.
import { maybe, t } from '../../lib/text';
import { upcoming } from '../../lib/time';
import type { Entry, Standing } from './queries';

/** Why he takes no chats; undefined when he wants to. */
export function whyText({ statusLivechat, since, hours, inside, changesAt }: Standing, now: number): string | undefined {
  if (statusLivechat === 'available') return undefined;
  if (hours && !inside) return changesAt ? t('why.hours', { time: upcoming(changesAt, now) }) : t('why.hoursOpenEnd');
  if (!since) return t('why.self');
  if (since.cause === 'hours') return t('why.hoursOver');
  if (since.cause === 'manager' && since.by) return t('why.manager', { name: since.by.name || since.by.username || '' });
  return maybe(`why.${since.cause}`) ?? t('why.self');
}

/** Whether he is outside his business hours, when nobody can switch him on. */
export function shut({ hours, inside }: Standing): boolean {
  return hours && !inside;
}

/** What happened, with the effect it had. */
export function entryText({ cause, statusLivechat, status, by }: Entry): string {
  const name = by ? by.name || by.username || '' : '';
  const on = statusLivechat === 'available' ? 'on' : 'off';
  const present = status === 'offline' ? 'gone' : status;
  return maybe(`change.${cause}.${on}`)?.replace('{name}', name) ?? maybe(`change.${cause}.${present}`) ?? maybe(`change.${cause}`) ?? cause;
}
