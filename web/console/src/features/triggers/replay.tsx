// Yesterday's visits, played against the trigger as it is now in the form.
import { Button, Stack } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { patternsOf, replay, type Trigger } from '@foyer/shared/triggers/engine';
import { History } from 'lucide-react';
import { explain } from '../../lib/explain';
import { t } from '../../lib/text';
import { factsOf, judged, type Draft } from './draft';
import { useMatcher, type Matching } from './matching';
import { visitsBetween } from './queries';
import { Reason } from './reason';
import styles from './triggers.module.css';

interface Outcome {
  total: number;
  /** How many visits each reason ends. */
  reasons: [string, number][];
}

export function Replay({ draft }: { draft: Draft }) {
  const matcher = useMatcher();
  const { mutate, data, error, isPending } = useMutation({ mutationFn: (now: Draft) => play(now, matcher) });
  return (
    <Stack gap="xs" className={styles['preview']}>
      <p className={styles['label']}>{t('triggers.replay')}</p>
      <p className={styles['note']}>{t('triggers.replayText')}</p>
      {error && <p role="alert">{explain(error)}</p>}
      {data && (
        <div role="status">
          <p className={styles['note']}>{t('triggers.visits', { count: data.total })}</p>
          <ul className={styles['outcome']}>
            {data.reasons.map(([reason, n]) => <li key={reason}><Reason reason={reason} /> <strong className="tabular">{n}</strong></li>)}
          </ul>
        </div>
      )}
      <Button type="button" size="xs" variant="default" leftSection={<History aria-hidden size={15} />} loading={isPending} onClick={() => mutate(draft)}>{t('triggers.replayDo')}</Button>
    </Stack>
  );
}

async function play(draft: Draft, matcher: Matching): Promise<Outcome> {
  const [from, to] = yesterday();
  const { visits, total } = await visitsBetween(from, to);
  const trigger: Trigger = { _id: 'draft', enabled: draft.enabled, runOnce: draft.runOnce, conditions: judged(draft.conditions) };
  const reasons = new Map<string, number>();
  for (const visit of visits) {
    const facts = factsOf(visit);
    for (const { address } of facts) if (address !== undefined) await matcher.learn(patternsOf([trigger]), address);
    const [entry] = replay([trigger], facts, Date.parse(visit._updatedAt), matcher.match);
    if (entry) reasons.set(entry.reason, (reasons.get(entry.reason) ?? 0) + 1);
  }
  return { total, reasons: [...reasons].sort(([, a], [, b]) => b - a) };
}

function yesterday(): [Date, Date] {
  const to = new Date();
  to.setHours(0, 0, 0, 0);
  const from = new Date(to);
  from.setDate(from.getDate() - 1);
  return [from, to];
}
