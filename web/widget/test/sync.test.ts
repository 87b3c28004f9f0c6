import { describe, expect, it } from 'vitest';
import { openSync } from '../model/sync';

describe('the account of numbers', () => {
  it('uses the next, drops the known, sees a gap', () => {
    const sync = openSync();
    expect([1, 2, 2, 1, 4, 3].map(sync.see)).toEqual(['use', 'use', 'drop', 'drop', 'gap', 'use']);
    expect(sync.last()).toBe(3);
  });

  it('asks once: while the answer is awaited everything is used and nothing counts', () => {
    const sync = openSync();
    sync.see(1);
    expect(sync.see(3)).toBe('gap');
    sync.join();
    expect([5, 2, 3, 1].map(sync.see)).toEqual(['use', 'use', 'use', 'use']);
    expect(sync.last()).toBe(1);
    sync.complete(5);
    expect([sync.last(), sync.see(5), sync.see(6)]).toEqual([5, 'drop', 'use']);
  });

  it('never counts backwards', () => {
    const sync = openSync();
    sync.complete(9);
    sync.complete(4);
    expect(sync.last()).toBe(9);
  });
});
