// While somebody is inside: the live connection, idleness, the badge, the repeated sound.
import { useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import { inboxQuery } from '../features/rooms/queries';
import { preferences } from '../lib/preferences';
import { settingQuery } from '../lib/public-settings';
import { useStore } from '../lib/store';
import { wantsSound } from './alerts';
import { badge, ring } from './attention';
import { useServices } from './context';

const idleAfter = 5 * 60_000;

export function usePresence(): void {
  useConnection();
  useIdle();
  const { data } = useQuery(inboxQuery);
  const waiting = data?.waiting.length ?? 0;
  const unread = data?.mine.filter((room) => room.unread).length ?? 0;
  const { repeat, chatSound, volume } = useStore(preferences);
  const { data: everybody } = useQuery(settingQuery('Livechat_continuous_sound_notification_new_livechat_room'));
  const wanted = data && wantsSound(data, { repeat, everybody: everybody === true });
  useEffect(() => badge(waiting + unread, 'Foyer'), [waiting, unread]);
  useEffect(() => {
    ring(wanted === true);
    return () => ring(false);
  }, [wanted, chatSound, volume]);
}

/** Connected while inside; tries at once when the network or the page comes back. */
function useConnection(): void {
  const { realtime, outbox } = useServices();
  useEffect(() => {
    const hurry = () => {
      if (document.visibilityState !== 'visible') return;
      realtime.hurry();
      outbox.hurry();
    };
    realtime.start();
    const offline = () => realtime.offline();
    window.addEventListener('online', hurry);
    window.addEventListener('offline', offline);
    document.addEventListener('visibilitychange', hurry);
    return () => {
      window.removeEventListener('online', hurry);
      window.removeEventListener('offline', offline);
      document.removeEventListener('visibilitychange', hurry);
      realtime.stop();
    };
  }, [realtime, outbox]);
}

/** Nobody has touched anything for a while: the server may count the agent as away. */
function useIdle(): void {
  const { realtime } = useServices();
  useEffect(() => {
    let timer: number | undefined;
    const touched = () => {
      window.clearTimeout(timer);
      realtime.setIdle(false);
      timer = window.setTimeout(() => realtime.setIdle(true), idleAfter);
    };
    const signs = ['pointerdown', 'pointermove', 'keydown', 'wheel', 'touchstart'];
    touched();
    signs.forEach((sign) => window.addEventListener(sign, touched, { passive: true }));
    return () => {
      window.clearTimeout(timer);
      signs.forEach((sign) => window.removeEventListener(sign, touched));
    };
  }, [realtime]);
}
