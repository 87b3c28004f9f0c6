import { h } from 'preact';
import type { Look } from '../model/look';
import { Face } from './face';
import { t } from './texts';

/** What stands before the first message. */
export const Greeting = ({ look }: { look: Look }) => (
  <div class="group">
    {look.agentFaces && <Face name="" />}
    <div class="row"><p class="bubble">{t('greeting')}</p></div>
  </div>
);
