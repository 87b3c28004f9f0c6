import { h } from 'preact';
import { Icon } from './icons';
import { initials } from './initials';

/** Somebody's picture, or initials, in a circle; without a name the chat's glyph. A picture that does not come is none. */
export const Face = ({ name, photo }: { name: string; photo?: string | undefined }) => (
  <span class="face" aria-hidden="true">
    {photo && <img src={photo} alt="" onError={({ currentTarget }) => currentTarget.remove()} />}
    {initials(name) || <Icon name="chat" />}
  </span>
);
