import { describe, expect, it } from 'vitest';
import { speak } from '../../lib/text';
import { joined, sorted } from './department-queries';
import { cell, dayLabel, heading, hours, kindOf, measured, percent, plain, seconds, shown } from './format';
import { before } from './queries';
import '../../lib/page-texts';

describe('figures', () => {
  it('are written for people', () => {
    expect([seconds(5), seconds(65.4), seconds(3600 * 27 + 61)]).toEqual(['0:05', '1:05', '27:01:01']);
    expect([shown('Avg_response_time', '00:04:05'), shown('Busiest_day', 'Monday'), shown('Busiest_time', '- -'), shown('Total_messages', 1234)]).toEqual(['4:05', 'Monday', '–', '1,234']);
    expect([shown('Busiest_time', '1AM- 2AM'), shown('Busiest_time', '11AM - 12PM'), shown('Busiest_time', '5PM-6PM')]).toEqual(['1 AM – 2 AM', '11 AM – 12 PM', '5 PM – 6 PM']);
    expect([shown('Busiest_day', '-'), shown('Busiest_day', 'Mittwoch'), hours('11PM-12AM'), hours('later'), dayLabel('2026-03-05')]).toEqual(['–', 'Mittwoch', '11 PM – 12 AM', 'later', '3/5']);
    expect([shown('Occupancy', '100.00%'), shown('Occupancy', '0%'), shown('Occupancy', '33.33%'), percent(0.75)]).toEqual(['100%', '0%', '33.33%', '75%']);
    expect([measured('01:00:01'), measured(4), measured('9AM - 10AM')]).toEqual([3601, 4, undefined]);
    expect([kindOf('Avg_first_response_time'), kindOf('Busiest_time'), kindOf('Total_messages')]).toEqual(['time', 'number', 'number']);
  });
  it('name hours and days as the reader does (AN-17)', async () => {
    await speak('de');
    expect([hours('5PM-6PM'), hours('12AM - 1AM'), hours('12PM'), dayLabel('2026-03-05'), shown('Busiest_day', 'Monday')]).toEqual(['17 Uhr – 18 Uhr', '00 Uhr – 01 Uhr', '12 Uhr', '5.3.', 'Montag']);
    await speak('en');
  });
  it('are nothing a spreadsheet carries out', () => {
    expect(['=1+1', '+1', '-1', '@x', 'a"b', 'a,b', 'plain'].map(cell)).toEqual(["'=1+1", "'+1", "'-1", "'@x", '"a""b"', '"a,b"', 'plain']);
    expect(cell(-3)).toBe('-3');
  });
  it('are kept in files as programs read them, with their units', () => {
    expect([plain('00:01:05'), plain('33.33%'), plain('0%'), plain(7)]).toEqual([65, 33.33, 0, 7]);
    expect([heading('Wait', 'time'), heading('Share', 'percent'), heading('Chats', 'number')]).toEqual(['Wait (seconds)', 'Share (percent)', 'Chats']);
  });
  it('are compared with as many days before', () => {
    expect(before({ from: '2026-03-28', to: '2026-03-30', department: 'd' })).toEqual({ from: '2026-03-25', to: '2026-03-27', department: 'd' });
    expect(before({ from: '2026-03-01', to: '2026-03-01', department: null })).toEqual({ from: '2026-02-28', to: '2026-02-28', department: null });
  });
});

describe('the figures of departments', () => {
  const empty = { departments: [] };
  const rows = joined([
    { departments: [{ _id: 'a', rooms: 3 }, { _id: 'b', rooms: 7 }, { _id: null, rooms: 1 }] },
    { departments: [{ _id: 'b', averageWaitingTimeInSeconds: 0 }, { _id: 'a', averageWaitingTimeInSeconds: 12 }] },
    empty, empty, empty, { departments: [{ _id: 'c', numberOfTransferredRooms: 2 }] }, empty, empty,
  ]);
  const order = (by: 'name' | 'amount-of-chats' | 'average-waiting-time', falling: boolean) => sorted(rows, { by, falling }, ({ id }) => id ?? 'z').map(({ id }) => id);
  it('stand side by side, also where one is missing', () => {
    expect(rows).toEqual([
      { id: 'a', figures: { 'amount-of-chats': 3, 'average-waiting-time': 12 } }, { id: 'b', figures: { 'amount-of-chats': 7, 'average-waiting-time': 0 } },
      { id: null, figures: { 'amount-of-chats': 1 } }, { id: 'c', figures: { 'total-transferred-chats': 2 } },
    ]);
  });
  it('are sorted by any of them, what is missing last', () => {
    expect(order('name', false)).toEqual(['a', 'b', 'c', null]);
    expect(order('name', true)).toEqual([null, 'c', 'b', 'a']);
    expect(order('amount-of-chats', true)).toEqual(['b', 'a', null, 'c']);
    expect(order('amount-of-chats', false)).toEqual([null, 'a', 'b', 'c']);
    expect(order('average-waiting-time', true)).toEqual(['a', 'b', 'c', null]);
  });
});
