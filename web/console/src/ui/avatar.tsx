// A face: the picture of a colleague who has one, else initials in a tint that stays with the name.
import type { ReactNode } from 'react';
import { useFace } from '../lib/faces';
import { t } from '../lib/text';
import type { Presence } from '../lib/wire';
import styles from './avatar.module.css';

interface AvatarProps {
  name: string;
  /** Tells people of one name apart; the tint follows it. */
  id?: string;
  size?: 24 | 32 | 36 | 44;
  presence?: Presence;
  /** A small glyph in the corner, such as the channel. */
  glyph?: ReactNode;
}

export function Avatar({ name, id = name, size = 36, presence, glyph }: AvatarProps) {
  const picture = useFace(id);
  return (
    <span className={styles['avatar']} style={{ '--size': `${size}px`, '--hue': hue(id) }}>
      <span aria-hidden className={styles['face']}>
        {initials(name)}
        {picture && <img key={picture} src={picture} alt="" onError={({ currentTarget }) => { currentTarget.hidden = true; }} />}
      </span>
      {glyph && (
        <span aria-hidden className={styles['glyph']}>
          {glyph}
        </span>
      )}
      {presence && (
        <span className={styles['presence']} data-presence={presence} title={t(`presence.${presence}`)}>
          <span className="unseen">{t(`presence.${presence}`)}</span>
        </span>
      )}
    </span>
  );
}

/** One or two letters: of the first and the last word. */
export function initials(name: string): string {
  const words = name.split(/[\s._-]+/).filter((word) => word !== '');
  const letters = words.length > 1 ? [words[0], words.at(-1)] : [words[0]];
  return letters.map((word) => Array.from(word ?? '')[0] ?? '').join('').toLocaleUpperCase() || '?';
}

function hue(text: string): number {
  let sum = 7;
  for (const letter of text) sum = (sum * 31 + (letter.codePointAt(0) ?? 0)) % 9973;
  return (sum % 12) * 30;
}
