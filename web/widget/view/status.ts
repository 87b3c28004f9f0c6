import type { State } from '../model/state';
import { type Text, t } from './texts';

/** How it stands with the one who serves, in words. */
export function status({ room, agent, queue }: State): string {
  if (room?.open && !agent && queue) return t(queue.spot === 1 ? 'spot_next' : 'spot', { n: queue.spot });
  return t(standing(room, agent));
}

function standing(room: State['room'], agent: State['agent']): Text {
  if (!room) return 'usual';
  if (!room.open) return 'line_livechat-close';
  if (!agent) return room.verifying ? 'verifying' : 'waiting';
  if (agent.hiddenInfo) return 'served';
  return agent.status === 'away' || agent.status === 'offline' ? 'away' : 'online';
}
