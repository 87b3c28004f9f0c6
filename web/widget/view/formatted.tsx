import { Fragment, h } from 'preact';
import { formatted } from '@foyer/shared/formatted';
import styles from './formatted.css?inline';
import { dress } from './launcher';

dress(styles);

/** A text with the formatting of chats, as elements. */
export const Formatted = ({ text }: { text: string }) => <>{formatted(h, text)}</>;
