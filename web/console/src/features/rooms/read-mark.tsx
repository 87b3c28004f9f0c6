// That the visitor has read what one said last.
import { useQuery } from '@tanstack/react-query';
import { keys } from '../../lib/keys';
import { t } from '../../lib/text';
import type { Message } from '../../lib/wire';
import styles from './messages.module.css';

export function ReadMark({ rid, last, me }: { rid: string; last: Message | undefined; me: string }) {
  const { data: read = 0 } = useQuery<number>({ queryKey: keys.read(rid), enabled: false });
  if (!last || last.t || last.u._id !== me || last.seq > read) return null;
  return <p className={styles['read']}>{t('message.read')}</p>;
}
