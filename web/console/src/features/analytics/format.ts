// How figures are written.
import { locale, maybe, t } from '../../lib/text';

/** 4:05 of seconds, with hours when there are any. */
export function seconds(value: number): string {
  const whole = Math.round(value);
  const [h, m, s] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60];
  const two = (n: number) => String(n).padStart(2, '0');
  return h > 0 ? `${h}:${two(m)}:${two(s)}` : `${m}:${two(s)}`;
}

export function amount(value: number): string {
  return new Intl.NumberFormat(locale(), { maximumFractionDigits: 2 }).format(value);
}

/** A part of the whole: 0.75 is 75 %, in the language's own way. */
export function percent(part: number): string {
  return new Intl.NumberFormat(locale(), { style: 'percent', maximumFractionDigits: 2 }).format(part);
}

/** A figure's name for people. */
export function nameOf(title: string): string {
  return maybe(`analytics.figure.${title}`) ?? title;
}

/** A figure's value for people: times without leading zeros, weekdays in their language, parts and hours written alike. */
export function shown(title: string, value: string | number): string {
  if (typeof value === 'number') return amount(value);
  const time = /^(\d{2,}):(\d{2}):(\d{2})$/.exec(value);
  if (time) return seconds(Number(time[1]) * 3600 + Number(time[2]) * 60 + Number(time[3]));
  if (title === 'Busiest_day') return weekday(value);
  if (/^[\d.]+%$/.test(value)) return percent(parseFloat(value) / 100);
  return /^[\s-]*$/.test(value) ? t('analytics.nothing') : hours(value);
}

const clock = (hour: number) => new Intl.DateTimeFormat(locale(), { hour: 'numeric', timeZone: 'UTC' }).format(Date.UTC(2026, 0, 4, hour));

/** An hour of the day or the time from one to another, as the server names them (5PM-6PM), in the reader's way. */
export function hours(text: string): string {
  const all = [...text.matchAll(/(\d{1,2})([AP])M/g)].map(([, hour, half]) => clock((Number(hour) % 12) + (half === 'P' ? 12 : 0)));
  return all.length > 0 ? all.join(' – ') : text;
}

/** A date of a chart. */
export function dayLabel(date: string): string {
  return new Intl.DateTimeFormat(locale(), { day: 'numeric', month: 'numeric', timeZone: 'UTC' }).format(Date.parse(date));
}

/** The value as a number, if it is one. */
export function measured(value: string | number | undefined): number | undefined {
  if (typeof value === 'number') return value;
  const time = /^(\d{2,}):(\d{2}):(\d{2})$/.exec(value ?? '');
  return time ? Number(time[1]) * 3600 + Number(time[2]) * 60 + Number(time[3]) : undefined;
}

/** How a row's part in a figure is shown. */
export function kindOf(title: string): 'time' | 'number' {
  return /time|duration|response|reaction/i.test(title) && title !== 'Busiest_time' ? 'time' : 'number';
}

const sunday = Date.UTC(2026, 0, 4);
const names = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];

function weekday(english: string): string {
  const at = names.indexOf(english);
  if (at < 0) return english === '-' ? t('analytics.nothing') : english; // it is in the reader's language already
  return new Intl.DateTimeFormat(locale(), { weekday: 'long', timeZone: 'UTC' }).format(sunday + at * 86_400_000);
}

/** A column's name in a file, with its unit where that does not show by itself. */
export function heading(name: string, as: 'number' | 'time' | 'percent'): string {
  return as === 'number' ? name : t('analytics.unit', { name, unit: t(as === 'time' ? 'analytics.inSeconds' : 'analytics.inPercent') });
}

/** A figure as programs read it: times in seconds, parts in percent. */
export function plain(value: string | number): string | number {
  if (typeof value === 'string' && /^[\d.]+%$/.test(value)) return parseFloat(value);
  return measured(value) ?? value;
}

/** One cell of a table for programs; what a spreadsheet would carry out is only text (analytics 8). */
export function cell(value: string | number): string {
  const text = typeof value === 'string' && /^[=+\-@\t\r]/.test(value) ? `'${value}` : String(value);
  return /[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** Gives a table to the browser to keep. */
export function save(name: string, rows: (string | number)[][]): void {
  const url = URL.createObjectURL(new Blob([`\uFEFF${rows.map((row) => row.map(cell).join(',')).join('\r\n')}\r\n`], { type: 'text/csv' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = `${name}.csv`;
  link.click();
  URL.revokeObjectURL(url);
}
