// One of several things, each with a face, a name and a line: radio buttons as rows.
import { TextInput } from '@mantine/core';
import { Check, Search } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import { t } from '../lib/text';
import styles from './choices.module.css';
import './inputs';

export interface Choice {
  id: string;
  name: string;
  text: string;
  face: ReactNode;
  /** Shown, but cannot be chosen now; its text says why. */
  disabled?: boolean;
}

interface ChoicesProps {
  label: string;
  choices: readonly Choice[];
  chosen: string | undefined;
  onChoose(id: string): void;
}

/** With more than this a search field helps. */
const surveyable = 7;

export function Choices({ label, choices, chosen, onChoose }: ChoicesProps) {
  const [search, setSearch] = useState('');
  const wanted = search.trim().toLocaleLowerCase();
  const found = choices.filter(({ name }) => name.toLocaleLowerCase().includes(wanted));
  return (
    <div className={styles['choices']}>
      {choices.length > surveyable && (
        <TextInput type="search" aria-label={t('action.search')} placeholder={t('action.search')} leftSection={<Search aria-hidden size={16} />} value={search} onChange={(event) => setSearch(event.currentTarget.value)} />
      )}
      <div role="radiogroup" aria-label={label} className={styles['list']}>
        {found.map((choice) => (
          <label key={choice.id} className={styles['choice']} data-disabled={choice.disabled || undefined}>
            <input type="radio" name={label} className="unseen" checked={choice.id === chosen} disabled={choice.disabled} onChange={() => onChoose(choice.id)} />
            {choice.face}
            <span className={styles['who']}>
              <span className={styles['name']}><bdi>{choice.name}</bdi></span>
              <span className={styles['text']}>{choice.text}</span>
            </span>
            <Check aria-hidden size={18} className={styles['mark']} />
          </label>
        ))}
        {found.length === 0 && <p className={styles['none']}>{t('choices.none', { text: search })}</p>}
      </div>
    </div>
  );
}
