// One business hour: its name, zone, departments and week, and what that means now.
import { Alert, Button, Group, Modal, MultiSelect, Select, Stack, Switch } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import { useMediaQuery } from '@mantine/hooks';
import { departmentsQuery } from '../../lib/departments';
import { explain } from '../../lib/explain';
import { keys } from '../../lib/keys';
import { t } from '../../lib/text';
import '../../ui/inputs';
import { Needed } from '../../ui/needed';
import { useSaving } from '../../ui/saving';
import { nameOf } from './hours';
import { Now } from './now';
import { hoursKey, previewQuery, saveHour, type HourDraft } from './queries';
import { WeekEditor } from './week-editor';
import { weekOf, wrong, zones, type Hour } from './week';
import styles from './hours.module.css';

export function HourForm({ hour, onDone }: { hour: Hour | undefined; onDone(): void }) {
  const [draft, setDraft] = useState<HourDraft>(() => draftOf(hour));
  const put = (change: Partial<HourDraft>) => setDraft((old) => ({ ...old, ...change }));
  const { mutate, error, isPending } = useSaving({
    run: saveHour,
    renews: [hoursKey, keys.departments, keys.people],
    said: ({ name }) => t('records.saved', { name: name || t('hours.default') }),
    then: onDone,
  });
  const bad = draft.week.some((day) => wrong(day) !== undefined);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!bad) mutate(draft);
  };
  const custom = draft.type === 'custom';
  return (
    <Modal opened size={620} fullScreen={useMediaQuery('(max-width: 560px)') ?? false} onClose={onDone} title={hour ? t('records.editOf', { name: nameOf(hour) }) : t('hours.add')} closeButtonProps={{ 'aria-label': t('action.dismiss') }}>
      <form onSubmit={submit}>
        <Stack gap="sm">
          {error && <Alert color="red" role="alert">{explain(error)}</Alert>}
          {custom && <Needed data-autofocus label={t('field.name')} maxLength={255} value={draft.name} onChange={(event) => put({ name: event.currentTarget.value })} />}
          {custom && <FollowedBy draft={draft} onChange={(departments) => put({ departments })} />}
          <Zone value={draft.zone} onChange={(zone) => put({ zone })} />
          <WeekEditor week={draft.week} onChange={(week) => put({ week })} />
          {custom && <Switch label={t('hours.active')} description={t('hours.activeHelp')} checked={draft.active} onChange={(event) => put({ active: event.currentTarget.checked })} />}
        </Stack>
        <div className={styles['foot']}>
          <Preview draft={draft} bad={bad} />
          <Group gap="xs" ms="auto">
            <Button variant="default" onClick={onDone}>{t('action.cancel')}</Button>
            <Button type="submit" loading={isPending} disabled={bad}>{t('action.save')}</Button>
          </Group>
        </div>
      </form>
    </Modal>
  );
}

function draftOf(hour: Hour | undefined): HourDraft {
  if (!hour) {
    const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
    const week = weekOf([]).map((day) => ({ ...day, open: day.day !== 'Saturday' && day.day !== 'Sunday' }));
    return { type: 'custom', name: '', zone, active: true, departments: [], week };
  }
  const { _id, type, name, active, timezone, departments = [], workHours } = hour;
  return { _id, type, name, active, zone: timezone.name, departments: departments.map((department) => department._id), week: weekOf(workHours) };
}

/** The departments that follow it; one that follows another changes to this. */
function FollowedBy({ draft, onChange }: { draft: HourDraft; onChange(departments: string[]): void }) {
  const { data } = useQuery(departmentsQuery);
  const choices = data?.map(({ _id, name }) => ({ value: _id, label: name })) ?? [];
  const moves = data?.filter(({ _id, businessHourId }) => draft.departments.includes(_id) && businessHourId !== undefined && businessHourId !== draft._id) ?? [];
  return (
    <MultiSelect
      label={t('field.departments')}
      description={moves.length > 0 ? t('hours.moves', { names: moves.map(({ name }) => name).join(', ') }) : t('hours.departmentsHelp')}
      searchable
      hidePickedOptions
      nothingFoundMessage={t('records.none')}
      disabled={!data}
      data={choices}
      value={data ? draft.departments : []}
      onChange={onChange}
    />
  );
}

function Zone({ value, onChange }: { value: string; onChange(zone: string): void }) {
  const [known] = useState(() => zones(value));
  return <Select label={t('hours.zone')} searchable allowDeselect={false} limit={60} nothingFoundMessage={t('records.none')} data={known} value={value} onChange={(zone) => zone && onChange(zone)} />;
}

/** What the week, as it stands in the form, means now. */
function Preview({ draft: { zone, active, week }, bad }: { draft: HourDraft; bad: boolean }) {
  const [asked] = useDebouncedValue({ zone, active, week }, 250);
  const { data, error } = useQuery({ ...previewQuery(asked), enabled: !bad });
  return (
    <div className={styles['preview']} aria-live="polite">
      {bad && <span className={styles['bad']}>{t('hours.mend')}</span>}
      {!bad && error && <span className={styles['bad']}>{explain(error)}</span>}
      {!bad && !error && data && <Now open={data.open} changesAt={data.changesAt} zone={zone} />}
    </div>
  );
}
