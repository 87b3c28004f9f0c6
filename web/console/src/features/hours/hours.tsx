// Business hours: the one for everybody, and those of departments.
import { Alert, Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { CalendarClock, CalendarDays, Info, Plus } from 'lucide-react';
import { Suspense, useState } from 'react';
import { keys } from '../../lib/keys';
import { later } from '../../lib/later';
import { settingQuery } from '../../lib/public-settings';
import { useMay } from '../../lib/session';
import { t } from '../../lib/text';
import { Confirm } from '../../ui/dialog';
import { Page } from '../../ui/page';
import { Record, Records } from '../../ui/records';
import { useSaving } from '../../ui/saving';
import { Now } from './now';
import { hoursKey, hoursQuery, removeHour } from './queries';
import { summary, weekOf, type Hour } from './week';
import styles from './hours.module.css';
import '../../lib/page-texts';

const HourForm = later(async () => (await import('./hour-form')).HourForm);

export function Hours() {
  const read = useQuery(hoursQuery);
  const [open, setOpen] = useState<Hour | 'new'>();
  const [going, setGoing] = useState<Hour>();
  const add = <Button leftSection={<Plus aria-hidden size={16} />} onClick={() => setOpen('new')}>{t('hours.add')}</Button>;
  const many = (read.data?.length ?? 0) > 8;
  return (
    <Page title={t('hours.title')} text={t('hours.text')} actions={read.data ? add : undefined}>
      <Force custom={read.data?.some(({ type }) => type === 'custom') ?? false} />
      <Records
        read={read}
        {...(many && { text: (hour: Hour) => [nameOf(hour), ...(hour.departments ?? []).map(({ name }) => name)].join(' '), search: t('hours.search') })}
        empty={{ icon: CalendarClock, title: t('hours.none'), text: t('hours.noneText') }}
        row={(hour) => (
          <Record
            key={hour._id}
            face={hour.type === 'default' ? <CalendarDays aria-hidden size={18} /> : <CalendarClock aria-hidden size={18} />}
            name={nameOf(hour)}
            text={<About hour={hour} />}
            marks={hour.active ? [] : [t('hours.inactive')]}
            onOpen={() => setOpen(hour)}
            {...(hour.type === 'custom' && { onRemove: () => setGoing(hour) })}
          />
        )}
      />
      <Suspense>{open && <HourForm hour={open === 'new' ? undefined : open} onDone={() => setOpen(undefined)} />}</Suspense>
      {going && <Removal hour={going} onDone={() => setGoing(undefined)} />}
    </Page>
  );
}

/** What an hour is called; the default one has no name. */
export function nameOf({ type, name }: Hour): string {
  return type === 'default' ? t('hours.default') : name;
}

/** Who follows it, when it is open, and whether it is now. */
function About({ hour }: { hour: Hour }) {
  const departments = hour.departments?.map(({ name }) => name).join(', ');
  const times = summary(weekOf(hour.workHours));
  return (
    <span className={styles['about']}>
      <span className={styles['times']}>
        {times.length === 0 && t('hours.noWindow')}
        {times.map((text) => <bdi key={text}>{text}</bdi>)}
        <bdi className={styles['zone']}>{hour.timezone.name}</bdi>
      </span>
      {hour.type === 'custom' && <span>{departments ? <bdi>{departments}</bdi> : t('hours.nobodyFollows')}</span>}
      <Now open={hour.open} changesAt={hour.changesAt} zone={hour.timezone.name} />
    </span>
  );
}

/** Says so while what is set here does not act. */
function Force({ custom }: { custom: boolean }) {
  const { data: on } = useQuery(settingQuery('Livechat_enable_business_hours'));
  const { data: type } = useQuery(settingQuery('Livechat_business_hour_type'));
  const mayChange = useMay()('view-privileged-setting');
  const off = on === false;
  if (!off && !(on && custom && type === 'Single')) return null;
  return (
    <Alert mt="lg" icon={<Info aria-hidden size={18} />} title={t(off ? 'hours.off' : 'hours.single')}>
      {t(off ? 'hours.offText' : 'hours.singleText')}
      {mayChange && <Link to="/settings" className={styles['link']}>{t('hours.settings')}</Link>}
    </Alert>
  );
}

function Removal({ hour, onDone }: { hour: Hour; onDone(): void }) {
  const { mutate, error, isPending } = useSaving({ run: removeHour, renews: [hoursKey, keys.departments, keys.people], said: ({ name }) => t('records.removed', { name }), then: onDone });
  return <Confirm title={t('records.removeOf', { name: hour.name })} text={t('hours.removeText')} yes={t('action.remove')} error={error} busy={isPending} onYes={() => mutate(hour)} onDone={onDone} />;
}
