import { describe, expect, it } from 'vitest';
import { another, days, firstDay, stretches, weekOf, workHours, wrong, type Hour } from './week';

type Stored = Hour['workHours'][number];

function stored(day: Stored['day'], start: string, finish: string, open = true): Stored {
  const time = (text: string): Stored['start'] => ({ time: text, utc: { dayOfWeek: '', time: '' }, cron: { dayOfWeek: '', time: '' } });
  return { day, code: days.indexOf(day), open, start: time(start), finish: time(finish) };
}

describe('a week', () => {
  const week = weekOf([stored('Monday', '13:00', '17:00'), stored('Monday', '08:00', '12:00'), stored('Sunday', '10:00', '11:00', false)], 1);

  it('begins with the day people expect and has all seven', () => {
    expect(week.map(({ day }) => day)).toEqual(['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday']);
    expect(firstDay('de-DE')).toBe(1);
  });
  it('has the windows of a day in order, and keeps those of a closed one', () => {
    expect(week[0]).toEqual({ day: 'Monday', open: true, windows: [{ start: '08:00', finish: '12:00' }, { start: '13:00', finish: '17:00' }] });
    expect(week[6]).toEqual({ day: 'Sunday', open: false, windows: [{ start: '10:00', finish: '11:00' }] });
  });
  it('is sent with Sunday first', () => {
    const sent = workHours(week);
    expect(sent[0]).toEqual({ day: 'Sunday', open: false, start: '10:00', finish: '11:00' });
    expect(sent.filter(({ open }) => open)).toHaveLength(2);
  });
});

describe('what is wrong with a day', () => {
  const day = (...windows: [string, string][]) => wrong({ day: 'Monday', open: true, windows: windows.map(([start, finish]) => ({ start, finish })) });
  it.each([
    ['nothing', day(['08:00', '12:00'], ['12:00', '13:00']), undefined],
    ['equal', day(['08:00', '08:00']), 'equal'],
    ['before', day(['08:00', '07:00']), 'before'],
    ['overlap', day(['10:00', '12:00'], ['08:00', '10:01']), 'overlap'],
    ['empty', day(['', '12:00']), 'empty'],
  ])('%s', (_, got, want) => expect(got).toBe(want));
  it('nothing while it is closed', () => {
    expect(wrong({ day: 'Monday', open: false, windows: [{ start: '2', finish: '' }] })).toBeUndefined();
  });
});

it('equal neighbours are one stretch, a closed day ends it', () => {
  const office = (['Monday', 'Tuesday', 'Thursday'] as const).map((day) => stored(day, '08:00', '20:00'));
  expect(stretches(weekOf(office, 1)).map(({ from, to }) => `${from}-${to}`)).toEqual(['Monday-Tuesday', 'Thursday-Thursday']);
});

it('a further window begins after the last one, if the day is long enough', () => {
  expect(another([{ start: '08:00', finish: '12:00' }])).toEqual({ start: '13:00', finish: '17:00' });
  expect(another([{ start: '08:00', finish: '21:30' }])).toEqual({ start: '22:30', finish: '23:59' });
  expect(another([{ start: '08:00', finish: '23:00' }])).toBeUndefined();
  expect(another([])).toEqual({ start: '08:00', finish: '12:00' });
});
