import { h } from 'preact';
import type { State } from '../model/state';
import { Face } from './face';
import { Icon } from './icons';
import type { PanelProps } from './panel';
import { t } from './texts';

/** Who is there: the agent, or the site and when to expect an answer. */
export function Header({ state, parts, minimize }: Omit<PanelProps, 'chat'>) {
  const name = agentName(state);
  return (
    <header class="head">
      <Face name={name} />
      <div class="who">
        <h2 id="title" tabIndex={-1}><bdi>{name || title(state)}</bdi></h2>
        <p>{state.screen === 'offline' ? t('offline_sub') : parts ? parts.status(state) : t('usual')}</p>
      </div>
      <button class="round" aria-label={t('close')} title={t('close')} onClick={minimize}><Icon name="down" /></button>
    </header>
  );
}

const title = ({ screen, config: { theme } }: State) => (screen === 'offline' && theme.offlineTitle) || theme.title || t('title');

/** The serving agent's name, or '' while there is none or the site does not show it. */
export const agentName = ({ agent }: State) => (!agent?.hiddenInfo && (agent?.name || agent?.username)) || '';
