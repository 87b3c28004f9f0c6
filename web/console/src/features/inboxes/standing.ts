// How watching an inbox goes, in words.
import { explainCode } from '../../lib/explain';
import { mailTrouble } from '../../lib/mail-trouble';
import { maybe, t } from '../../lib/text';
import { timeOfDay } from '../../lib/time';
import type { Inbox } from './queries';

export function standing({ status }: Inbox): string {
  const why = status.error && mailTrouble([status.error, status.answer].filter(Boolean).join(': '));
  const state = status.state === 'retrying' ? t('inboxes.retrying', { time: timeOfDay(status.retryAt ?? '') }) : maybe(`inboxes.${status.state}`);
  const held = status.held > 0 ? t('inboxes.held', { count: status.held, why: explainCode(status.heldFor ?? '') ?? status.heldFor ?? '' }) : '';
  return [state, why, held].filter(Boolean).join(' · ');
}
