// Who works in the department: a line each, with counter and rank.
import { ActionIcon, NumberInput, Select } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { UserMinus, Users } from 'lucide-react';
import { useRef } from 'react';
import { useMay } from '../../lib/session';
import { t } from '../../lib/text';
import { Avatar } from '../../ui/avatar';
import { Section } from '../../ui/page';
import { Empty } from '../../ui/state';
import type { Line } from './draft';
import styles from './form.module.css';
import { candidatesQuery } from './queries';
import type { SectionsProps } from './sections';

export function Agents({ id, draft, readOnly, put }: SectionsProps) {
  const adding = useRef<HTMLInputElement>(null);
  const may = useMay();
  const fixed = readOnly || (id !== undefined && !may('add-livechat-department-agents'));
  const people = useQuery({ ...candidatesQuery, enabled: !fixed || draft.agents.length > 0 }).data ?? [];
  const nameOf = (line: Line) => people.find(({ _id }) => _id === line.agentId)?.name || line.username;
  const others = people.filter(({ _id }) => !draft.agents.some(({ agentId }) => agentId === _id));
  const add = (agentId: string | null) => {
    const person = people.find(({ _id }) => _id === agentId);
    if (person) put({ agents: [...draft.agents, { agentId: person._id, username: person.username, count: '', order: '' }] });
  };
  const change = (agentId: string, to: Partial<Line>) => put({ agents: draft.agents.map((line) => (line.agentId === agentId ? { ...line, ...to } : line)) });
  const remove = (gone: string) => {
    put({ agents: draft.agents.filter(({ agentId }) => agentId !== gone) });
    adding.current?.focus();
  };
  return (
    <Section title={t('departments.field.agents')} text={t('departments.agentsHelp')}>
      {!fixed && (
        <div className={styles['adding']}>
          <Select ref={adding} openOnFocus={false} aria-label={t('departments.addAgent')} placeholder={t('departments.addAgent')} searchable selectFirstOptionOnDropdownOpen onKeyDown={(event) => event.key === 'Enter' && event.preventDefault()} limit={100} data={others.map(({ _id, name, username }) => ({ value: _id, label: name ? `${name} · @${username}` : username }))} nothingFoundMessage={t('departments.noAgentFound')} value={null} onChange={add} />
        </div>
      )}
      {draft.agents.length === 0 ? (
        <Empty icon={Users} title={t('departments.noAgents')} text={t('departments.noAgentsText')} />
      ) : (
        <table className={styles['agents']}>
          <thead>
            <tr>
              <th scope="col">{t('departments.agent')}</th>
              <th scope="col">{t('departments.count')}</th>
              <th scope="col">{t('departments.order')}</th>
              {!fixed && <th><span className="unseen">{t('departments.column.actions')}</span></th>}
            </tr>
          </thead>
          <tbody>
            {draft.agents.map((line) => <Agent key={line.agentId} line={line} name={nameOf(line)} fixed={fixed} change={(to) => change(line.agentId, to)} remove={() => remove(line.agentId)} />)}
          </tbody>
        </table>
      )}
    </Section>
  );
}

interface AgentProps {
  line: Line;
  name: string;
  fixed: boolean;
  change(to: Partial<Line>): void;
  remove(): void;
}

function Agent({ line, name, fixed, change, remove }: AgentProps) {
  const number = (field: 'count' | 'order', label: string, empty: string) =>
    fixed ? <span className="tabular">{line[field]}</span> : (
      <NumberInput aria-label={label} allowDecimal={false} hideControls placeholder={empty} value={line[field]} onChange={(value) => change({ [field]: typeof value === 'number' ? value : '' })} />
    );
  return (
    <tr>
      <th scope="row">
        <span className={styles['agent']}>
          <Avatar name={name} id={line.agentId} size={24} />
          <span className={styles['who']}><bdi>{name}</bdi><span className={styles['sub']}>@{line.username}</span></span>
        </span>
      </th>
      <td>{number('count', t('departments.countOf', { name }), t('departments.least'))}</td>
      <td>{number('order', t('departments.orderOf', { name }), '0')}</td>
      {!fixed && (
        <td>
          <ActionIcon variant="subtle" color="gray" size={34} aria-label={t('departments.takeOut', { name })} title={t('departments.takeOut', { name })} onClick={remove}>
            <UserMinus aria-hidden size={17} />
          </ActionIcon>
        </td>
      )}
    </tr>
  );
}
