import { h } from 'preact';
import type { State } from '../model/state';
import { Face } from './face';
import { Icon } from './icons';
import { type Text, t } from './texts';

/** Who is there: the agent, or the site and when to expect an answer. */
export function Header({ state, minimize }: { state: State; minimize: () => void }) {
  const name = agentName(state);
  return (
    <header class="head">
      <Face name={name} />
      <div class="who">
        <h2 id="title" tabIndex={-1}><bdi>{name || title(state)}</bdi></h2>
        <p>{t(status(state))}</p>
      </div>
      <button class="round" aria-label={t('close')} title={t('close')} onClick={minimize}><Icon name="down" /></button>
    </header>
  );
}

const title = ({ screen, config: { theme } }: State) => (screen === 'offline' && theme.offlineTitle) || theme.title || t('title');

/** The serving agent's name, or '' while there is none or the site does not show it. */
export const agentName = ({ agent }: State) => (!agent?.hiddenInfo && (agent?.name || agent?.username)) || '';

function status({ screen, room, agent }: State): Text {
  if (screen === 'offline') return 'offline_sub';
  if (!room) return 'usual';
  if (!room.open) return 'over';
  if (!agent) return 'waiting';
  if (agent.hiddenInfo) return 'served';
  return agent.status === 'away' || agent.status === 'offline' ? 'away' : 'online';
}
