// The week: a switch a day, its windows, and a way to give the others the same.
import { ActionIcon, Button, Switch, TextInput } from '@mantine/core';
import { CopyCheck, Plus, X } from 'lucide-react';
import { t } from '../../lib/text';
import { another, dayText, wrong, type Day, type Window } from './week';
import styles from './hours.module.css';

interface WeekEditorProps {
  week: readonly Day[];
  onChange(week: Day[]): void;
}

export function WeekEditor({ week, onChange }: WeekEditorProps) {
  const change = (changed: Day) => onChange(week.map((day) => (day.day === changed.day ? changed : day)));
  const open = week.filter((day) => day.open);
  const like = (model: Day) => onChange(week.map((day) => (day.open ? { ...day, windows: model.windows.map((window) => ({ ...window })) } : day)));
  const first = open[0];
  return (
    <fieldset className={styles['week']}>
      <legend>{t('hours.week')}</legend>
      {week.map((day) => (
        <DayRow key={day.day} day={day} onChange={change} onCopy={day === first && open.length > 1 ? () => like(day) : undefined} />
      ))}
      <p className={styles['hint']}>{t('hours.midnight')}</p>
    </fieldset>
  );
}

interface DayRowProps {
  day: Day;
  onChange(day: Day): void;
  /** Gives every open day the windows of this one. */
  onCopy: (() => void) | undefined;
}

function DayRow({ day, onChange, onCopy }: DayRowProps) {
  const name = dayText(day.day, 'long');
  const problem = wrong(day);
  const next = another(day.windows);
  const put = (at: number, window: Window) => onChange({ ...day, windows: day.windows.map((old, i) => (i === at ? window : old)) });
  const remove = (at: number) => onChange({ ...day, windows: day.windows.filter((_, i) => i !== at) });
  return (
    <div className={styles['day']} role="group" aria-label={name}>
      <Switch className={styles['onOff'] ?? ''} label={name} checked={day.open} onChange={(event) => onChange({ ...day, open: event.currentTarget.checked })} />
      <div className={styles['windows']}>
        {!day.open && <span className={styles['closed']}>{t('hours.closed')}</span>}
        {day.open && day.windows.map((window, i) => (
          <div key={i} className={styles['window']}>
            <Time label={t('hours.from', { day: name, n: i + 1 })} value={window.start} bad={problem !== undefined} onChange={(start) => put(i, { ...window, start })} />
            <span aria-hidden>–</span>
            <Time label={t('hours.to', { day: name, n: i + 1 })} value={window.finish} bad={problem !== undefined} onChange={(finish) => put(i, { ...window, finish })} />
            {day.windows.length > 1 && (
              <ActionIcon variant="subtle" color="gray" size={34} className={styles['touch'] ?? ''} aria-label={t('hours.drop', { day: name, n: i + 1 })} title={t('hours.drop', { day: name, n: i + 1 })} onClick={() => remove(i)}>
                <X aria-hidden size={16} />
              </ActionIcon>
            )}
          </div>
        ))}
        {onCopy && <Button variant="subtle" size="compact-sm" className={styles['copy'] ?? ''} leftSection={<CopyCheck aria-hidden size={15} />} onClick={onCopy}>{t('hours.copy')}</Button>}
        {problem && <p className={styles['bad']} role="alert">{t(`hours.wrong.${problem}`)}</p>}
      </div>
      {day.open && next && (
        <ActionIcon variant="subtle" color="gray" size={34} className={styles['touch'] ?? ''} aria-label={t('hours.addWindow', { day: name })} title={t('hours.addWindow', { day: name })} onClick={() => onChange({ ...day, windows: [...day.windows, next] })}>
          <Plus aria-hidden size={16} />
        </ActionIcon>
      )}
    </div>
  );
}

function Time({ label, value, bad, onChange }: { label: string; value: string; bad: boolean; onChange(value: string): void }) {
  return <TextInput type="time" className={styles['time'] ?? ''} aria-label={label} required aria-invalid={bad} error={bad} value={value} onChange={(event) => onChange(event.currentTarget.value.slice(0, 5))} />;
}
