// The keys, shown by `?`.
import { Modal } from '@mantine/core';
import { t } from '../lib/text';
import '../ui/inputs';
import { commandKey } from '../ui/hint';
import { keyGroups } from './keys';
import styles from './keys-help.module.css';
import '../lib/page-texts';

export function KeysHelp({ onDone }: { onDone(): void }) {
  return (
    <Modal opened onClose={onDone} title={t('keys.title')} size={560} closeButtonProps={{ 'aria-label': t('action.dismiss') }}>
      <div className={styles['groups']}>
        {keyGroups.map(({ title, keys }) => (
          <section key={title}>
            <h3>{t(title)}</h3>
            <dl>
              {keys.map(({ shown, text }) => (
                <div key={text} className={styles['entry']}>
                  <dt>{t(text)}</dt>
                  <dd>{shown.map((key) => <kbd key={key}>{key === 'mod' ? commandKey : key}</kbd>)}</dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
    </Modal>
  );
}
