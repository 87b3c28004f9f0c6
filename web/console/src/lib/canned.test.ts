import { describe, expect, it } from 'vitest';
import { askedFor, filled, fitting, type Canned } from './canned';

const one = (shortcut: string, scope: string, text = '', departmentId?: string) => ({ _id: shortcut + scope, shortcut, scope, text, departmentId }) as Canned;

describe('canned responses', () => {
  it('are asked for at the start of a message only', () => {
    expect([askedFor('/'), askedFor('!hi'), askedFor('/two words'), askedFor('a /hi'), askedFor('/hi\n'), askedFor('')]).toEqual(['', 'hi', 'two words', undefined, undefined, undefined]);
  });
  it('are found by shortcut, then by text; own ones and the department’s first', () => {
    const all = [one('hello', 'global'), one('hello', 'department', '', 'd2'), one('hello', 'department', '', 'd1'), one('hello', 'user'), one('say-hello', 'user'), one('bye', 'user', 'Hello again'), one('other', 'user')];
    expect(fitting(all, 'HELLO', 'd1').map(({ shortcut, scope, departmentId }) => [shortcut, scope, departmentId].filter(Boolean).join(' '))).toEqual([
      'hello user', 'hello department d1', 'hello department d2', 'hello global', 'say-hello user', 'bye user',
    ]);
    expect(fitting(all, '', undefined)).toHaveLength(7);
    expect(fitting(all, 'x', undefined)).toEqual([]);
  });
  it('are filled with what is known, once', () => {
    expect(filled('{{contact.name}}, {{contact.email}} {{toString}} {{contact.name}}', { 'contact.name': '$& {{agent.name}}', 'agent.name': 'x' })).toBe('$& {{agent.name}}, {{contact.email}} {{toString}} $& {{agent.name}}');
  });
});
