import { describe, expect, test, vi } from 'vitest';
import { type Condition, type Fact, fire, judge, type Match, newVisit, note, patternsOf, replay, type Trigger } from '@foyer/shared/triggers/engine';
import { openMatcher } from '@foyer/shared/triggers/match';

const trigger = (conditions: readonly Condition[], more: Partial<Trigger> = {}): Trigger => ({ _id: 't', runOnce: false, conditions, ...more });
const page = (value: string): Condition => ({ name: 'page-url', value });
const after = (value: number | string): Condition => ({ name: 'time-on-site', value });
const opened: Condition = { name: 'chat-opened-by-visitor' };
const registered: Condition = { name: 'after-guest-registration' };
const match = (pattern: string, address: string): Match => (pattern === '(' ? 'invalid' : pattern === 'slow' ? 'slow' : pattern === '?' ? 'unknown' : new RegExp(pattern).test(address) ? 'yes' : 'no');
const there: Fact[] = [{ at: 1000, is: 'online', yes: true }, { at: 1000, is: 'page', address: 'https://shop/cart' }];
const visitOf = (facts: readonly Fact[], all: readonly Trigger[] = []) => facts.reduce((visit, fact) => note(visit, fact, all), newVisit(1000));

describe('a trigger is judged', () => { // rocketchat-widget.md 8, lifecycle 21
  const cases: [string, Trigger, Fact[], string][] = [
    ['on its page', trigger([page('/cart$')]), there, 'fired'],
    ['on another page', trigger([page('/help')]), there, 'other-page'],
    ['with an expression that is none', trigger([page('(')]), there, 'pattern-invalid'],
    ['with an expression that takes too long', trigger([page('slow')]), there, 'pattern-slow'],
    ['before its expression was tried', trigger([page('?')]), there, 'asking'],
    ['while nobody is there', trigger([page('.*')]), there.slice(1), 'nobody-online'],
    ['during a chat', trigger([page('.*')]), [...there, { at: 2000, is: 'chatting', yes: true }], 'chatting'],
    ['for somebody who is known', trigger([page('.*')]), [...there, { at: 1000, is: 'known' }], 'known'],
    ['for somebody who is known, after the form', trigger([registered]), [...there, { at: 1000, is: 'known' }, { at: 2000, is: 'registered' }], 'fired'],
    ['before the form', trigger([registered]), there, 'not-registered'],
    ['before the widget is opened', trigger([opened]), there, 'not-opened'],
    ['after that', trigger([opened]), [...there, { at: 2000, is: 'opened' }], 'fired'],
    ['too early', trigger([after(5)]), there, 'too-early'],
    ['with a time in words', trigger([after('1')]), there, 'fired'],
    ['when only some of it is so', trigger([page('.*'), opened]), there, 'not-opened'],
    ['that has no condition', trigger([]), there, 'no-conditions'],
    ['with a condition nobody knows', trigger([{ name: 'moon' }]), there, 'no-conditions'],
    ['that is off', trigger([page('.*')], { enabled: false }), there, 'disabled'],
    ['that was met and runs once', trigger([page('.*')], { runOnce: true, met: true }), there, 'fired-before'],
    ['that was met and runs again', trigger([page('.*')], { met: true }), there, 'fired'],
  ];
  test.each(cases)('%s', (_, it, facts, reason) => expect(judge(it, visitOf(facts), 2000, match).reason).toBe(reason));

  test('only time is waited for', () => {
    expect(judge(trigger([after(5), page('.*')]), visitOf(there), 2000, match)).toEqual({ reason: 'too-early', due: 6000 });
    expect(judge(trigger([after(5), page('/help')]), visitOf(there), 2000, match)).toEqual({ reason: 'other-page' });
    expect(judge(trigger([after(5), after(9)]), visitOf(there), 2000, match).due).toBe(10000);
  });

  test('once a page load, until a chat ends', () => {
    const it = trigger([registered]);
    const spoken = fire(visitOf([...there, { at: 2000, is: 'registered' }]), 't');
    expect(judge(it, spoken, 3000, match).reason).toBe('fired-here');
    const closed = [{ at: 4000, is: 'chatting', yes: true }, { at: 5000, is: 'chatting', yes: false }] as const;
    const over = closed.reduce((visit, fact) => note(visit, fact, [it]), spoken);
    expect(judge(it, over, 6000, match).reason).toBe('not-registered');
    expect(judge(it, note(over, { at: 6000, is: 'registered' }, [it]), 6000, match).reason).toBe('fired');
  });
});

test('a visit is played again', () => {
  const all = [trigger([page('/pay')], { _id: 'pay' }), trigger([after(30)], { _id: 'late' }), trigger([after(90)], { _id: 'later' }), trigger([opened], { _id: 'open' })];
  const facts: Fact[] = [...there, { at: 11_000, is: 'page', address: 'https://shop/pay' }, { at: 40_000, is: 'opened' }, { at: 50_000, is: 'chatting', yes: true }];
  expect(replay(all, facts, 200_000, match)).toEqual([
    { trigger: 'pay', at: 11_000, reason: 'fired' },
    { trigger: 'late', at: 31_000, reason: 'fired' },
    { trigger: 'later', at: 50_000, reason: 'chatting' },
    { trigger: 'open', at: 40_000, reason: 'fired' },
  ]);
  expect(replay(all, [], 5, match)).toEqual([]);
});

describe('expressions', () => {
  interface Fake {
    onmessage: ((event: { data: Match }) => void) | null;
    ended: boolean;
  }
  const helper = (answers: (it: Fake, pattern: string) => void) => {
    const it = {
      onmessage: null as Fake['onmessage'], ended: false,
      postMessage: ({ pattern }: { pattern: string }) => queueMicrotask(() => answers(it, pattern)),
      terminate: () => (it.ended = true),
    };
    return it;
  };

  test('plain ones need no worker', async () => {
    const matcher = openMatcher(() => { throw new Error('a worker was started'); });
    await matcher.learn(['/cart', '/help', ''], 'https://shop/cart');
    expect(['/cart', '/help', '', '.*'].map((it) => matcher.match(it, 'https://shop/cart'))).toEqual(['yes', 'no', 'yes', 'unknown']);
  });

  test('those that take too long end their worker and are not tried again', async () => {
    vi.useFakeTimers();
    const started: ReturnType<typeof helper>[] = [];
    const matcher = openMatcher(() => {
      started.push(helper((it, pattern) => {
        it.onmessage?.({ data: 'unknown' });
        if (pattern !== '(a+)+$') it.onmessage?.({ data: 'no' });
      }));
      return started[started.length - 1] as unknown as Worker;
    });
    const learnt = matcher.learn(['(a+)+$', 'a.c'], 'aaaa!');
    await vi.advanceTimersByTimeAsync(200);
    await learnt;
    await matcher.learn(['(a+)+$'], 'bbbb!');
    vi.useRealTimers();
    expect([matcher.match('(a+)+$', 'aaaa!'), matcher.match('a.c', 'aaaa!'), matcher.match('(a+)+$', 'bbbb!')]).toEqual(['slow', 'no', 'slow']);
    expect(started.map((it) => it.ended)).toEqual([true, false]);
  });

  test('each is tried once', () => {
    expect(patternsOf([trigger([page('a'), opened, page('b')]), trigger([page('a')])])).toEqual(['a', 'b']);
  });
});
