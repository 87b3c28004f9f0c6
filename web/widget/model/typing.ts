import type { Cancel, Clock } from './ports';

const REPEAT = 3000;
const STOP = 5000;
const FORGET = 5000;

/**
 * Tells the other side that the visitor types: at most every three seconds, and
 * that they stopped. It is called with what is written; '' means nothing is.
 */
export function ownTyping(clock: Clock, tell: (on: boolean) => void) {
  let told = 0;
  let stop: Cancel | undefined;
  const end = () => {
    stop?.();
    if (told) tell(false);
    told = 0;
  };
  return (text: string): void => {
    if (!text.trim()) return end();
    stop?.();
    stop = clock.after(STOP, end);
    if (clock.now() - told < REPEAT) return;
    told = clock.now();
    tell(true);
  };
}

/** Whether the other side types. Nobody types for ever: who is not heard of again stops. */
export function othersTyping(clock: Clock, changed: () => void) {
  let typing = false;
  let forget: Cancel | undefined;
  const set = (on: boolean): void => {
    forget?.();
    if (on) forget = clock.after(FORGET, () => set(false));
    if (on === typing) return;
    typing = on;
    changed();
  };
  return { set, any: () => typing };
}
