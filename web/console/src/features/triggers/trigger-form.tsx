// One trigger: what it waits for, what it does, what it would do on a page and would have done.
import { ActionIcon, Button, Group, NativeSelect, NumberInput, Stack, Switch, Textarea, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Plus, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { t } from '../../lib/text';
import { siteNamesQuery } from '../../lib/sites';
import { FormDialog } from '../../ui/dialog';
import { Needed } from '../../ui/needed';
import { useSaving } from '../../ui/saving';
import { bodyOf, conditionNames, draftOf, needsValue, type Condition, type ConditionName, type Draft } from './draft';
import { Preview } from './preview';
import { saveTrigger, triggersKey, type Trigger } from './queries';
import { Replay } from './replay';
import { ServiceTest } from './service-test';
import styles from './triggers.module.css';

type Put = (change: Partial<Draft>) => void;

export function TriggerForm({ trigger, onDone }: { trigger: Trigger | undefined; onDone(): void }) {
  const [draft, setDraft] = useState(() => draftOf(trigger));
  const { mutate, error, isPending } = useSaving({ run: saveTrigger, renews: [triggersKey], said: ({ name }) => t('records.saved', { name }), then: onDone });
  const put: Put = (change) => setDraft({ ...draft, ...change });
  return (
    <FormDialog title={trigger ? t('records.editOf', { name: trigger.name }) : t('triggers.add')} error={error} busy={isPending} ready={draft.conditions.length > 0} onSubmit={() => mutate(bodyOf(draft))} onDone={onDone}>
      <Needed data-autofocus label={t('field.name')} maxLength={255} value={draft.name} onChange={(event) => put({ name: event.currentTarget.value })} />
      <TextInput label={t('field.description')} maxLength={1000} value={draft.description} onChange={(event) => put({ description: event.currentTarget.value })} />
      <Switch label={t('triggers.enabled')} checked={draft.enabled} onChange={(event) => put({ enabled: event.currentTarget.checked })} />
      <Switch label={t('triggers.once')} description={t('triggers.onceText')} checked={draft.runOnce} onChange={(event) => put({ runOnce: event.currentTarget.checked })} />
      <Place draft={draft} put={put} />
      <Conditions draft={draft} put={put} />
      <Action draft={draft} put={put} />
      <Preview draft={draft} />
      <Replay draft={draft} />
    </FormDialog>
  );
}

/** On which site; with one there is nothing to choose. */
function Place({ draft, put }: { draft: Draft; put: Put }) {
  const { data: sites = [] } = useQuery(siteNamesQuery);
  if (sites.length < 2) return null;
  const data = [{ value: '', label: t('triggers.everywhere') }, ...sites.map(({ _id, name }) => ({ value: _id, label: name }))];
  return <NativeSelect label={t('triggers.site')} data={data} value={draft.site} onChange={(event) => put({ site: event.currentTarget.value })} />;
}

function Conditions({ draft: { conditions }, put }: { draft: Draft; put: Put }) {
  const change = (at: number, to: Partial<Condition>) => put({ conditions: conditions.map((it, i) => (i === at ? { ...it, ...to } : it)) });
  return (
    <fieldset className={styles['group']}>
      <legend className={styles['label']}>{t('triggers.when')}</legend>
      <p className={styles['note']}>{t('triggers.whenText')}</p>
      <Stack gap="xs">
        {conditions.map((condition, i) => (
          <Group key={i} gap="xs" align="end" wrap="nowrap">
            <div className={styles['grow']}>
              <NativeSelect aria-label={t('triggers.condition')} data={conditionNames.map((value) => ({ value, label: t(`triggers.on.${value}`) }))} value={condition.name} onChange={(event) => change(i, { name: event.currentTarget.value as ConditionName })} />
              {needsValue(condition.name) && (
                <Needed
                  mt={4} dir="ltr" aria-label={t(condition.name === 'page-url' ? 'triggers.pattern' : 'triggers.seconds')} placeholder={condition.name === 'page-url' ? '/pricing' : '30'} maxLength={1000}
                  inputMode={condition.name === 'page-url' ? 'text' : 'numeric'} value={condition.value} onChange={(event) => change(i, { value: event.currentTarget.value })}
                />
              )}
            </div>
            <ActionIcon variant="subtle" color="gray" size={36} aria-label={t('triggers.dropCondition')} onClick={() => put({ conditions: conditions.filter((_, at) => at !== i) })}><Trash2 aria-hidden size={17} /></ActionIcon>
          </Group>
        ))}
        <Button type="button" size="xs" variant="default" leftSection={<Plus aria-hidden size={15} />} onClick={() => put({ conditions: [...conditions, { name: 'time-on-site', value: '30' }] })}>{t('triggers.addCondition')}</Button>
      </Stack>
    </fieldset>
  );
}

function Action({ draft, put }: { draft: Draft; put: Put }) {
  return (
    <fieldset className={styles['group']}>
      <legend className={styles['label']}>{t('triggers.then')}</legend>
      <Stack gap="sm">
        <NativeSelect
          label={t('triggers.action')} value={draft.external ? 'service' : 'message'} onChange={(event) => put({ external: event.currentTarget.value === 'service' })}
          data={[{ value: 'message', label: t('triggers.do.message') }, { value: 'service', label: t('triggers.do.service') }]}
        />
        <NativeSelect
          label={t('triggers.sender')} value={draft.sender} onChange={(event) => put({ sender: event.currentTarget.value as Draft['sender'] })}
          data={[{ value: 'queue', label: t('triggers.sender.queue') }, { value: 'custom', label: t('triggers.sender.custom') }]}
        />
        {draft.sender === 'custom' && <Needed label={t('triggers.by')} maxLength={100} value={draft.by} onChange={(event) => put({ by: event.currentTarget.value })} />}
        {!draft.external && <Textarea label={t('triggers.msg')} required withAsterisk={false} autosize minRows={2} maxLength={5000} value={draft.msg} onChange={(event) => put({ msg: event.currentTarget.value })} />}
        {draft.external && (
          <>
            <Needed dir="ltr" type="url" label={t('triggers.url')} description={t('triggers.urlHelp')} placeholder="https://" maxLength={1000} value={draft.serviceUrl} onChange={(event) => put({ serviceUrl: event.currentTarget.value })} />
            <NumberInput label={t('triggers.timeout')} min={0} max={60000} value={draft.serviceTimeout} onChange={(value) => put({ serviceTimeout: Number(value) || 0 })} />
            <TextInput label={t('triggers.fallback')} description={t('triggers.fallbackHelp')} maxLength={5000} value={draft.fallback} onChange={(event) => put({ fallback: event.currentTarget.value })} />
            <ServiceTest draft={draft} />
          </>
        )}
      </Stack>
    </fieldset>
  );
}
