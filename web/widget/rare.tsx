/** The screens and questions that few visitors see: nobody is there, consent, rating, the menu. */
import en from './i18n/en/rare.json';
import { dress } from './view/launcher';
import styles from './view/rare.css?inline';
import { learn } from './view/texts';

export { Ask } from './view/ask';
export { Consent } from './view/consent';
export { Leave } from './view/leave';
export { Menu } from './view/menu';
export { Offline } from './view/offline';
export { Rating } from './view/rating';
export { Transcript } from './view/transcript';

dress(styles);
learn({ place: 3, en });
