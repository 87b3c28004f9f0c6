// What this person chose for this browser.
import type { Language } from './text';
import { preferredLanguage } from './text';
import type { Sound } from './sound';
import { kept } from './store';

export interface Preferences {
  language: Language;
  chatSound: Sound;
  messageSound: Sound;
  /** From 0 to 100. */
  volume: number;
  /** Repeat the new-chat sound until nobody waits any more. */
  repeat: boolean;
  /** Show notifications of the desktop; the browser's permission comes on top. */
  desktop: boolean;
  /** The context panel stands open. */
  context: boolean;
  /** The context panel shows the external page. */
  frame: boolean;
}

export const preferences = kept<Preferences>('preferences', {
  language: preferredLanguage(),
  chatSound: 'chime',
  messageSound: 'drop',
  volume: 70,
  repeat: false,
  desktop: false,
  context: true,
  frame: false,
});

/** Changes some preferences. */
export function prefer(change: Partial<Preferences>): void {
  preferences.set({ ...preferences.get(), ...change });
}
