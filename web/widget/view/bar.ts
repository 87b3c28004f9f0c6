import type { Bubble } from '../bridge/livechatoo';
import type { Place } from '../bridge/protocol';
import styles from './bar.css?inline';
import { initials } from './initials';
import { dress } from './launcher';
import { t } from './texts';

const root = document.documentElement;
const button = document.querySelector('button')!;
const landmark = document.querySelector('aside')!;
const words = document.createElement('span');
const mug = new Image();
mug.className = 'mug';
mug.alt = '';
mug.onerror = () => (mug.hidden = true);
let teaser: HTMLElement | null = null;
let watch: ResizeObserver | null = null;

const SHAPES = ['strip', 'mini', 'tab', 'icon', 'box'] as const;
export type Shape = (typeof SHAPES)[number];

/** The bubbles' three designs. */
export const shapeOf = (bubble: Bubble): Shape => (bubble.endsWith('1') ? 'tab' : bubble.endsWith('2') ? 'icon' : 'box');

/** Gives the button its shape, its words and, in the box, an operator's picture; tells how large it is with its margins. */
export function shape(now: Shape, popup: boolean, text: string, photo?: string): Pick<Place, 'size' | 'middle'> {
  for (const one of SHAPES) root.classList.toggle(`lt-${one}`, one === now);
  button.classList.toggle('lt-bar', !popup);
  button.classList.toggle('lt-popup', popup);
  words.className = 'words';
  if (words.textContent !== text) words.textContent = text;
  if (words.parentNode !== button) button.append(words);
  portray(now === 'box' ? photo : '');
  if (now === 'strip') return { size: [288, 64] };
  if (now === 'tab') return { size: [60, 220], middle: true };
  if (now === 'box') return { size: [300, 108] };
  return { size: now === 'mini' ? [72, 72] : [88, 88] };
}

function portray(photo = ''): void {
  if ((mug.getAttribute('src') ?? '') === photo) return;
  mug.src = photo;
  mug.hidden = !photo;
  button.prepend(mug);
}

export interface Teaser {
  readonly name: string;
  readonly photo: string | undefined;
  readonly text: string;
  readonly open: () => void;
  readonly close: () => void;
  /** It is as high as it is only now: in a frame that was not shown nothing has a height. */
  readonly grown: () => void;
}

/** Shows the bubble above the folded bar, or takes it away; tells how high the frame must be over the bar. */
export function tease(now: Teaser | null): number | undefined {
  const said = now ? `${now.name}\n${now.text}` : '';
  if (teaser && teaser.dataset['said'] === said) return teaser.scrollHeight;
  watch?.disconnect();
  teaser?.remove();
  teaser = null;
  if (!now) return undefined;
  teaser = document.createElement('div');
  teaser.className = 'lt-bubble';
  teaser.dataset['said'] = said;
  const face = part('span', 'mug', initials(now.name) || '•');
  face.ariaHidden = 'true';
  if (now.photo) {
    const photo = Object.assign(new Image(), { src: now.photo, alt: '', onerror: () => photo.remove() });
    face.append(photo);
  }
  const talk = part('button', 'talk', '') as HTMLButtonElement;
  talk.type = 'button';
  talk.onclick = now.open;
  talk.append(part('strong', '', now.name), part('span', '', now.text));
  const close = part('button', 'shut', '×') as HTMLButtonElement;
  close.type = 'button';
  close.ariaLabel = t('dismiss');
  close.onclick = now.close;
  teaser.append(face, talk, close);
  landmark.insertBefore(teaser, landmark.querySelector('#panel'));
  watch = new ResizeObserver(now.grown);
  watch.observe(teaser);
  return teaser.scrollHeight;
}

function part(kind: string, name: string, text: string): HTMLElement {
  const element = document.createElement(kind);
  element.className = name;
  element.textContent = text;
  return element;
}

/** The page's own style, after ours and the site's: its text first, then its file; `failed` hears when that does not come. */
export function wear(css: string, file: string, failed: () => void): void {
  document.querySelector('style.lt-own')?.remove();
  const style = document.createElement('style');
  style.className = 'lt-own';
  style.textContent = css;
  document.head.append(style);
  if (!file) return;
  const link = document.querySelector<HTMLLinkElement>('link.lt-own') ?? document.createElement('link');
  link.className = 'lt-own';
  link.rel = 'stylesheet';
  link.onerror = failed;
  if (link.getAttribute('href') !== file) link.href = file;
  document.head.append(link);
}

dress(styles);
