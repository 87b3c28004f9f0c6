import { h } from 'preact';
import { Face } from './face';
import { t } from './texts';

/** What stands before the first message. */
export const Greeting = () => (
  <div class="group">
    <Face name="" />
    <div class="row"><p class="bubble">{t('greeting')}</p></div>
  </div>
);
