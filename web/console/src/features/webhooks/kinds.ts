// What can be told, and what can become of it, in words.
import { maybe, t } from '../../lib/text';
import type { Attempt, Delivery, Kind, State } from './queries';

export function kindName(kind: Kind): string {
  return maybe(`webhooks.kind.${kind}`) ?? kind;
}

export const states: readonly State[] = ['pending', 'sent', 'dead', 'dropped'];

export function stateName(state: State): string {
  return maybe(`webhooks.state.${state}`) ?? state;
}

/** How an attempt went: its status, or why there is none. */
export function outcome({ status, error }: Pick<Attempt | Delivery, 'status' | 'error'>): string {
  if (status > 0 && !error) return t('webhooks.status', { status });
  return maybe(`webhooks.error.${error ?? ''}`) ?? t('webhooks.error.failed');
}
