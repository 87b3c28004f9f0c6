// Sizes for people.
import { language } from './text';

const units = ['byte', 'kilobyte', 'megabyte', 'gigabyte'];

/** "1.2 MB", in the language of the screen. */
export function bytes(n: number): string {
  const power = Math.min(units.length - 1, Math.floor(Math.log(Math.max(1, n)) / Math.log(1024)));
  return new Intl.NumberFormat(language(), { style: 'unit', unit: units[power], unitDisplay: power ? 'short' : 'narrow', maximumFractionDigits: 1 }).format(n / 1024 ** power);
}
