import { expect, test } from 'vitest';
import { isDue, minutesLong } from './minutes';

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


test.each([0, -5, 1.5, 525_601, '', '-', Number.NaN])('%s is no due time', (minutes) => expect(isDue(minutes)).toBe(false));
test.each([1, 15, 525_600])('%s is a due time', (minutes) => expect(isDue(minutes)).toBe(true));
