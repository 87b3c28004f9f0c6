// How things stand today: chats, agents, times, asked for again every few seconds.
import { Select } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { t } from '../../lib/text';
import { Page } from '../../ui/page';
import { Bones, Trouble } from '../../ui/state';
import styles from './analytics.module.css';
import { Cards } from './cards';
import { Choice } from './choice';
import { amount, kindOf, nameOf, seconds } from './format';
import { nowQuery, weightings, type Weighting } from './now-queries';
import type { Figure } from './queries';
import { Rows } from './rows';
import { DepartmentSelect } from './span';
import '../../lib/page-texts';

const rhythms = ['5', '10', '30', '60'];

export function Now() {
  const [department, setDepartment] = useState<string | null>(null);
  const [every, setEvery] = useState('10');
  const [figure, setFigure] = useState<Figure>();
  const [weighting, setWeighting] = useState<Weighting>('departments');
  const read = useQuery(nowQuery(department, weighting, Number(every)));
  const { data } = read;
  const open = (of: string, key: string, title: string, more: Record<string, string> = {}) => setFigure({ of, title, query: { ...(data?.query ?? {}), figure: key, ...more }, as: kindOf(key) });
  return (
    <Page title={t('now.title')} text={t('now.text')}>
      <div className={styles['filter']} role="search" aria-label={t('analytics.filter')}>
        <DepartmentSelect value={department} onChange={setDepartment} />
        <Select aria-label={t('now.every')} allowDeselect={false} data={rhythms.map((value) => ({ value, label: t('now.seconds', { count: Number(value) }) }))} value={every} onChange={(value) => value && setEvery(value)} />
      </div>
      {read.error && !data && <Trouble error={read.error} retry={() => void read.refetch()} />}
      {!data && !read.error && <Bones rows={6} height={72} />}
      {data && (
        <>
          {read.error && <p className={styles['stale']} role="status">{t('now.stale')}</p>}
          <Standing title={t('now.chats')} parts={['open', 'queued', 'onhold', 'closed'].map((key) => ({ key, value: data.standing[key as keyof typeof data.standing] as number }))} onOpen={(key) => open('dashboards/charts/chats', key, t(`now.chats.${key as 'open'}`))} name={(key) => t(`now.chats.${key as 'open'}`)} />
          <Standing title={t('now.agents')} parts={['available', 'away', 'busy', 'offline'].map((key) => ({ key, value: data.states[key as keyof typeof data.states] as number }))} onOpen={(key) => open('dashboards/charts/agents-status', key, t(`now.agents.${key as 'away'}`))} name={(key) => t(`now.agents.${key as 'away'}`)} />
          <section className={styles['part']}>
            <h2>{t('now.totals')}</h2>
            <Choice name={t('now.weighting')} values={weightings} value={weighting} text={(one) => `now.weighting.${one}`} put={setWeighting} />
            {data.groups.map(({ of, totals }) => <Cards key={of} totals={totals} onOpen={(title) => open(of, title, nameOf(title))} />)}
          </section>
          <Timings timings={data.timings} onOpen={(key) => open('dashboards/charts/timings', key, t(`now.timing.${key}`))} />
          <Load title={t('now.perAgent')} first={t('analytics.agent')} rows={data.agents.map(([name, { open: o, onhold, closed }]) => ({ name, cells: [o, onhold, closed] }))} columns={['open', 'onhold', 'closed']} onOpen={(name, key) => open('dashboards/charts/chats-per-agent', key, name, { agent: name })} />
          <Load title={t('now.perDepartment')} first={t('analytics.department')} rows={data.departments.map(([name, { open: o, closed }]) => ({ name, cells: [o, closed] }))} columns={['open', 'closed']} onOpen={(name, key) => open('dashboards/charts/chats-per-department', key, name, { departmentName: name })} />
        </>
      )}
      {figure && <Rows figure={figure} onDone={() => setFigure(undefined)} />}
    </Page>
  );
}

interface StandingProps {
  title: string;
  parts: { key: string; value: number }[];
  name(key: string): string;
  onOpen(key: string): void;
}

function Standing({ title, parts, name, onOpen }: StandingProps) {
  const whole = parts.reduce((sum, { value }) => sum + value, 0);
  return (
    <section className={styles['part']} aria-label={title}>
      <h2>{title}</h2>
      <div className={styles['stack']} aria-hidden>{whole > 0 && parts.map(({ key, value }, i) => <span key={key} data-shade={i} style={{ flexGrow: value }} />)}</div>
      <ul className={styles['legend']}>
        {parts.map(({ key, value }, i) => (
          <li key={key}><button type="button" onClick={() => onOpen(key)}><span className={styles['dot']} data-shade={i} aria-hidden />{name(key)} <strong className="tabular">{amount(value)}</strong></button></li>
        ))}
      </ul>
    </section>
  );
}

type Timing = { avg: number; longest: number };

function Timings({ timings, onOpen }: { timings: { response: Timing; reaction: Timing; chatDuration: Timing }; onOpen(key: 'response' | 'reaction' | 'chatDuration'): void }) {
  const keys = ['response', 'reaction', 'chatDuration'] as const;
  return (
    <section className={styles['part']}>
      <h2>{t('now.timings')}</h2>
      <div className={styles['card']}>
        <table className={styles['table']}>
          <thead><tr><th scope="col">{t('analytics.figure')}</th><th scope="col">{t('now.mean')}</th><th scope="col">{t('now.longest')}</th></tr></thead>
          <tbody>{keys.map((key) => <tr key={key}><th scope="row"><button type="button" className={styles['open']} onClick={() => onOpen(key)}>{t(`now.timing.${key}`)}</button></th><td>{seconds(timings[key].avg)}</td><td>{seconds(timings[key].longest)}</td></tr>)}</tbody>
        </table>
      </div>
    </section>
  );
}

interface LoadProps {
  title: string;
  first: string;
  columns: string[];
  rows: { name: string; cells: number[] }[];
  onOpen(name: string, key: string): void;
}

function Load({ title, first, columns, rows, onOpen }: LoadProps) {
  return (
    <section className={styles['part']}>
      <h2>{title}</h2>
      <div className={styles['card']}>
        {rows.length === 0 ? <p className={styles['nobody']}>{t('now.none')}</p> : (
          <table className={styles['table']}>
            <thead><tr><th scope="col">{first}</th>{columns.map((key) => <th key={key} scope="col">{t(`now.chats.${key as 'open'}`)}</th>)}</tr></thead>
            <tbody>
              {rows.map(({ name, cells }) => (
                <tr key={name}>
                  <th scope="row"><bdi>{name}</bdi></th>
                  {cells.map((value, i) => <td key={columns[i]}>{value > 0 ? <button type="button" className={styles['open']} aria-label={`${name}, ${t(`now.chats.${columns[i] as 'open'}`)}: ${value}`} onClick={() => onOpen(name, columns[i] ?? '')}>{amount(value)}</button> : amount(value)}</td>)}
                </tr>
              ))}
            </tbody>
          </table>
        )}
      </div>
    </section>
  );
}
