import { describe, expect, it } from 'vitest';
import { everything, questionOf, stateOf } from './find';

describe('the search for chats', () => {
  it('asks for nothing in particular', () => expect(questionOf(everything)).toEqual({}));

  it('words every filter', () => {
    const { createdAt, ...rest } = questionOf({ name: 'ann', state: 'closed', department: 'd', agent: 'a', from: '2026-03-01', to: '2026-03-02' });
    expect(rest).toEqual({ open: false, roomName: 'ann', departmentId: 'd', agents: ['a'] });
    expect(new Date(createdAt?.end ?? '').getTime() - new Date(createdAt?.start ?? '').getTime()).toBe(2 * 86_400_000 - 1);
  });

  it('leaves one end of the days open', () => expect(questionOf({ ...everything, from: '2026-03-01' }).createdAt).not.toHaveProperty('end'));

  it('knows the states', () => {
    expect(stateOf({ open: false })).toBe('closed');
    expect(stateOf({ open: true })).toBe('waiting');
    expect(stateOf({ open: true, verifying: true })).toBe('verifying');
    expect(questionOf({ ...everything, state: 'verifying' })).toEqual({ verifying: true });
    expect(stateOf({ open: true, servedBy: { _id: 'a', username: 'a', ts: '' } })).toBe('served');
    expect(stateOf({ open: true, servedBy: { _id: 'a', username: 'a', ts: '' }, onHold: true })).toBe('held');
  });
});
