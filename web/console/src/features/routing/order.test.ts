import { describe, expect, it } from 'vitest';
import { inquiry } from '../../lib/samples';
import { inOrder } from './order';

const at = (minute: number) => `2026-03-02T10:${String(minute).padStart(2, '0')}:00.000Z`;
const none = { priorityWeight: 99, estimatedWaitingTimeQueue: 9999999 };
const waiting = [
  inquiry('old', { ts: at(0), ...none }),
  inquiry('low', { ts: at(1), ...none, priorityWeight: 5 }),
  inquiry('soon', { ts: at(8), ...none, estimatedWaitingTimeQueue: 5 }),
  inquiry('high', { ts: at(3), ...none, priorityWeight: 1, estimatedWaitingTimeQueue: 30 }),
];
const rids = (sorting: string) => inOrder(waiting, sorting).map(({ rid }) => rid);

describe('the queue’s order', () => {
  it('RQ-SORT: Timestamp is age', () => expect(rids('Timestamp')).toEqual(['old', 'low', 'high', 'soon']));
  it('RQ-SORT: Priority puts the most urgent first, without one last', () => expect(rids('Priority')).toEqual(['high', 'low', 'old', 'soon']));
  it('RQ-SORT: SLAs puts the shortest first, whatever its age', () => expect(rids('SLAs')).toEqual(['soon', 'high', 'old', 'low']));
  it('RQ-SORT-2: SLADeadline puts what is due first', () => expect(rids('SLADeadline')).toEqual(['soon', 'high', 'old', 'low']));
  it('RQ-SORT-2: a deadline lets age count', () => {
    const early = inquiry('early', { ts: at(0), ...none, estimatedWaitingTimeQueue: 30 });
    const late = inquiry('late', { ts: at(29), ...none, estimatedWaitingTimeQueue: 5 });
    expect([inOrder([late, early], 'SLADeadline')[0]?.rid, inOrder([late, early], 'SLAs')[0]?.rid]).toEqual(['early', 'late']);
  });
  it('RQ-SORT-5: a value nobody knows sorts by age', () => expect(rids('Moon')).toEqual(rids('Timestamp')));
  it('PT-SORT: of the same age the one that changed last, then the id', () => {
    const same = [inquiry('b', { _updatedAt: at(1) }), inquiry('a', { _updatedAt: at(1) }), inquiry('c', { _updatedAt: at(2) })];
    expect(inOrder(same, 'Timestamp').map(({ rid }) => rid)).toEqual(['c', 'a', 'b']);
  });
});
