import { h } from 'preact';
import type { State } from '../model/state';
import { Face, photoOf } from './face';
import { Icon } from './icons';
import { More } from './more';
import type { PanelProps } from './panel';
import { t } from './texts';

/** Who is there: the agent, or the site and when to expect an answer; and what else one may do. */
export function Header({ state, chat, parts, minimize, popOut }: PanelProps) {
  const name = agentName(state);
  const page = state.config.page;
  const email = state.agent?.hiddenInfo ? '' : state.agent?.emails?.[0]?.address;
  return (
    <header class="head">
      <Face name={name} photo={page?.photo || photoOf(state, state.agent?.username)} />
      <div class="who">
        <h2 id="title" data-qa="header-title" tabIndex={-1}><bdi>{name || state.look.title || t('title')}</bdi></h2>
        <p>{page?.department && <bdi>{page.department} · </bdi>}{state.screen === 'offline' ? t('offline_sub') : parts ? parts.status(state) : t('usual')}</p>
        {email && <p class="mail"><bdi dir="ltr" title={email}>{email}</bdi></p>}
      </div>
      <More state={state} chat={chat} popOut={popOut} />
      {minimize && <button type="button" class="round" aria-label={t('close')} title={t('close')} onClick={minimize}><Icon name="down" /></button>}
    </header>
  );
}

/** The serving agent's name, or '' while there is none or the site does not show it. */
export const agentName = ({ agent }: State) => (!agent?.hiddenInfo && (agent?.name || agent?.username)) || '';
