// What a trigger would do on a page: judged by the functions that the widget uses.
import { NumberInput, Stack, Switch, TextInput } from '@mantine/core';
import { judge, newVisit, patternsOf, type Trigger } from '@foyer/shared/triggers/engine';
import { useEffect, useMemo, useState } from 'react';
import { t } from '../../lib/text';
import { judged, type Draft } from './draft';
import { useMatcher } from './matching';
import { Reason } from './reason';
import styles from './triggers.module.css';

export function Preview({ draft }: { draft: Draft }) {
  const [address, setAddress] = useState('https://');
  const [seconds, setSeconds] = useState(0);
  const [opened, setOpened] = useState(false);
  const [registered, setRegistered] = useState(false);
  const matcher = useMatcher();
  const [, setLearnt] = useState(0);
  const trigger: Trigger = useMemo(() => ({ _id: 'draft', enabled: draft.enabled, runOnce: draft.runOnce, conditions: judged(draft.conditions) }), [draft]);
  useEffect(() => {
    let gone = false;
    void matcher.learn(patternsOf([trigger]), address).then(() => gone || setLearnt((n) => n + 1));
    return () => {
      gone = true;
    };
  }, [matcher, trigger, address]);
  const { reason } = judge(trigger, { ...newVisit(0), online: true, address, opened, registered }, seconds * 1000, matcher.match);
  return (
    <Stack gap="xs" className={styles['preview']}>
      <p className={styles['label']}>{t('triggers.try')}</p>
      <TextInput dir="ltr" label={t('triggers.tryAddress')} value={address} maxLength={2000} onChange={(event) => setAddress(event.currentTarget.value)} />
      <NumberInput label={t('triggers.trySeconds')} min={0} max={86400} value={seconds} onChange={(value) => setSeconds(Number(value) || 0)} />
      <Switch label={t('triggers.tryOpened')} checked={opened} onChange={(event) => setOpened(event.currentTarget.checked)} />
      <Switch label={t('triggers.tryRegistered')} checked={registered} onChange={(event) => setRegistered(event.currentTarget.checked)} />
      <p role="status" className={styles['verdict']}><Reason reason={reason} /></p>
    </Stack>
  );
}
