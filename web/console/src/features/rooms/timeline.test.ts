import { describe, expect, it } from 'vitest';
import { agent, message } from '../../lib/samples';
import { timeline } from './timeline';

const at = (time: string) => `2026-03-02T${time}:00.000Z`;
const shape = (seen: number | undefined, ...messages: ReturnType<typeof message>[]) =>
  timeline(messages, { visitor: 'v1', seen }).map((item) => ('messages' in item ? `${item.is}:${item.messages.map(({ seq }) => seq).join()}` : item.is));

describe('timeline', () => {
  it('groups one sender within five minutes', () => {
    expect(shape(undefined, message(1, { ts: at('10:00') }), message(2, { ts: at('10:04') }), message(3, { ts: at('10:10') }))).toEqual(['day', 'group:1,2', 'group:3']);
  });
  it('begins a group with another sender', () => {
    expect(shape(undefined, message(1), message(2, { u: agent }))).toEqual(['day', 'group:1', 'group:2']);
  });
  it('begins a group with another name of one sender, but not of the visitor, who has one', () => {
    const by = (name: string, u = agent) => ({ u: { ...u, name } });
    expect(shape(undefined, message(1, by('Rosa')), message(2, by('Alex')), message(3, by('Alex')))).toEqual(['day', 'group:1', 'group:2,3']);
    expect(shape(undefined, message(1), message(2, { u: { _id: 'v1', username: 'guest-1', name: 'Ann Example' } }))).toEqual(['day', 'group:1,2']);
  });
  it('puts a line before each day', () => {
    expect(shape(undefined, message(1), message(2, { ts: '2026-03-09T10:00:00.000Z' }))).toEqual(['day', 'group:1', 'day', 'group:2']);
  });
  it('collects system lines and never shows commands', () => {
    expect(shape(undefined, message(1, { t: 'livechat-started' }), message(2, { t: 'command' }), message(3, { t: 'uj' }), message(4))).toEqual(['day', 'system:1,3', 'group:4']);
  });
  it('marks what is new once, at the visitor’s first message after what was seen', () => {
    expect(shape(2, message(2), message(3, { u: agent }), message(4), message(5))).toEqual(['day', 'group:2', 'group:3', 'new', 'group:4,5']);
  });
  it('does not group across the mark', () => {
    expect(shape(1, message(1), message(2))).toEqual(['day', 'group:1', 'new', 'group:2']);
  });
});
