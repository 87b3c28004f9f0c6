import styles from './logo.css?inline';
import { dress } from './launcher';

const button = document.querySelector('#launcher')!;
const picture = new Image();
picture.className = 'logo';
picture.alt = '';
picture.onerror = () => picture.remove();

/** Puts the site's logo on the launcher, or takes it away; one that does not come is none. */
export function brand(logo?: string): void {
  if (!logo) return picture.remove();
  picture.src = logo;
  button.prepend(picture);
}

dress(styles);
