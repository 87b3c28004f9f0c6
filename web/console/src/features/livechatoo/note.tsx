// What the page told about the visitor: a name for agents alone, the department picked in the page's own list, and the target pages reached.
import { Badge } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Target } from 'lucide-react';
import { t } from '../../lib/text';
import { noteQuery } from './queries';
import styles from './note.module.css';
import '../../lib/page-texts';

export function Note({ rid }: { rid: string }) {
  const { data } = useQuery(noteQuery(rid));
  if (!data || !(data.name || data.department || data.targets.length)) return null;
  return (
    <section className={styles['note']} aria-label={t('note.title')}>
      <h2 className={styles['title']}>{t('note.title')}</h2>
      {data.targets.length > 0 && (
        <ul className={styles['targets']} aria-label={t('note.targets')}>
          {data.targets.map((target) => (
            <li key={target}><Badge variant="light" color="yellow" tt="none" leftSection={<Target aria-hidden size={12} />}><bdi dir="ltr">{target}</bdi></Badge></li>
          ))}
        </ul>
      )}
      <dl className={styles['facts']}>
        {data.name && <div><dt>{t('note.name')}</dt><dd><bdi>{data.name}</bdi></dd></div>}
        {data.department && <div><dt>{t('note.department')}</dt><dd><bdi>{data.department}</bdi></dd></div>}
      </dl>
    </section>
  );
}
