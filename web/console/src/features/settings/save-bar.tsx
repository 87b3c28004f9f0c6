// What was changed and is not saved yet, at the bottom of a form of settings.
import { Button } from '@mantine/core';
import { t } from '../../lib/text';
import type { useChanges } from './changes';
import styles from './settings.module.css';
import type { SettingTexts } from './texts';

export function SaveBar({ changes, texts }: { changes: ReturnType<typeof useChanges>; texts: SettingTexts }) {
  if (changes.count === 0) return null;
  return (
    <div className={styles['bar']} role="region" aria-label={t('settings.unsaved')}>
      <p>
        <strong>{t('settings.changed', { count: changes.count })}</strong>
        <span className={styles['names']}>{changes.changed.map(texts.name).join(', ')}</span>
      </p>
      <Button variant="default" onClick={changes.reset}>{t('action.discard')}</Button>
      <Button loading={changes.saving} onClick={changes.save}>{t('action.save')}</Button>
    </div>
  );
}
