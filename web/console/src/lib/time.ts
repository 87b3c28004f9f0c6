// How moments and durations are shown. Everything takes `now`, so it can be tested.
import { locale, t } from './text';

/** How urgent a wait is: shown in colour and in words. */
export type Urgency = 'calm' | 'late' | 'overdue';

const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;
const week = 6 * day; // so that a weekday's name is not today's

/** After these times a waiting visitor is late, then overdue. */
export const lateAfter = 2 * minute;
export const overdueAfter = 5 * minute;

/** How urgent a wait is; with a service level its minutes are the limit, and the last half of them is late. */
export function urgency(waited: number, minutes?: number): Urgency {
  const limit = minutes !== undefined && minutes < noLevel ? minutes * minute : undefined;
  if (waited >= (limit ?? overdueAfter)) return 'overdue';
  return waited >= (limit === undefined ? lateAfter : limit / 2) ? 'late' : 'calm';
}

/** The most urgent of several waits. */
export function mostUrgent(waits: readonly Urgency[]): Urgency {
  if (waits.includes('overdue')) return 'overdue';
  return waits.includes('late') ? 'late' : 'calm';
}

/** The minutes of a chat without a service level. */
const noLevel = 9_999_999;

/** A wait in the largest sensible unit: "12 s", "3 min", "1 h 05", "2 d". */
export function duration(ms: number): string {
  const waited = Math.max(0, ms);
  if (waited < minute) return t('time.seconds', { n: number(Math.floor(waited / second)) });
  if (waited < hour) return t('time.minutes', { n: number(Math.floor(waited / minute)) });
  if (waited < day) {
    const rest = Math.floor((waited % hour) / minute);
    return t('time.hours', { h: number(Math.floor(waited / hour)), m: number(rest, 2) });
  }
  return t('time.days', { n: number(Math.floor(waited / day)) });
}

/** How an hour is written: 2:05 PM, and 02:05 where the day has 24 of them. */
export const hourStyle = () => (new Intl.DateTimeFormat(locale(), { hour: 'numeric' }).resolvedOptions().hour12 ? 'numeric' : '2-digit');

/** The time of day: "14:02". */
export function timeOfDay(at: string | number): string {
  return format({ hour: hourStyle(), minute: '2-digit' }, at);
}

/** Day and time in full, for titles. */
export function fullTime(at: string | number): string {
  return format({ dateStyle: 'full', timeStyle: 'medium' }, at);
}

/** The day as a heading: "Today", "Yesterday", "Monday, 3 March". */
export function dayLabel(at: string | number, now: number): string {
  const distance = daysApart(at, now);
  if (distance === 0) return t('time.today');
  if (distance === 1) return t('time.yesterday');
  const sameYear = new Date(at).getFullYear() === new Date(now).getFullYear();
  return format({ weekday: 'long', day: 'numeric', month: 'long', year: sameYear ? undefined : 'numeric' }, at);
}

/** Short and sortable by eye: today's time, else the day. */
export function shortMoment(at: string | number, now: number): string {
  const distance = daysApart(at, now);
  if (distance === 0) return timeOfDay(at);
  if (distance < 7 && distance > 0) return format({ weekday: 'short' }, at);
  return format({ day: 'numeric', month: 'short' }, at);
}

/** A moment ahead, in a zone or here: today's time, this week "Mon 08:00", else with the date. */
export function upcoming(at: string | number, now: number, zone?: string): string {
  const timeZone = zone !== undefined && knows(zone) ? zone : undefined;
  const time = { hour: hourStyle(), minute: '2-digit', timeZone } as const;
  const date = (of: string | number) => format({ dateStyle: 'short', timeZone }, of);
  if (date(at) === date(now)) return format(time, at);
  if (new Date(at).getTime() - now < week) return format({ weekday: 'short', ...time }, at);
  return format({ weekday: 'short', day: 'numeric', month: 'short', ...time }, at);
}

/** Whether this browser knows a zone. */
function knows(zone: string): boolean {
  try {
    return Boolean(new Intl.DateTimeFormat('en', { timeZone: zone }));
  } catch {
    return false;
  }
}

/** Whether two moments fall on the same day here. */
export function sameDay(a: string | number, b: string | number): boolean {
  return daysApart(a, b) === 0;
}

function daysApart(at: string | number, now: string | number): number {
  return Math.round((midnight(now) - midnight(at)) / day);
}

function midnight(at: string | number): number {
  return new Date(at).setHours(0, 0, 0, 0);
}

const formats = new Map<string, Intl.DateTimeFormat>();
const numbers = new Map<string, Intl.NumberFormat>();

function format(options: Intl.DateTimeFormatOptions, at: string | number): string {
  return remember(formats, locale() + JSON.stringify(options), () => new Intl.DateTimeFormat(locale(), options)).format(new Date(at));
}

function number(n: number, digits = 1): string {
  const make = () => new Intl.NumberFormat(locale(), { minimumIntegerDigits: digits, useGrouping: false });
  return remember(numbers, locale() + digits, make).format(n);
}

/** Formatters are dear to make and asked for every second. */
function remember<T>(known: Map<string, T>, name: string, make: () => T): T {
  const value = known.get(name) ?? make();
  known.set(name, value);
  return value;
}
