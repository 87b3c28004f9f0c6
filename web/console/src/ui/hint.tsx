// A key and what it does.
import styles from './hint.module.css';

export function Hint({ keys, text }: { keys: readonly string[]; text: string }) {
  return (
    <span className={styles['hint']}>
      {keys.map((key) => (
        <kbd key={key}>{key}</kbd>
      ))}
      {text}
    </span>
  );
}

/** The name of the command key on this machine. */
export const commandKey = /Mac|iP(hone|ad)/.test(navigator.userAgent) ? '⌘' : 'Ctrl';
