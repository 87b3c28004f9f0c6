import { describe, expect, it } from 'vitest';
import { inquiry } from '../../lib/samples';
import { loadsOf, queuesOf } from './loads';

const ada = { _id: 'a', username: 'ada', status: 'online' as const };
const ben = { _id: 'b', username: 'ben', status: 'away' as const };

describe('who waits where', () => {
  it('counts each queue, the longest wait first', () => {
    const waiting = [
      inquiry('late', { ts: '2026-03-02T10:05:00.000Z', department: 'sales' }),
      inquiry('early', { ts: '2026-03-02T10:00:00.000Z' }),
      inquiry('first', { ts: '2026-03-02T10:01:00.000Z', department: 'sales' }),
    ];
    expect(queuesOf(waiting).map(({ department, count, oldest }) => [department, count, oldest.rid])).toEqual([[undefined, 1, 'early'], ['sales', 2, 'first']]);
  });
  it('is nothing when nobody waits', () => expect(queuesOf([])).toEqual([]));
});

describe('who serves how much', () => {
  it('adds up departments and knows who has nothing to do', () => {
    const loads = loadsOf([{ chats: 2, user: ben, department: { _id: 's', name: 'Sales' } }, { chats: 1, user: ben, department: {} }], [ada, ben]);
    expect(loads.map(({ agent, chats, departments }) => [agent.username, chats, departments.map(({ name }) => name)])).toEqual([['ben', 3, ['Sales', undefined]], ['ada', 0, []]]);
  });
});
