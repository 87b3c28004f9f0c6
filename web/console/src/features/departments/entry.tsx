// One field of the form: its name, a sentence, its input.
import type { ReactNode } from 'react';
import { t } from '../../lib/text';
import { changes, isNeeded, type Draft, type Field } from './draft';
import styles from './form.module.css';

interface Common {
  id: string;
  readOnly: boolean;
  variant: 'default' | 'filled';
  'aria-describedby': string;
  'aria-required': boolean;
}

interface EntryProps {
  field: Exclude<Field, 'agents'>;
  draft: Draft;
  from: Draft;
  readOnly: boolean;
  id: string | undefined;
  /** The input takes a line of its own. */
  wide?: boolean;
  children(common: Common): ReactNode;
}

export function Entry({ field, draft, from, readOnly, id: stored, wide, children }: EntryProps) {
  const id = `department-${field}`;
  const needed = isNeeded(field, draft) && !readOnly;
  const changed = stored !== undefined && changes(from, draft).includes(field);
  return (
    <div className={styles['field']} data-changed={changed || undefined} data-wide={wide || undefined}>
      <div className={styles['about']}>
        <label htmlFor={id} className={styles['name']}>
          {t(`departments.field.${field}`)}
          {needed && <span className={styles['needed']}>{t('field.required')}</span>}
          {changed && <span className={styles['mark']}>{t('settings.unsavedMark')}</span>}
        </label>
        <p id={`${id}-help`} className={styles['help']}>{t(`departments.help.${field}`)}</p>
      </div>
      <div className={styles['input']}>{children({ id, readOnly, variant: readOnly ? 'filled' : 'default', 'aria-describedby': `${id}-help`, 'aria-required': needed })}</div>
    </div>
  );
}
