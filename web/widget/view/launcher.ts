import type { Look } from '../model/look';
import { parse, readable, type Rgb, textOn } from './colour';
import { count, t } from './texts';

/** The panel's ground, light and dark, as in panel.css. */
const GROUNDS: Record<string, Rgb> = { light: [255, 255, 255], dark: [23, 25, 30] };
const DEFAULT = '#2f5bd8';

const root = document.documentElement;
const button = document.querySelector('button')!;
const badge = document.querySelector('b')!;
const landmark = document.querySelector('aside')!;
const news = document.querySelector('output')!;

/** The element that the panel is drawn into. */
export const panel = document.querySelector('section')!;

/** Adds a style sheet to the frame. */
export function dress(css: string): void {
  document.head.appendChild(document.createElement('style')).textContent = css;
}

/** Gives the widget its colours, corrected wherever text would be hard to read, and its side. */
export function paint(look: Look): void {
  const colour = parse(look.color, DEFAULT);
  set('', colour, readableOn(colour, look.fontColor));
  for (const [ground, on] of Object.entries(GROUNDS)) {
    const accent = readable(colour, on);
    set(`-${ground}`, accent, textOn(accent));
  }
  root.style.setProperty('--icon', `rgb(${readableOn(colour, look.iconColor || look.fontColor)})`);
  root.classList.toggle('left', look.side === 'left');
  tint('guest', look.guestBubble);
  tint('agent', look.agentBubble);
}

/** A colour of the page's own for a kind of bubbles; without one they have the usual. */
function tint(name: string, css: string): void {
  const colour = css && parse(css, DEFAULT);
  root.style.setProperty(`--${name}`, colour && `rgb(${colour})`);
  root.style.setProperty(`--on-${name}`, colour && `rgb(${textOn(colour)})`);
}

/** The wanted text colour, corrected where it would be hard to read; without one black or white. */
const readableOn = (ground: Rgb, wanted: string) => (wanted ? readable(parse(wanted, `rgb(${textOn(ground)})`), ground) : textOn(ground));

function set(name: string, colour: Rgb, on: Rgb): void {
  root.style.setProperty(`--colour${name}`, `rgb(${colour})`);
  root.style.setProperty(`--on${name}`, `rgb(${on})`);
}

/** Shows the bubble as it stands: opened or not, with the number of unread messages, which is also said. */
export function label({ open, unread }: { open: boolean; unread: number }): void {
  landmark.ariaLabel = t('frame');
  button.hidden = false;
  button.ariaExpanded = String(open);
  button.dataset['qaId'] = open ? 'chat-close-button' : 'chat-button';
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
