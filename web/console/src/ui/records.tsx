// A page's list of records: a search, rows, and what stands where rows would.
import { ActionIcon, TextInput, UnstyledButton } from '@mantine/core';
import { Search, Trash2, type LucideIcon } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import { t } from '../lib/text';
import './inputs';
import styles from './records.module.css';
import { Bones, Empty, Trouble } from './state';

interface RecordsProps<T> {
  /** What was read, or why not. */
  read: { data?: T[] | undefined; error: Error | null; refetch(): unknown };
  /** What is searched in; absent: the list is too short for a search. */
  text?: (record: T) => string;
  search?: string;
  empty: { icon: LucideIcon; title: string; text: string; action?: ReactNode };
  row(record: T): ReactNode;
}

export function Records<T>({ read: { data, error, refetch }, text, search = '', empty, row }: RecordsProps<T>) {
  const [wanted, setWanted] = useState('');
  const needle = wanted.trim().toLocaleLowerCase();
  const found = text && needle ? data?.filter((record) => text(record).toLocaleLowerCase().includes(needle)) : data;
  return (
    <>
      {text && (
        <TextInput mt="lg" type="search" aria-label={search} placeholder={search} leftSection={<Search aria-hidden size={16} />} value={wanted} onChange={(event) => setWanted(event.currentTarget.value)} />
      )}
      <div className={styles['card']}>
        {error && !data && <Trouble error={error} retry={() => void refetch()} />}
        {!data && !error && <Bones rows={4} height={56} />}
        {data?.length === 0 && <Empty icon={empty.icon} title={empty.title} text={empty.text}>{empty.action}</Empty>}
        {data && data.length > 0 && found?.length === 0 && <Empty icon={Search} title={t('records.none')} text={t('records.noneFound', { text: wanted })} />}
        {found && found.length > 0 && <ul className={styles['list']}>{found.map(row)}</ul>}
      </div>
    </>
  );
}

interface RecordProps {
  face: ReactNode;
  name: string;
  text?: ReactNode;
  marks?: readonly string[];
  /** The row opens the record. */
  onOpen?: () => void;
  onRemove?: () => void;
  /** What the button at the end says. */
  remove?: string;
}

export function Record({ face, name, text, marks = [], onOpen, onRemove, remove = t('records.remove', { name }) }: RecordProps) {
  const label = <bdi>{name}</bdi>;
  return (
    <li className={styles['record']}>
      <span className={styles['face']}>{face}</span>
      <span className={styles['who']}>
        {onOpen ? <UnstyledButton className={styles['way']} dir="auto" onClick={onOpen}>{label}</UnstyledButton> : <span className={styles['name']} dir="auto">{label}</span>}
        {text && <span className={styles['text']}>{text}</span>}
      </span>
      {marks.length > 0 && (
        <span className={styles['marks']}>
          {marks.map((mark) => <span key={mark} className={styles['mark']}><bdi>{mark}</bdi></span>)}
        </span>
      )}
      {onRemove && (
        <ActionIcon className={styles['remove']} variant="subtle" color="gray" size={34} aria-label={remove} title={remove} onClick={onRemove}>
          <Trash2 aria-hidden size={17} />
        </ActionIcon>
      )}
    </li>
  );
}
