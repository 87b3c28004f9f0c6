import { h } from 'preact';
import { Formatted } from './formatted';
import { Icon } from './icons';
import type { Props } from './panel';
import { t } from './texts';

/** Nobody is there: what the site says about it, and a look whether somebody is back. */
export const Offline = ({ state, chat }: Props) => (
  <div class="page offline">
    <Icon name="moon" />
    <div dir="auto"><Formatted text={state.config.messages.offlineUnavailableMessage || t('offline_text')} /></div>
    <button class="main" aria-disabled={state.busy} onClick={() => state.busy || void chat.refresh()}>{t('look_again')}</button>
  </div>
);
