// The list over the composer from which a canned response is picked.
import { useQuery } from '@tanstack/react-query';
import { useEffect, useRef, useState, type KeyboardEvent } from 'react';
import { askedFor, filled, fitting, usableQuery, valuesOf, type Canned } from '../../lib/canned';
import { settingQuery } from '../../lib/public-settings';
import { useMay } from '../../lib/session';
import { t } from '../../lib/text';
import type { RoomDetail } from '../../lib/wire';
import styles from './canned-list.module.css';

const listID = 'canned-list';

export interface Picking {
  found: readonly Canned[];
  active: number;
  pick(one: Canned): void;
  /** True: the key was for the list. */
  onKey(event: KeyboardEvent): boolean;
  /** What the field tells of the list. */
  aria: Record<string, string>;
}

/** The responses that fit what is typed, and the keys that choose among them. */
export function useCanned(detail: RoomDetail, text: string, write: (text: string) => void): Picking {
  const may = useMay()('view-canned-responses');
  const { data: on } = useQuery(settingQuery('Canned_Responses_Enable'));
  const asked = askedFor(text);
  const { data: all = [] } = useQuery({ ...usableQuery, enabled: may && on === true && asked !== undefined });
  const [left, setLeft] = useState<string>();
  const [chosen, setChosen] = useState(0);
  useEffect(() => setChosen(0), [asked]);
  const found = asked === undefined || left === text || on !== true ? [] : fitting(all, asked, detail.room.departmentId);
  const active = Math.min(chosen, found.length - 1);
  const pick = ({ text: picked }: Canned) => write(filled(picked, valuesOf(detail)));
  const onKey = (event: KeyboardEvent) => {
    const one = found[active];
    if (!one || event.nativeEvent.isComposing) return false;
    if (event.key === 'ArrowDown') setChosen((active + 1) % found.length);
    else if (event.key === 'ArrowUp') setChosen((active + found.length - 1) % found.length);
    else if (event.key === 'Escape') setLeft(text);
    else if ((event.key === 'Enter' || event.key === 'Tab') && !event.shiftKey) pick(one);
    else return false;
    event.preventDefault();
    event.stopPropagation();
    return true;
  };
  const aria: Picking['aria'] = found.length > 0 ? { 'aria-autocomplete': 'list', 'aria-controls': listID, 'aria-activedescendant': `${listID}-${active}` } : {};
  return { found, active, pick, onKey, aria };
}

export function CannedList({ found, active, pick }: Picking) {
  const shown = useRef<HTMLLIElement>(null);
  useEffect(() => { void shown.current?.scrollIntoView({ block: 'nearest' }); }, [active]);
  if (found.length === 0) return null;
  return (
    <div className={styles['popup']}>
      <ul id={listID} role="listbox" aria-label={t('canned.title')} className={styles['list']}>
        {found.map((one, i) => (
          <li key={one._id} id={`${listID}-${i}`} ref={i === active ? shown : undefined} role="option" aria-selected={i === active} className={styles['one']} onPointerDown={(event) => event.preventDefault()} onClick={() => pick(one)}>
            <span className={styles['shortcut']}><bdi>!{one.shortcut}</bdi></span>
            <span className={styles['scope']}>{t(scopeNames[one.scope as keyof typeof scopeNames] ?? 'canned.scopeGlobal')}</span>
            <span className={styles['text']} dir="auto">{one.text}</span>
          </li>
        ))}
      </ul>
      <p className={styles['hint']} aria-hidden>{t('canned.keys')}</p>
    </div>
  );
}

const scopeNames = { user: 'canned.scopeUser', department: 'canned.scopeDepartment', global: 'canned.scopeGlobal' } as const;
