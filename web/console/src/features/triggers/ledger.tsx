// Beside a chat: what triggers did on the visitor's latest page loads, and why.
import { useQuery } from '@tanstack/react-query';
import { now } from '../../lib/clock';
import { t } from '../../lib/text';
import { fullTime, shortMoment } from '../../lib/time';
import { ledgerQuery, triggersQuery } from './queries';
import { Reason } from './reason';
import styles from './triggers.module.css';
import '../../lib/page-texts';

/** Names are for who manages triggers; others see what happened by number of the visit only. */
export function Ledger({ rid, names }: { rid: string; names: boolean }) {
  const { data: visits } = useQuery(ledgerQuery(rid));
  const { data: triggers } = useQuery({ ...triggersQuery, enabled: names });
  const visit = visits?.find(({ ledger }) => ledger.length > 0);
  if (!visit) return null;
  const nameOf = (id: string) => triggers?.find(({ _id }) => _id === id)?.name ?? t('triggers.one');
  return (
    <section className={styles['spoke']}>
      <h2>{t('triggers.ledger')}</h2>
      <ul className={styles['ledger']}>
        {visit.ledger.map(({ trigger, reason, at }) => (
        <li key={trigger}>
          <span className={styles['grow']}><bdi>{nameOf(trigger)}</bdi> <Reason reason={reason} /></span>
          <time dateTime={at} title={fullTime(at)} className="tabular">{shortMoment(at, now())}</time>
        </li>
      ))}
      </ul>
    </section>
  );
}
