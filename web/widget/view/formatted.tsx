import { Fragment, h } from 'preact';
import { formatted } from '@foyer/shared/formatted';

/** A text with the formatting of chats, as elements. */
export const Formatted = ({ text }: { text: string }) => <>{formatted(h, text)}</>;
