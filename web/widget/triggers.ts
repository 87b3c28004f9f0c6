/** Triggers on the real platform, loaded when the site has any. */
import { openMatcher } from '@foyer/shared/triggers/match';
import { openTriggers, type TriggerPorts } from './model/triggers';
import { newId } from './platform/id';
import { showCard } from './view/card';

export { showCard };

const worker = () => new Worker(new URL('../shared/src/triggers/worker.ts', import.meta.url), { type: 'module' });

export function start(ports: Omit<TriggerPorts, 'id' | 'learn' | 'match'>) {
  const { learn, match } = openMatcher(worker);
  return openTriggers({ ...ports, id: newId, learn, match });
}
