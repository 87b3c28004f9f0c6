// A number of minutes as people say it.
import { locale } from '../../lib/text';

const units = [
  { unit: 'day', minutes: 1440 },
  { unit: 'hour', minutes: 60 },
  { unit: 'minute', minutes: 1 },
] as const;

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
