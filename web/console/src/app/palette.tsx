// Every page, chat and action by name.
import { Modal } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Search, type LucideIcon } from 'lucide-react';
import { useState, type KeyboardEvent } from 'react';
import { t } from '../lib/text';
import '../ui/inputs';
import { useCommands } from './commands';
import styles from './palette.module.css';
import { inboxQuery } from '../features/rooms/queries';
import '../lib/page-texts';

/** Something the palette can do. */
export interface Command {
  id: string;
  name: string;
  kind: string;
  icon: LucideIcon;
  run(): void;
}

interface PaletteProps {
  onDone(): void;
  onHelp(): void;
}

export function Palette({ onDone, onHelp }: PaletteProps) {
  const [search, setSearch] = useState('');
  const [at, setAt] = useState(0);
  const { data: inbox } = useQuery(inboxQuery);
  const found = rank(useCommands(inbox, onHelp), search).slice(0, 12);
  const run = (command: Command | undefined) => {
    if (!command) return;
    onDone();
    command.run();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const move = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (move) {
      event.preventDefault();
      setAt((at + move + found.length) % Math.max(1, found.length));
    }
    if (event.key === 'Enter') run(found[at]);
  };
  return (
    <Modal.Root opened onClose={onDone} padding={0} size={560} centered={false} yOffset="12vh">
      <Modal.Overlay backgroundOpacity={0.35} />
      <Modal.Content radius="lg" aria-label={t('palette.title')}>
      <div className={styles['search']}>
        <Search aria-hidden size={18} />
        <input
          data-autofocus
          role="combobox"
          aria-expanded="true"
          aria-controls="palette-list"
          aria-activedescendant={found[at] && `command-${found[at].id}`}
          aria-label={t('palette.title')}
          placeholder={t('palette.placeholder')}
          value={search}
          onChange={(event) => { setSearch(event.target.value); setAt(0); }}
          onKeyDown={onKeyDown}
        />
      </div>
      <ul id="palette-list" role="listbox" aria-label={t('palette.title')} className={styles['list']}>
        {found.map((command, i) => (
          <li key={command.id} id={`command-${command.id}`} role="option" aria-selected={i === at} className={styles['command']} onPointerMove={() => setAt(i)} onClick={() => run(command)}>
            <command.icon aria-hidden size={17} strokeWidth={1.75} />
            <bdi>{command.name}</bdi>
            <span>{command.kind}</span>
          </li>
        ))}
      </ul>
      {found.length === 0 && <p className={styles['none']}>{t('palette.none', { text: search })}</p>}
      </Modal.Content>
    </Modal.Root>
  );
}

/** Those that contain every word, beginnings first. */
function rank(commands: Command[], search: string): Command[] {
  const words = search.trim().toLocaleLowerCase().split(/\s+/);
  const score = ({ name }: Command) => (name.toLocaleLowerCase().startsWith(words[0] ?? '') ? 0 : 1);
  return commands
    .filter(({ name, kind }) => words.every((word) => `${name} ${kind}`.toLocaleLowerCase().includes(word)))
    .toSorted((a, b) => score(a) - score(b));
}
