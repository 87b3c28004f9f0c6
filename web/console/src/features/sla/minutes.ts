// A number of minutes as people say it.
import { locale } from '../../lib/text';

const units = [
  { unit: 'day', minutes: 1440 },
  { unit: 'hour', minutes: 60 },
  { unit: 'minute', minutes: 1 },
] as const;

/** A year. */
export const longest = 525_600;

/** Whether a due time is a whole number of minutes from one to a year. */
export function isDue(minutes: number | string): minutes is number {
  return typeof minutes === 'number' && Number.isInteger(minutes) && minutes >= 1 && minutes <= longest;
}

/** "1 day, 2 hr, 5 min": exactly, unlike a wait. */
export function minutesLong(minutes: number): string {
  let rest = minutes;
  const parts = units.flatMap(({ unit, minutes: long }) => {
    const count = Math.floor(rest / long);
    rest -= count * long;
    return count > 0 ? [new Intl.NumberFormat(locale(), { style: 'unit', unit, unitDisplay: 'short' }).format(count)] : [];
  });
  return new Intl.ListFormat(locale(), { type: 'unit', style: 'short' }).format(parts);
}
