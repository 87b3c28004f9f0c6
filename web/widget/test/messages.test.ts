import { describe, expect, it } from 'vitest';
import { openMessages } from '../model/messages';
import type { Message } from '../model/wire';
import { chance, message, shuffled } from './fakes';

describe('messages', () => {
  it('keeps one of each, in the order of the numbers', () => {
    const messages = openMessages();
    expect(messages.merge([message(3), message(1)]).map((m) => m.seq)).toEqual([3, 1]);
    expect(messages.merge([message(1), message(2)]).map((m) => m.seq)).toEqual([2]);
    expect(messages.list().map((m) => m.seq)).toEqual([1, 2, 3]);
  });

  it('takes a newer text and never goes back to an older one', () => {
    const messages = openMessages();
    const edited = message(1, { msg: 'edited', _updatedAt: '2027-01-01T00:00:00.000Z' });
    messages.merge([message(1), edited, message(1)]);
    expect(messages.list()[0]?.msg).toBe('edited');
  });

  it('does not bring a removed message back', () => {
    const messages = openMessages();
    messages.remove('m1');
    messages.merge([message(1), message(2)]);
    expect(messages.list().map((m) => m._id)).toEqual(['m2']);
  });

  it.each(Array.from({ length: 60 }, (_, seed) => [seed]))('ends the same whatever comes twice, late or mixed up (seed %i)', (seed) => {
    const random = chance(seed);
    const truth = Array.from({ length: 40 }, (_, i) => message(i + 1, random() < 0.3 ? { msg: 'edited', _updatedAt: '2027-01-01T00:00:00.000Z' } : {}));
    const removed = truth.filter(() => random() < 0.1).map((m) => m._id);
    const messages = openMessages();
    const deliveries = shuffled([...truth, ...truth.map((m) => message(m.seq)), ...truth.filter(() => random() < 0.5)], random);
    let left = [...removed];
    for (let rest: Message[] = deliveries; rest.length; ) {
      messages.merge(rest.splice(0, 1 + Math.floor(random() * 7)));
      if (random() < 0.3) left.splice(0, 1).forEach((id) => messages.remove(id));
    }
    left.forEach((id) => messages.remove(id));
    expect(messages.list()).toEqual(truth.filter((m) => !removed.includes(m._id)));
  });
});
