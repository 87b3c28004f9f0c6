// How the conversations of some days divide: by status, source, department, tag, agent.
import { Button, SegmentedControl } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Download } from 'lucide-react';
import { useState } from 'react';
import { maybe, t } from '../../lib/text';
import { Bones, Trouble } from '../../ui/state';
import styles from './analytics.module.css';
import { WhoseChoice } from './agents';
import { Bars } from './bars';
import { amount, heading, percent, save } from './format';
import { bounds, reportQuery, reports, type Attribution, type Figure, type Report, type ReportName, type Span } from './queries';

interface Part {
  label: string;
  name: string;
  value: number;
  none: boolean;
}

/** The parts as people read them; what has none of it is one more. */
function partsOf(name: ReportName, report: Report): Part[] {
  const parts = report.data.map(({ label, value }) => ({ label, name: (name === 'status' || name === 'source' ? maybe(`analytics.label.${label}`) : undefined) ?? label, value, none: false }));
  if (report.unspecified) parts.push({ label: '', name: t('analytics.unspecified'), value: report.unspecified, none: true });
  return parts.sort((a, b) => b.value - a.value);
}

function narrowed(name: ReportName, { label, none }: Part): Record<string, string | boolean> {
  if (none) return { none: true };
  switch (name) {
    case 'status': return { figure: label };
    case 'source': return { source: label };
    case 'tags': return { tag: label };
    case 'agent': return { agentName: label };
    case 'department': return { departmentName: label };
  }
}

/** Percent as programs read it. */
const share = (part: number) => Math.round(part * 10_000) / 100;

/** How many agents the chart shows; the list below it has all of them. */
const charted = 5;

/** A name as it fits below a bar. */
const shortened = (name: string) => (name.length > 16 ? `${name.slice(0, 15)}…` : name);

interface ReportsProps {
  span: Span;
  whose: Attribution;
  onWhose(whose: Attribution): void;
  onOpen(figure: Figure): void;
}

export function Reports({ span, whose, onWhose, onOpen }: ReportsProps) {
  const [name, setName] = useState<ReportName>('status');
  const query = { ...bounds(span), ...(name === 'agent' && { attribution: whose }) };
  const read = useQuery(reportQuery(name, query));
  const parts = read.data ? partsOf(name, read.data) : [];
  const whole = parts.reduce((sum, { value }) => sum + value, 0);
  const first = name === 'agent' ? parts.filter(({ none }) => !none).slice(0, charted) : [];
  const open = (part: Part) => onOpen({ of: `dashboards/conversations-by-${name}`, title: part.name, query: { ...query, ...narrowed(name, part) }, as: 'number' });
  return (
    <section className={styles['part']} aria-labelledby="analytics-reports">
      <header className={styles['head']}>
        <h2 id="analytics-reports">{t('analytics.reports')}</h2>
        {whole > 0 && <Button variant="default" leftSection={<Download aria-hidden size={15} />} onClick={() => save(`conversations-by-${name}-${span.from}-${span.to}`, [[t(`analytics.by.${name}`), t('analytics.chats'), heading(t('analytics.share'), 'percent')], ...parts.map((part) => [part.name, part.value, share(part.value / whole)])])}>{t('analytics.csv')}</Button>}
      </header>
      {span.department && <p className={styles['quiet']}>{t('analytics.allOfThem')}</p>}
      <SegmentedControl className={styles['by'] ?? ''} withItemsBorders={false} aria-label={t('analytics.by')} data={reports.map((value) => ({ value, label: t(`analytics.by.${value}`) }))} value={name} onChange={(value) => setName(value as ReportName)} />
      {name === 'agent' && <WhoseChoice whose={whose} put={onWhose} />}
      <div className={styles['card']}>
        {read.error && !read.data && <Trouble error={read.error} retry={() => void read.refetch()} />}
        {!read.data && !read.error && <Bones rows={3} height={44} />}
        {read.data && whole === 0 && <p className={styles['nobody']}>{t('analytics.none')}</p>}
        {first.length > 0 && <Bars name={t('analytics.by.agent')} write={amount} bars={first.map(({ name: label, value }) => ({ label, short: shortened(label), value }))} onOpen={(at) => first[at] && open(first[at])} />}
        {whole > 0 && (
          <ul className={styles['shares']}>
            {parts.map((part) => (
              <li key={`${part.label}/${part.none}`}>
                <button type="button" disabled={part.value === 0} onClick={() => open(part)}>
                  <span className={styles['fill']} style={{ inlineSize: `${(100 * part.value) / whole}%` }} aria-hidden />
                  <bdi className={styles['label']}>{part.name}</bdi>
                  <span className="tabular">{amount(part.value)}</span>
                  <span className={`${styles['percent']} tabular`}>{percent(part.value / whole)}</span>
                </button>
              </li>
            ))}
          </ul>
        )}
      </div>
    </section>
  );
}
