// Carries alerts out: sound, desktop notification, and the badge in title and icon.
import { notify } from '../lib/notify';
import { preferences } from '../lib/preferences';
import { play } from '../lib/sound';
import { t } from '../lib/text';
import { isLooking } from '../features/rooms/reading';
import type { Alert } from './alerts';

const repeatEvery = 5000;

/** Sounds, and shows a notification when nobody looks at this page. */
export function attend(alert: Alert, open: (rid: string) => void): void {
  const chosen = preferences.get();
  play(alert.about === 'chat' ? chosen.chatSound : chosen.messageSound, chosen.volume / 100);
  if (!chosen.desktop || isLooking()) return;
  notify({
    title: alert.about === 'chat' ? t('alert.chat', { name: alert.name }) : alert.name,
    text: alert.text || t('alert.noText'),
    tag: alert.rid,
    onClick: () => open(alert.rid),
  });
}

let ringing: number | undefined;

/** Repeats the new-chat sound, or stops that. */
export function ring(on: boolean): void {
  const { chatSound, volume } = preferences.get();
  window.clearInterval(ringing);
  ringing = undefined;
  if (!on) return;
  ringing = window.setInterval(() => play(chatSound, volume / 100), repeatEvery);
}

/** Shows how many things want attention. */
export function badge(count: number, title: string): void {
  document.title = count > 0 ? `(${count}) ${title}` : title;
  const icon = document.querySelector<HTMLLinkElement>('link[rel=icon]');
  if (icon) icon.href = `data:image/svg+xml,${encodeURIComponent(iconWith(count > 0))}`;
}

function iconWith(dot: boolean): string {
  const mark = "<rect width='32' height='32' rx='9' fill='#3353e0'/><path d='M10 23.5V9.5h12.5M10 16.2h9' stroke='white' stroke-width='3.2' fill='none' stroke-linecap='round' stroke-linejoin='round'/>";
  const spot = dot ? "<circle cx='25' cy='7' r='7' fill='#e04a3f' stroke='white' stroke-width='2'/>" : '';
  return `<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 32 32'>${mark}${spot}</svg>`;
}
