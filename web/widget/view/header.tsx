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
        <h2 id="title" tabIndex={-1}><bdi>{name || state.look.title || t('title')}</bdi></h2>
        <p>{state.screen === 'offline' ? t('offline_sub') : parts ? parts.status(state) : t('usual')}</p>
      </div>
      <button class="round" aria-label={t('close')} title={t('close')} onClick={minimize}><Icon name="down" /></button>
    </header>
  );
}

/** The serving agent's name, or '' while there is none or the site does not show it. */
export const agentName = ({ agent }: State) => (!agent?.hiddenInfo && (agent?.name || agent?.username)) || '';
