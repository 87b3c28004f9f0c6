// When the connection is lost: what that means, when it is tried again.
import { UnstyledButton } from '@mantine/core';
import { CloudOff } from 'lucide-react';
import { useNow } from '../lib/clock';
import { useLive, useStanding } from '../lib/live';
import { t } from '../lib/text';
import { useLong } from '../ui/state';
import styles from './banner.module.css';

export function Banner() {
  const standing = useStanding();
  const live = useLive();
  const shown = useLong(standing.is === 'connecting' || standing.is === 'lost', 1500);
  const seconds = useNow((now) => (standing.is === 'lost' ? Math.max(0, Math.ceil((standing.next - now) / 1000)) : 0));
  return (
    <div role="status" aria-live="polite">
      {shown && (
        <div className={styles['banner']}>
          <CloudOff aria-hidden size={16} />
          <span className={styles['text']}>
            <strong>{t('banner.lost')}</strong> {t('banner.kept')}
          </span>
          <span aria-hidden className={`${styles['when']} tabular`}>
            {seconds > 0 ? t('banner.again', { count: seconds }) : t('banner.trying')}
          </span>
          {seconds > 1 && (
            <UnstyledButton className={styles['now']} onClick={live.hurry}>
              {t('banner.now')}
            </UnstyledButton>
          )}
        </div>
      )}
    </div>
  );
}
