import { afterEach, describe, expect, it } from 'vitest';
import { speak } from './text';
import { dayLabel, duration, lateAfter, overdueAfter, sameDay, shortMoment, timeOfDay, upcoming, urgency } from './time';

const now = new Date(2026, 2, 12, 14, 0).getTime();
const minute = 60_000;

afterEach(() => speak('en'));

describe('duration', () => {
  it.each([
    [-5, '0 s'], [12_400, '12 s'], [59_999, '59 s'], [minute, '1 min'], [59 * minute, '59 min'],
    [65 * minute, '1 h 05'], [24 * 60 * minute, '1 d'], [49 * 60 * minute, '2 d'],
  ])('%d ms → %s', (ms, text) => expect(duration(ms)).toBe(text));
  it('speaks the language in use', async () => {
    await speak('de');
    expect(duration(3 * minute)).toBe('3 Min');
  });
});

describe('urgency', () => {
  it('with a service level is late after half of it, and overdue after it', () => {
    expect([14, 15, 29, 30].map((minutes) => urgency(minutes * minute, 30))).toEqual(['calm', 'late', 'late', 'overdue']);
    expect(urgency(overdueAfter, 9_999_999)).toBe('overdue');
  });
  it('turns at its two limits', () => {
    expect([lateAfter - 1, lateAfter, overdueAfter - 1, overdueAfter].map((waited) => urgency(waited))).toEqual(['calm', 'late', 'late', 'overdue']);
  });
});

describe('days', () => {
  it('names today and yesterday, also just around midnight', () => {
    expect(dayLabel(new Date(2026, 2, 12, 0, 0).getTime(), now)).toBe('Today');
    expect(dayLabel(new Date(2026, 2, 11, 23, 59).getTime(), now)).toBe('Yesterday');
    expect(dayLabel(new Date(2026, 2, 10, 9, 0).getTime(), now)).toMatch(/10 March|March 10/);
  });
  it('shows the year only when it is another one', () => {
    expect(dayLabel(new Date(2026, 0, 5).getTime(), now)).not.toMatch(/2026/);
    expect(dayLabel(new Date(2025, 0, 5).getTime(), now)).toMatch(/2025/);
  });
  it('tells days apart by the calendar, not by 24 hours', () => {
    expect(sameDay(new Date(2026, 2, 12, 0, 1).getTime(), new Date(2026, 2, 12, 23, 59).getTime())).toBe(true);
    expect(sameDay(new Date(2026, 2, 11, 23, 59).getTime(), new Date(2026, 2, 12, 0, 1).getTime())).toBe(false);
  });
  it('writes an hour as the widget does: alone of twelve, with two digits of 24', async () => {
    const early = new Date(2026, 2, 12, 2, 5).getTime();
    expect(timeOfDay(early)).toBe('2:05 AM');
    await speak('de');
    expect(timeOfDay(early)).toBe('02:05');
  });
  it('shortens to the time, the weekday, the date', () => {
    expect(shortMoment(new Date(2026, 2, 12, 9, 5).getTime(), now)).toMatch(/9:05|09:05/);
    expect(shortMoment(new Date(2026, 2, 9, 9, 5).getTime(), now)).toBe('Mon');
    expect(shortMoment(new Date(2026, 1, 9, 9, 5).getTime(), now)).toMatch(/Feb/);
  });
});

describe('a moment ahead', () => {
  const noon = Date.UTC(2026, 2, 12, 12);
  it.each([
    [3, 'Europe/Berlin', /^(16|4):00/], [20, 'Europe/Berlin', /^Fri,? 0?9:00/], [20, 'Pacific/Auckland', /^(21|9):00/], [240, 'UTC', /^Sun,? (22 Mar|Mar 22).*12:00/],
  ])('in %d h in %s', (hours, zone, text) => expect(upcoming(noon + hours * 60 * minute, noon, zone)).toMatch(text));
  it('in a zone this browser does not know is told in its own', () => {
    expect(upcoming(noon, noon, 'Mars/Olympus')).toBe(upcoming(noon, noon));
  });
});
