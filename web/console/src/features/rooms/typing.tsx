// Who is typing.
import { useQuery } from '@tanstack/react-query';
import { keys, type Typists } from '../../lib/keys';
import { t } from '../../lib/text';
import styles from './typing.module.css';

export function Typing({ rid }: { rid: string }) {
  const { data = {} } = useQuery<Typists>({ queryKey: keys.typing(rid), enabled: false });
  const names = Object.values(data);
  if (names.length === 0) return null;
  return (
    <div className={styles['typing']}>
      <span aria-hidden className={styles['dots']}>
        <i />
        <i />
        <i />
      </span>
      <span dir="auto">{t('room.typing', { names: names.join(', '), count: names.length })}</span>
    </div>
  );
}
