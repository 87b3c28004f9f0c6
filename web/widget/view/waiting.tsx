import { h } from 'preact';
import type { State } from '../model/state';
import type { Place } from '../model/wire';
import { Linked } from './links';
import { t } from './texts';

/** Nobody serves the visitor yet: why, what the site says about it, and the place in the queue. */
export function Waiting({ state: { room, queue } }: { state: State }) {
  return (
    <div class="waiting" role="status">
      <p dir="auto"><Linked text={queue?.message?.text || t(room?.verifying ? 'verifying' : 'wait_line')} /></p>
      {queue && <p class="spot"><b>{queue.spot}</b><span>{t(queue.spot === 1 ? 'spot_next' : 'spot', { n: queue.spot })}<small>{estimate(queue)}</small></span></p>}
    </div>
  );
}

/** A wait in words of everyday: nobody waits "247 seconds". */
export function estimate({ estimatedWaitTimeSeconds: seconds }: Place): string {
  if (seconds === undefined) return '';
  const minutes = Math.round(seconds / 60);
  if (minutes < 1) return t('wait_soon');
  return minutes < 60 ? t('wait_minutes', { n: minutes }) : t('wait_hours', { n: Math.round(minutes / 60) });
}
