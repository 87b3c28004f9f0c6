import type { Line } from '../model/spoken';
import styles from './card.css?inline';
import { initials, pictureOf } from './initials';
import { dress } from './launcher';
import { t } from './texts';

const landmark = document.querySelector('aside')!;
let card: HTMLElement | null = null;
let shown = '';

/** How high the frame must be over the bubble: what the card would need, for the frame is as small as the bubble before. */
const room = (it: HTMLElement) => it.scrollHeight + 8;

function make(kind: string, name: string, text = ''): HTMLElement {
  const element = document.createElement(kind);
  element.className = name;
  element.textContent = text;
  return element;
}

function button(name: string, text: string, press: () => void): HTMLElement {
  const element = make('button', name, text) as HTMLButtonElement;
  element.type = 'button';
  element.onclick = press;
  return element;
}

/** Who says what follows. */
function speaker({ name, user }: Line, faces: boolean): HTMLElement {
  const face = make('span', 'mug', initials(name) || '•');
  face.ariaHidden = 'true';
  if (faces && user) {
    const photo = Object.assign(new Image(), { src: pictureOf(user), alt: '', onerror: () => photo.remove() });
    face.append(photo);
  }
  const who = make('div', 'by');
  who.append(face, Object.assign(make('strong', '', name), { dir: 'auto' }));
  return who;
}

/** Shows beside the bubble what was said, each under its speaker's name, with the face if faces are shown, or nothing; tells how high that is. */
export function showCard(lines: readonly Line[], faces: boolean, on: { open: () => void; dismiss: () => void }): number | undefined {
  const now = [faces, ...lines.map(({ id }) => id)].join();
  if (card && now === shown) return room(card);
  shown = now;
  card?.remove();
  card = null;
  if (!lines.length) return undefined;
  const said = make('div', 'said');
  said.setAttribute('role', 'status');
  lines.forEach((line, i) => {
    if (line.name !== lines[i - 1]?.name) said.append(speaker(line, faces));
    said.append(Object.assign(make('p', 'say', line.text), { dir: 'auto' }));
  });
  const close = button('shut', '×', on.dismiss);
  close.ariaLabel = t('dismiss');
  card = make('div', 'card');
  card.setAttribute('role', 'group');
  card.ariaLabel = [...new Set(lines.map(({ name }) => name))].filter(Boolean).join(', ') || t('frame');
  card.append(close, said, button('begin', t('start'), on.open));
  landmark.insertBefore(card, landmark.querySelector('#panel'));
  return room(card);
}

dress(styles);
