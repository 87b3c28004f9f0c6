// One figure of each agent: of who served last, or of who really answered.
import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Download } from 'lucide-react';
import { t } from '../../lib/text';
import { Bones, Trouble } from '../../ui/state';
import styles from './analytics.module.css';
import { Choice } from './choice';
import { heading, kindOf, nameOf, plain, save, shown } from './format';
import { agentsQuery, asked, attributions, type Attribution, type ChartName, type Figure, type Span } from './queries';

interface AgentsProps {
  chart: ChartName;
  span: Span;
  whose: Attribution;
  onWhose(whose: Attribution): void;
  onOpen(figure: Figure): void;
}

export function Agents({ chart, span, whose, onWhose, onOpen }: AgentsProps) {
  const read = useQuery(agentsQuery(chart, span, whose));
  const rows = read.data ?? [];
  const column = chart === 'Total_conversations' ? t('analytics.share') : nameOf(chart);
  const keep = () => save(`agents-${chart}-${whose}-${span.from}-${span.to}`, [[t('analytics.agent'), heading(column, chart === 'Total_conversations' ? 'percent' : kindOf(chart))], ...rows.map(({ name, value }) => [name, plain(value)])]);
  return (
    <section className={styles['part']} aria-labelledby="analytics-agents">
      <header className={styles['head']}>
        <h2 id="analytics-agents">{t('analytics.agents')}</h2>
        {rows.length > 0 && <Button variant="default" leftSection={<Download aria-hidden size={15} />} onClick={keep}>{t('analytics.csv')}</Button>}
      </header>
      <WhoseChoice whose={whose} put={onWhose} />
      <div className={styles['card']}>
        {read.error && !read.data && <Trouble error={read.error} retry={() => void read.refetch()} />}
        {!read.data && !read.error && <Bones rows={3} height={44} />}
        {read.data?.length === 0 && <p className={styles['nobody']}>{t('analytics.nobody')}</p>}
        {rows.length > 0 && (
          <table className={styles['table']}>
            <thead><tr><th scope="col">{t('analytics.agent')}</th><th scope="col">{column}</th></tr></thead>
            <tbody>
              {rows.map(({ name, value }) => (
                <tr key={name}>
                  <th scope="row"><bdi>{name}</bdi></th>
                  <td><button type="button" className={styles['open']} aria-label={`${name}: ${shown(chart, value)}`} onClick={() => onOpen({ of: 'agent-overview', title: `${nameOf(chart)}, ${name}`, query: { figure: chart, agent: name, attribution: whose, ...asked(span) }, as: kindOf(chart) })}>{shown(chart, value)}</button></td>
                </tr>
              ))}
            </tbody>
          </table>
        )}
      </div>
    </section>
  );
}

export function WhoseChoice({ whose, put }: { whose: Attribution; put(whose: Attribution): void }) {
  return <Choice name={t('analytics.whose')} values={attributions} value={whose} text={(one) => `analytics.whose.${one}`} put={put} />;
}
