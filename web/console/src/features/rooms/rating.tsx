// Beside a chat: how its visitor rated it, in stars and words.
import { Star } from 'lucide-react';
import { t } from '../../lib/text';
import styles from './rating.module.css';
import '../../lib/page-texts';

/** What is given stars, as it is named on the wire: one is misspelt there (LC-SUR-1). */
const items = ['satisfaction', 'agentKnowledge', 'agentResposiveness', 'agentFriendliness'] as const;
const most = 5;

export function Rating({ said }: { said: Record<string, string> }) {
  const words = said['additionalFeedback'];
  return (
    <section className={styles['rating']} aria-label={t('rating.title')}>
      <h2>{t('rating.title')}</h2>
      <dl>
        {items.map((item) => said[item] && (
          <div key={item} className={styles['row']}>
            <dt>{t(`rating.${item}`)}</dt>
            <dd><Stars count={Number(said[item])} /></dd>
          </div>
        ))}
      </dl>
      {words && <p className={styles['words']} dir="auto">{words}</p>}
    </section>
  );
}

function Stars({ count }: { count: number }) {
  return (
    <span className={styles['stars']} role="img" aria-label={t('rating.of', { count, most })} title={t('rating.of', { count, most })}>
      {Array.from({ length: most }, (_, i) => <Star key={i} aria-hidden size={16} data-given={i < count || undefined} />)}
    </span>
  );
}

/** The satisfaction alone, small, for a row of a list. */
export function StarMark({ value }: { value: string }) {
  return (
    <span className={styles['mark']} role="img" aria-label={t('rating.of', { count: value, most })} title={t('rating.of', { count: value, most })}>
      <Star aria-hidden size={12} data-given />{value}
    </span>
  );
}
