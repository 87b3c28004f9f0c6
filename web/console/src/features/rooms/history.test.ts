import { describe, expect, it } from 'vitest';
import { message } from '../../lib/samples';
import { mergeMessages, withOlder } from './history';

const ids = (list: { _id: string }[]) => list.map(({ _id }) => _id);

describe('mergeMessages', () => {
  it('orders by number whatever the order of arrival', () => {
    expect(ids(mergeMessages([message(3)], [message(5), message(1)]))).toEqual(['m1', 'm3', 'm5']);
  });
  it('keeps one of each id, the newer text', () => {
    expect(mergeMessages([message(3)], [message(3, { msg: 'newer' })])).toMatchObject([{ msg: 'newer' }]);
  });
});

describe('withOlder', () => {
  it('puts the older page in front, keeps the head and takes over whether there is more', () => {
    const now = { messages: [message(9)], seq: 12, more: true };
    const older = { messages: [message(2), message(4)], seq: 12, more: false };
    expect(withOlder(now, older)).toMatchObject({ seq: 12, more: false, messages: [{ seq: 2 }, { seq: 4 }, { seq: 9 }] });
  });
});
