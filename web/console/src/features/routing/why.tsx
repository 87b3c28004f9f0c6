// Why the chat is where it is: every decision about it, the latest first.
import { UnstyledButton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Check, ChevronRight } from 'lucide-react';
import { useState } from 'react';
import { call } from '../../lib/api';
import { now } from '../../lib/clock';
import { explain } from '../../lib/explain';
import { keys } from '../../lib/keys';
import { t } from '../../lib/text';
import { fullTime, sameDay, shortMoment, timeOfDay } from '../../lib/time';
import type { Decision } from '../../lib/wire';
import { Avatar } from '../../ui/avatar';
import { because, inRank, nameOf, outcome, ruling, type Candidate } from './reason';
import styles from './why.module.css';
import '../../lib/page-texts';

/** How many decisions stand there before one asks for more. */
const most = 3;

export function Why({ rid }: { rid: string }) {
  const [all, setAll] = useState(false);
  const { data, error } = useQuery({
    queryKey: keys.why(rid),
    queryFn: async () => (await call('GET /api/v1/livechat/rooms/{rid}/explain', { path: { rid } })).decisions.toReversed(),
  });
  if (error) return <p className={styles['because']}>{explain(error)}</p>;
  if (!data) return null;
  if (data.length === 0) return <p className={styles['because']}>{t('why.nothing')}</p>;
  const older = data.length - most;
  return (
    <>
      <ol className={styles['list']}>
        {(all ? data : data.slice(0, most)).map((decision) => <Step key={decision._id} decision={decision} />)}
      </ol>
      {!all && older > 0 && <UnstyledButton className={styles['more']} onClick={() => setAll(true)}>{t('why.earlier', { count: older })}</UnstyledButton>}
    </>
  );
}

function Step({ decision }: { decision: Decision }) {
  const { at } = decision;
  const reason = because(decision);
  const shown = sameDay(at, now()) ? timeOfDay(at) : `${shortMoment(at, now())} ${timeOfDay(at)}`;
  return (
    <li className={styles['step']}>
      <p className={styles['outcome']}>
        <span dir="auto">{outcome(decision)}</span>
        <time dateTime={at} title={fullTime(at)} className="tabular">{shown}</time>
      </p>
      {reason && <p className={styles['because']} dir="auto">{reason}</p>}
      {decision.candidates.length > 0 && <Considered decision={decision} />}
    </li>
  );
}

function Considered({ decision }: { decision: Decision }) {
  return (
    <details className={styles['details']}>
      <summary>
        <ChevronRight aria-hidden size={14} className={styles['turn']} />
        {t('why.considered', { count: decision.candidates.length })}
      </summary>
      <ul className={styles['candidates']}>
        {inRank(decision).map((candidate) => (
          <CandidateRow key={candidate.agent._id} candidate={candidate} chosen={candidate.agent._id === decision.agent?._id} />
        ))}
      </ul>
    </details>
  );
}

function CandidateRow({ candidate, chosen }: { candidate: Candidate; chosen: boolean }) {
  const name = nameOf(candidate.agent);
  return (
    <li className={styles['candidate']} data-out={candidate.out !== undefined || undefined}>
      <Avatar name={name} id={candidate.agent._id} size={24} />
      <span className={styles['who']}>
        <bdi>{name}</bdi>
        {chosen && <span className={styles['chosen']}><Check aria-hidden size={13} strokeWidth={2.5} />{t('why.chosen')}</span>}
      </span>
      <span className={styles['ruling']}>{ruling(candidate)}</span>
    </li>
  );
}
