import { beforeEach, describe, expect, it } from 'vitest';
import { draftOf, forgetDrafts, keepDraft } from './drafts';

beforeEach(() => localStorage.clear());

describe('drafts', () => {
  it('keeps one text for each room', () => {
    keepDraft('a', 'hello', 1);
    keepDraft('b', 'you', 2);
    expect([draftOf('a'), draftOf('b'), draftOf('c')]).toEqual(['hello', 'you', '']);
  });
  it('forgets a room whose text is empty', () => {
    keepDraft('a', 'hello', 1);
    keepDraft('a', '  ', 2);
    expect([draftOf('a'), localStorage.getItem('foyer.drafts')]).toEqual(['', '{}']);
  });
  it('drops the oldest when there are very many', () => {
    for (let i = 0; i < 205; i++) keepDraft(`room${i}`, 'x', i);
    expect([draftOf('room0'), draftOf('room4'), draftOf('room5'), draftOf('room204')]).toEqual(['', '', 'x', 'x']);
  });
  it('forgets everything at sign-out', () => {
    keepDraft('a', 'hello', 1);
    forgetDrafts();
    expect(draftOf('a')).toBe('');
  });
  it('survives foreign content in the storage', () => {
    localStorage.setItem('foyer.drafts', '{broken');
    expect(draftOf('a')).toBe('');
    keepDraft('a', 'hello', 1);
    expect(draftOf('a')).toBe('hello');
  });
});
