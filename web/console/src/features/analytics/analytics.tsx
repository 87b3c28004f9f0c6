// What happened: totals, a chart, the agents and reports of some days.
import { Select } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { ChartColumn } from 'lucide-react';
import { useState } from 'react';
import { useMay } from '../../lib/session';
import { t } from '../../lib/text';
import { Page } from '../../ui/page';
import { Bones, Empty, Trouble } from '../../ui/state';
import styles from './analytics.module.css';
import { Agents } from './agents';
import { Bars } from './bars';
import { Cards } from './cards';
import { Departments } from './departments';
import { amount, dayLabel, hours, kindOf, nameOf, seconds } from './format';
import { asked, before, chartQuery, charts, overviewQuery, type Attribution, type ChartName, type Figure, type Span } from './queries';
import { Reports } from './reports';
import { Rows } from './rows';
import { daysOf, SpanFilter } from './span';
import '../../lib/page-texts';

export function Analytics() {
  const [span, setSpan] = useState<Span>({ ...daysOf('last7'), department: null });
  const [chart, setChart] = useState<ChartName>('Total_conversations');
  const [whose, setWhose] = useState<Attribution>('last');
  const [figure, setFigure] = useState<Figure>();
  const may = useMay();
  return (
    <Page title={t('analytics.title')} text={t('analytics.text')}>
      <SpanFilter span={span} put={setSpan} />
      <Overview span={span} onOpen={setFigure} />
      <section className={styles['part']} aria-labelledby="analytics-chart">
        <header className={styles['head']}>
          <h2 id="analytics-chart">{t('analytics.chart')}</h2>
          <Select aria-label={t('analytics.figure')} allowDeselect={false} data={charts.map((value) => ({ value, label: nameOf(value) }))} value={chart} onChange={(value) => value && setChart(value as ChartName)} />
        </header>
        <Line chart={chart} span={span} onOpen={setFigure} />
      </section>
      <Agents chart={chart} span={span} whose={whose} onWhose={setWhose} onOpen={setFigure} />
      <Departments span={span} onOpen={setFigure} />
      {may('view-livechat-reports') && <Reports span={span} whose={whose} onWhose={setWhose} onOpen={setFigure} />}
      {figure && <Rows figure={figure} onDone={() => setFigure(undefined)} />}
    </Page>
  );
}

interface PartProps {
  span: Span;
  onOpen(figure: Figure): void;
}

function Overview({ span, onOpen }: PartProps) {
  const reads = [useQuery(overviewQuery('Conversations', span)), useQuery(overviewQuery('Productivity', span))];
  const earlier = [useQuery(overviewQuery('Conversations', before(span))), useQuery(overviewQuery('Productivity', before(span)))];
  const failed = reads.find(({ error, data }) => error && !data);
  if (failed?.error) return <Trouble error={failed.error} retry={() => reads.forEach(({ refetch }) => void refetch())} />;
  if (!reads.every(({ data }) => data)) return <Bones rows={3} height={72} />;
  const all = (list: typeof reads) => list.flatMap(({ data }) => data ?? []);
  return <Cards totals={all(reads)} earlier={all(earlier)} onOpen={(title) => onOpen({ of: 'overview', title: nameOf(title), query: { figure: title, ...asked(span) }, as: kindOf(title) })} />;
}

const isTime = (chart: ChartName) => chart !== 'Total_conversations' && chart !== 'Total_messages';

function Line({ chart, span, onOpen }: PartProps & { chart: ChartName }) {
  const read = useQuery(chartQuery(chart, span));
  if (read.error && !read.data) return <Trouble error={read.error} retry={() => void read.refetch()} />;
  if (!read.data) return <Bones rows={2} height={88} />;
  const { dataLabels, dataPoints } = read.data;
  if (dataPoints.every((value) => value === 0)) return <div className={styles['card']}><Empty icon={ChartColumn} title={t('analytics.none')} text={t('analytics.noneText')} /></div>;
  const days = span.from !== span.to;
  const day = (at: number) => new Date(Date.parse(span.from) + at * 86_400_000).toISOString().slice(0, 10);
  const labels = dataLabels.map((label, i) => (days ? dayLabel(day(i)) : hours(label)));
  const open = (at: number) => onOpen({ of: 'dashboards/charts-data', title: `${nameOf(chart)}, ${labels[at]}`, query: { figure: chart, ...asked(span), from: day(at), to: day(at) }, as: isTime(chart) ? 'time' : 'number' });
  return (
    <div className={styles['card']}>
      <Bars name={nameOf(chart)} bars={labels.map((label, i) => ({ label, short: days ? label : hours(dataLabels[i]?.split('-')[0] ?? ''), value: dataPoints[i] ?? 0 }))} write={isTime(chart) ? seconds : amount} onOpen={days ? open : undefined} />
    </div>
  );
}
