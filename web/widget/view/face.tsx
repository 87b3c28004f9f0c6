import { h } from 'preact';
import { Icon } from './icons';
import { initials } from './initials';

/** Somebody's initials in a circle; without a name the chat's glyph. */
export const Face = ({ name }: { name: string }) => <span class="face" aria-hidden="true">{initials(name) || <Icon name="chat" />}</span>;
