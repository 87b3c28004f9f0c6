import { h } from 'preact';
import { Icon } from './icons';

/** Somebody's initials in a circle; without a name the chat's glyph. */
export const Face = ({ name }: { name: string }) => <span class="face" aria-hidden="true">{initials(name) || <Icon name="chat" />}</span>;

/** The first letters of the first and the last word. */
export function initials(name: string): string {
  const words = name.split(/[\s._-]+/).filter(Boolean);
  return [...new Set([words[0], words[words.length - 1]])].map((word) => (word ? String.fromCodePoint(word.codePointAt(0)!) : '')).join('').toUpperCase();
}
