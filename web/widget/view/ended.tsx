import { h } from 'preact';
import { addressOf } from '../model/state';
import { Mark } from './composer';
import { Formatted } from './formatted';
import { Later } from './later';
import type { Props } from './panel';
import { t } from './texts';

/** The chat is over: thanks, and the way to a new one. */
export function Ended({ state, chat }: Props) {
  const { messages } = state.config;
  return (
    <div class="foot ended" role="status">
      <h3 dir="auto">{messages.conversationFinishedMessage || t('ended')}</h3>
      <div dir="auto"><Formatted text={messages.conversationFinishedText || t('ended_text')} /></div>
      {state.config.settings.ratingEnabled && <Later show={({ Rating }) => <Rating state={state} chat={chat} />} />}
      {state.config.settings.transcript && !state.mailed && addressOf(state) && <Later show={({ Transcript }) => <Transcript state={state} chat={chat} />} />}
      <button type="button" class="main" aria-disabled={state.busy} onClick={() => state.busy || void chat.restart()}>{t('again')}</button>
      <div class="below"><span /><Mark state={state} /></div>
    </div>
  );
}
