// Listens to the keys of the whole page.
import { useEffect, useRef } from 'react';
import { press, step } from './keys';

interface Commands {
  palette(): void;
  help(): void;
}

const pressed = new Set(['1', '2', 'a', 'e', 'f', 'h', 'i', 'r', 't']);

/** Whether the key belongs to what has the focus: a text one writes, a dialog. */
function taken(event: KeyboardEvent): boolean {
  const target = event.target as HTMLElement;
  return event.defaultPrevented || target.isContentEditable || target.matches('input:not([type=checkbox]), textarea, select') || target.closest('[role=dialog]') !== null;
}

/** What a plain key does; false when it does nothing here. */
function act(event: KeyboardEvent, commands: Commands): boolean {
  const inList = document.activeElement?.closest('[data-list]') != null;
  if (event.key === '?') {
    commands.help();
    return true;
  }
  if (event.key === 'j' || (inList && event.key === 'ArrowDown')) return step(1);
  if (event.key === 'k' || (inList && event.key === 'ArrowUp')) return step(-1);
  return pressed.has(event.key) && press(event.key);
}

export function useHotkeys(commands: Commands): void {
  const latest = useRef(commands);
  latest.current = commands;
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.key.toLowerCase() === 'k' && (event.ctrlKey || event.metaKey)) {
        event.preventDefault();
        latest.current.palette();
        return;
      }
      if (event.ctrlKey || event.metaKey || event.altKey || taken(event)) return;
      if (act(event, latest.current)) event.preventDefault();
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, []);
}
