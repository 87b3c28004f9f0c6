import { describe, expect, it } from 'vitest';
import { cell, kindOf, measured, percent, seconds, shown } from './format';
import { before } from './queries';
import '../../lib/page-texts';

describe('figures', () => {
  it('are written for people', () => {
    expect([seconds(5), seconds(65.4), seconds(3600 * 27 + 61)]).toEqual(['0:05', '1:05', '27:01:01']);
    expect([shown('Avg_response_time', '00:04:05'), shown('Busiest_day', 'Monday'), shown('Busiest_time', '- -'), shown('Total_messages', 1234)]).toEqual(['4:05', 'Monday', '–', '1,234']);
    expect([shown('Busiest_time', '1AM- 2AM'), shown('Busiest_time', '11AM - 12PM'), shown('Busiest_time', '5PM-6PM')]).toEqual(['1AM – 2AM', '11AM – 12PM', '5PM – 6PM']);
    expect([shown('Occupancy', '100.00%'), shown('Occupancy', '0%'), shown('Occupancy', '33.33%'), percent(0.75)]).toEqual(['100%', '0%', '33.33%', '75%']);
    expect([measured('01:00:01'), measured(4), measured('9AM - 10AM')]).toEqual([3601, 4, undefined]);
    expect([kindOf('Avg_first_response_time'), kindOf('Busiest_time'), kindOf('Total_messages')]).toEqual(['time', 'number', 'number']);
  });
  it('are nothing a spreadsheet carries out', () => {
    expect(['=1+1', '+1', '-1', '@x', 'a"b', 'a,b', 'plain'].map(cell)).toEqual(["'=1+1", "'+1", "'-1", "'@x", '"a""b"', '"a,b"', 'plain']);
    expect(cell(-3)).toBe('-3');
  });
  it('are compared with as many days before', () => {
    expect(before({ from: '2026-03-28', to: '2026-03-30', department: 'd' })).toEqual({ from: '2026-03-25', to: '2026-03-27', department: 'd' });
    expect(before({ from: '2026-03-01', to: '2026-03-01', department: null })).toEqual({ from: '2026-02-28', to: '2026-02-28', department: null });
  });
});
