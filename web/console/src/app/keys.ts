// The keys of the console. Most press what is marked with `data-key` on the screen,
// so a key does exactly what its button does, and only while there is one.
import type { TextKey } from '../lib/text';

export interface KeyEntry {
  /** As shown to people. */
  shown: readonly string[];
  text: TextKey;
}

export const keyGroups: readonly { title: TextKey; keys: readonly KeyEntry[] }[] = [
  {
    title: 'keys.everywhere',
    keys: [
      { shown: ['mod', 'K'], text: 'keys.palette' },
      { shown: ['?'], text: 'keys.help' },
      { shown: ['1'], text: 'keys.waiting' },
      { shown: ['2'], text: 'keys.mine' },
      { shown: ['a'], text: 'keys.available' },
    ],
  },
  {
    title: 'keys.lists',
    keys: [
      { shown: ['j'], text: 'keys.down' },
      { shown: ['k'], text: 'keys.up' },
      { shown: ['Enter'], text: 'keys.open' },
      { shown: ['t'], text: 'keys.take' },
    ],
  },
  {
    title: 'keys.chat',
    keys: [
      { shown: ['r'], text: 'keys.reply' },
      { shown: ['Enter'], text: 'keys.send' },
      { shown: ['Shift', 'Enter'], text: 'keys.line' },
      { shown: ['Esc'], text: 'keys.leave' },
      { shown: ['f'], text: 'keys.forward' },
      { shown: ['h'], text: 'keys.hold' },
      { shown: ['e'], text: 'keys.close' },
      { shown: ['i'], text: 'keys.context' },
    ],
  },
];

/** Presses what carries the key: in the focused row first, then in the chat, then anywhere. */
export function press(key: string): boolean {
  const marked = `[data-key="${CSS.escape(key)}"]`;
  const row = document.activeElement?.closest('li')?.querySelector<HTMLElement>(marked);
  const target = row ?? document.querySelector<HTMLElement>(`[data-room] ${marked}`) ?? document.querySelector<HTMLElement>(marked);
  if (!target || target.matches(':disabled')) return false;
  if (target instanceof HTMLTextAreaElement) target.focus();
  else target.click();
  return true;
}

/** Moves the focus through the rows of the list; from outside it begins at the chosen row. */
export function step(by: 1 | -1): boolean {
  const rows = [...document.querySelectorAll<HTMLElement>('[data-list] [data-row]')];
  const focused = rows.findIndex((row) => row === document.activeElement);
  const from = focused >= 0 ? focused : rows.findIndex((row) => row.ariaCurrent === 'page');
  const next = rows[from < 0 ? 0 : Math.max(0, Math.min(rows.length - 1, from + by))];
  next?.focus();
  next?.scrollIntoView({ block: 'nearest' });
  return next !== undefined;
}
