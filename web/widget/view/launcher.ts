import type { Config } from '../model/wire';
import { parse, readable, textOn } from './colour';
import { count, t } from './texts';

/** The panel's ground, light and dark, as in panel.css. */
const GROUNDS = { light: [255, 255, 255], dark: [23, 25, 30] };
const DEFAULT = '#2f5bd8';

const root = document.documentElement;
const button = document.querySelector('button')!;
const badge = document.querySelector('b')!;
const landmark = document.querySelector('aside')!;
const news = document.querySelector('output')!;

/** The element that the panel is drawn into. */
export const panel = document.querySelector('section')!;

/** Gives the widget the site's colour, corrected wherever text would be hard to read, and its side. */
export function paint({ theme, online }: Config): void {
  const colour = parse((!online && theme.offlineColor) || theme.color, DEFAULT);
  set('', colour);
  set('-light', readable(colour, GROUNDS.light));
  set('-dark', readable(colour, GROUNDS.dark));
  root.classList.toggle('left', theme.position === 'left');
}

function set(name: string, colour: readonly number[]): void {
  root.style.setProperty(`--colour${name}`, `rgb(${colour})`);
  root.style.setProperty(`--on${name}`, `rgb(${textOn(colour)})`);
}

/** Shows the bubble as it stands: opened or not, with the number of unread messages, which is also said. */
export function label({ open, unread }: { open: boolean; unread: number }): void {
  landmark.ariaLabel = t('frame');
  button.hidden = false;
  button.ariaExpanded = String(open);
  badge.textContent = unread > 99 ? '99+' : String(unread || '');
  const words = unread ? count('unread', unread) : '';
  button.ariaLabel = `${t(open ? 'close' : 'open')} ${words}`;
  if (news.textContent !== words) news.textContent = words;
}

/** Says on the bubble that the chat could not be loaded. */
export function failed(): void {
  badge.textContent = '!';
  button.ariaLabel = t('failed_load');
}

export function onPress(press: () => void): void {
  button.onclick = press;
}

export const focusLauncher = () => button.focus();
