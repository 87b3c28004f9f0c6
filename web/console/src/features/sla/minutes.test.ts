import { expect, test } from 'vitest';
import { minutesLong } from './minutes';

test.each([
  [1, '1 min'],
  [60, '1 hr'],
  [95, '1 hr, 35 min'],
  [1440, '1 day'],
  [2945, '2 days, 1 hr, 5 min'],
  [525600, '365 days'],
])('%i minutes are %s', (minutes, said) => {
  expect(minutesLong(minutes)).toBe(said);
});
