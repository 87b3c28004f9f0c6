import { h } from 'preact';
import type { State } from '../model/state';
import { Icon } from './icons';
import { initials, pictureOf } from './initials';

/** Somebody's picture, or initials, in a circle; without a name the chat's glyph. A picture that does not come is none. */
export const Face = ({ name, photo }: { name: string; photo?: string | undefined }) => (
  <span class="face" aria-hidden="true">
    {photo && <img key={photo} src={photo} alt="" onError={({ currentTarget }) => currentTarget.remove()} />}
    {initials(name) || <Icon name="chat" />}
  </span>
);

/** An agent's picture, while agents and their faces are shown; of the one who serves it is the newest. */
export const photoOf = ({ agent, config, look }: State, username?: string) =>
  username && look.agentFaces && !(agent?.hiddenInfo ?? config.settings.agentHiddenInfo) ? pictureOf(username, username === agent?.username ? agent.avatarETag : '') : undefined;
