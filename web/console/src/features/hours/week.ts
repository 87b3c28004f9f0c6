// A week as it is edited: seven days in the order people expect, each open or not, with its windows.
import type { Response } from '../../lib/api';
import { locale } from '../../lib/text';
import { hourStyle } from '../../lib/time';

export type Hour = Response<'GET /api/v1/livechat/business-hours'>['businessHours'][number];

/** The server's names of the days, Sunday first. */
export const days = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'] as const;
export type DayName = (typeof days)[number];

/** From one time of the day to another: "08:00". */
export interface Window {
  start: string;
  finish: string;
}

export interface Day {
  day: DayName;
  open: boolean;
  /** A closed day keeps its windows for when it opens again. */
  windows: Window[];
}

/** What a day opens with that had no windows. */
const usual: Window = { start: '08:00', finish: '20:00' };

/** The first day of the week here: 0 is Sunday. */
export function firstDay(tag = locale()): number {
  const here = new Intl.Locale(tag) as Intl.Locale & { getWeekInfo?: () => { firstDay: number }; weekInfo?: { firstDay: number } };
  return ((here.getWeekInfo?.() ?? here.weekInfo)?.firstDay ?? 1) % 7;
}

/** The week of stored windows, beginning with a day of the week. */
export function weekOf(windows: Hour['workHours'], first = firstDay()): Day[] {
  return days.map((_, i) => {
    const day = days[(first + i) % 7] ?? 'Monday';
    const all = windows.filter((window) => window.day === day);
    const open = all.filter((window) => window.open);
    const shown = (open.length > 0 ? open : all).map(({ start, finish }) => ({ start: start.time, finish: finish.time }));
    return { day, open: open.length > 0, windows: sorted(shown.length > 0 ? shown : [usual]) };
  });
}

/** What is sent: the windows of all days, those of closed days marked so. */
export function workHours(week: readonly Day[]): (Window & { day: DayName; open: boolean })[] {
  return week
    .toSorted((a, b) => days.indexOf(a.day) - days.indexOf(b.day))
    .flatMap(({ day, open, windows }) => sorted(windows).map((window) => ({ day, open, ...window })));
}

function sorted(windows: Window[]): Window[] {
  return windows.toSorted((a, b) => a.start.localeCompare(b.start));
}

/** A further window of a day: an hour after the last one, as long as the day allows. */
export function another(windows: readonly Window[]): Window | undefined {
  const last = Math.max(0, ...windows.map(({ finish }) => minutes(finish)));
  const start = last === 0 ? 480 : last + 60;
  if (start > lastMinute - 15) return undefined;
  return { start: time(start), finish: time(Math.min(start + 240, lastMinute)) };
}

const lastMinute = 23 * 60 + 59;

function minutes(text: string): number {
  const [hour = 0, minute = 0] = text.split(':').map(Number);
  return hour * 60 + minute;
}

function time(minute: number): string {
  return `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;
}

/** What is wrong with a day's windows, as the server would say it. */
export function wrong({ open, windows }: Day): 'equal' | 'before' | 'overlap' | 'empty' | undefined {
  if (!open) return undefined;
  if (windows.some(({ start, finish }) => !start || !finish)) return 'empty';
  if (windows.some(({ start, finish }) => start === finish)) return 'equal';
  if (windows.some(({ start, finish }) => finish < start)) return 'before';
  const line = sorted(windows);
  return line.some(({ start }, i) => i > 0 && start < (line[i - 1]?.finish ?? '')) ? 'overlap' : undefined;
}

/** Days that follow one another with the same windows. */
export interface Stretch {
  from: DayName;
  to: DayName;
  windows: Window[];
}

/** A week in few words: its open days, equal neighbours as one. */
export function stretches(week: readonly Day[]): Stretch[] {
  const found: Stretch[] = [];
  let before: string | undefined;
  for (const { day, open, windows } of week) {
    const same = open ? JSON.stringify(windows) : undefined;
    const last = found.at(-1);
    if (same !== undefined && same === before && last) last.to = day;
    else if (same !== undefined) found.push({ from: day, to: day, windows });
    before = same;
  }
  return found;
}

/** A weekday's name here. */
export function dayText(day: DayName, length: 'long' | 'short'): string {
  const sunday = Date.UTC(2024, 0, 7);
  return new Intl.DateTimeFormat(locale(), { weekday: length, timeZone: 'UTC' }).format(sunday + days.indexOf(day) * 86_400_000);
}

/** A time of the day as it is written here. */
export function clockText(text: string): string {
  return new Intl.DateTimeFormat(locale(), { hour: hourStyle(), minute: '2-digit', timeZone: 'UTC' }).format(minutes(text) * 60_000);
}

/** "Mon–Fri 08:00–20:00", one text a stretch. */
export function summary(week: readonly Day[]): string[] {
  return stretches(week).map(({ from, to, windows }) => {
    const names = from === to ? dayText(from, 'short') : `${dayText(from, 'short')}–${dayText(to, 'short')}`;
    return `${names} ${windows.map(({ start, finish }) => `${clockText(start)}–${clockText(finish)}`).join(', ')}`;
  });
}

/** All zones this browser knows, and the one in use. */
export function zones(used: string): string[] {
  const known = Intl.supportedValuesOf('timeZone');
  return [...new Set(['UTC', ...known, used])].toSorted();
}
