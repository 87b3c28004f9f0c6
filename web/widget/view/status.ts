import type { State } from '../model/state';
import type { Text } from './texts';

/** How it stands with the one who serves: the key of the text that says so. */
export function status({ room, agent }: State): Text {
  if (!room) return 'usual';
  if (!room.open) return 'over';
  if (!agent) return 'waiting';
  if (agent.hiddenInfo) return 'served';
  return agent.status === 'away' || agent.status === 'offline' ? 'away' : 'online';
}
