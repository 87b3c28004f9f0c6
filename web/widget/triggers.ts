/** Triggers on the real platform, loaded when the site has any: they speak beside the bubble while the chat is closed. */
import { openMatcher } from '@foyer/shared/triggers/match';
import { lookOf } from './model/look';
import type { Store } from './model/ports';
import { openTriggers, type TriggerPorts } from './model/triggers';
import { newId } from './platform/id';
import type { Ask } from './platform/rest';
import { showCard } from './view/card';

const worker = () => new Worker(new URL('../shared/src/triggers/worker.ts', import.meta.url), { type: 'module' });

const restAt = (ask: Ask): TriggerPorts['rest'] => ({
  trigger: (session, firing) => ask('trigger', session, firing),
  visit: async (session, seen) => void (await ask('visit', session, seen)),
});

interface Ports extends Omit<TriggerPorts, 'id' | 'learn' | 'match' | 'met' | 'session' | 'rest'> {
  readonly ask: Ask;
  readonly store: Store;
  readonly open: () => void;
}

export type Triggers = ReturnType<typeof start>;

export function start({ ask, store, open, ...ports }: Ports) {
  const { spoken } = ports;
  const met = () => (store.get('met') ?? '').split(' ');
  const dismiss = () => {
    spoken.unread = 0;
    store.set('met', [...new Set([...met(), ...spoken.lines.map((it) => it.trigger)])].slice(-50).join(' '));
    ports.changed();
  };
  return {
    ...openTriggers({ ...ports, rest: restAt(ask), ...openMatcher(worker), id: newId, met, session: () => store.get('session') ?? '' }),
    /** Shows the card with what was said, unless there is no place for it; tells how high it is. */
    card: (place: boolean) => showCard(place && spoken.unread ? spoken.lines.slice(-spoken.unread) : [], lookOf(ports.config(), ports.told.theme).agentFaces, { open, dismiss }),
  };
}
