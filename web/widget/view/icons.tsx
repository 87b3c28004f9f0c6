import { h } from 'preact';

/** The line icons, 24 × 24, in the colour of the text around them. */
const PATHS = {
  down: 'm6 9 6 6 6-6',
  send: 'M12 19V5m-6 6 6-6 6 6',
  chat: 'M12 4a8 7 0 1 1-3 13.5L5 19l1-3.500A8 7 0 0 1 12 4z',
  warn: 'M12 8v5m0 3v0M12 3l9.500 17h-19z',
  smile: 'M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18zM9 10v.01M15 10v.01M8.500 14.500a4.500 4.500 0 0 0 7 0',
  more: 'M12 4.500a.7.7 0 1 1 0 1.400.7.7 0 1 1 0-1.400zM12 11.300a.7.7 0 1 1 0 1.400.7.7 0 1 1 0-1.400zM12 18.100a.7.7 0 1 1 0 1.400.7.7 0 1 1 0-1.400z',
  done: 'm5 13 4.500 4.500L19 7',
  clip: 'm20 11-8.500 8.500a5 5 0 0 1-7-7L13 4a3.500 3.500 0 0 1 5 5l-8.500 8.500a2 2 0 0 1-3-3L14 7',
  moon: 'M20 14A8 8 0 0 1 10 4a8 8 0 1 0 10 10z',
};

export const Icon = ({ name }: { name: keyof typeof PATHS }) => <svg class="icon" viewBox="0 0 24 24" aria-hidden="true"><path d={PATHS[name]} /></svg>;
