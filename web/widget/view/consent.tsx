import { h } from 'preact';
import { Formatted } from './formatted';
import type { PanelProps } from './panel';
import { t } from './texts';

/** What is done with the visitor's data, to be accepted before anything else. */
export function Consent({ state, chat, minimize }: Pick<PanelProps, 'state' | 'chat' | 'minimize'>) {
  const words = state.config.messages.dataProcessingConsentText || t('consent_text');
  return (
    <div class="page">
      <h3>{t('consent_title')}</h3>
      <div dir="auto"><Formatted text={words} /></div>
      <button type="button" class="main" onClick={() => chat.consent(words)}>{t('consent_yes')}</button>
      {minimize && <button type="button" class="quiet" onClick={minimize}>{t('consent_no')}</button>}
    </div>
  );
}
