// What triggers did on a visitor's latest page load, and why: beside a chat, and of a visitor on the site.
import { useQuery } from '@tanstack/react-query';
import { now } from '../../lib/clock';
import { t } from '../../lib/text';
import { fullTime, shortMoment } from '../../lib/time';
import { ledgerQuery, onsiteLedgerQuery, type Ledger as Told } from './queries';
import { Reason } from './reason';
import styles from './triggers.module.css';
import '../../lib/page-texts';

export function Ledger({ rid }: { rid: string }) {
  const { data } = useQuery(ledgerQuery(rid));
  const visit = data && latest(data);
  return visit && <section className={styles['spoke']}><h2>{t('triggers.ledger')}</h2>{visit}</section>;
}

/** Of a visitor on the site, with or without a chat. */
export function OnsiteLedger({ id }: { id: string }) {
  const { data } = useQuery(onsiteLedgerQuery(id));
  if (!data) return null;
  return (
    <section className={styles['spoke']}>
      <h2>{t('triggers.ledger')}</h2>
      {latest(data) ?? <p className={styles['note']}>{t('triggers.ledgerNone')}</p>}
    </section>
  );
}

function latest({ visits, names }: Told) {
  const visit = visits.find(({ ledger }) => ledger.length > 0);
  return visit && (
    <ul className={styles['ledger']}>
      {visit.ledger.map(({ trigger, reason, at }) => (
        <li key={trigger}>
          <span className={styles['grow']}><bdi>{names[trigger] ?? t('triggers.one')}</bdi> <Reason reason={reason} /></span>
          <time dateTime={at} title={fullTime(at)} className="tabular">{shortMoment(at, now())}</time>
        </li>
      ))}
    </ul>
  );
}
