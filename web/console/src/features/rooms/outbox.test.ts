import { beforeEach, describe, expect, it, vi } from 'vitest';
import { Refusal, Unreachable } from '../../lib/api';
import { message } from '../../lib/samples';
import { Outbox, type Outgoing } from './outbox';

/** An outbox whose posts and pauses end when the test says so. */
function bench() {
  const posts: { entry: Outgoing; store: () => void; fail: (cause: Error) => void }[] = [];
  const pauses: (() => void)[] = [];
  const stored: string[] = [];
  const outbox = new Outbox({
    post: (entry) => new Promise((resolve, reject) => posts.push({ entry, store: () => resolve(message(9, { _id: entry._id })), fail: reject })),
    stored: ({ _id }) => stored.push(_id),
    wait: () => new Promise((resolve) => pauses.push(resolve)),
  });
  return { outbox, posts, pauses, stored, states: () => outbox.entries.get().map(({ _id, state }) => `${_id} ${state}`) };
}

const entry = (_id: string, rid = 'r1') => ({ _id, rid, msg: 'x', at: 1 });
const settle = () => vi.waitFor(() => Promise.resolve());

beforeEach(() => localStorage.clear());

describe('outbox', () => {
  it('sends one room’s messages one after the other, in order', async () => {
    const { outbox, posts, stored } = bench();
    outbox.add(entry('a'));
    outbox.add(entry('b'));
    expect(posts.map((post) => post.entry._id)).toEqual(['a']);
    posts[0]?.store();
    await vi.waitFor(() => expect(posts.map((post) => post.entry._id)).toEqual(['a', 'b']));
    expect(stored).toEqual(['a']);
  });
  it('does not hold one room up for another', () => {
    const { outbox, posts } = bench();
    outbox.add(entry('a'));
    outbox.add(entry('b', 'r2'));
    expect(posts.map((post) => post.entry._id)).toEqual(['a', 'b']);
  });
  it('tries the same id again when nobody answers, and no later one before it', async () => {
    const { outbox, posts, pauses, states } = bench();
    outbox.add(entry('a'));
    outbox.add(entry('b'));
    posts[0]?.fail(new Unreachable());
    await vi.waitFor(() => expect(states()).toEqual(['a retrying', 'b sending']));
    pauses[0]?.();
    await vi.waitFor(() => expect(posts.map((post) => post.entry._id)).toEqual(['a', 'a']));
  });
  it('does not wait out the pause when the network is back', async () => {
    const { outbox, posts, states } = bench();
    outbox.add(entry('a'));
    posts[0]?.fail(new Unreachable());
    await vi.waitFor(() => expect(states()).toEqual(['a retrying']));
    await settle();
    outbox.hurry();
    await vi.waitFor(() => expect(posts).toHaveLength(2));
  });
  it('keeps what was refused, with the reason, for a person to decide', async () => {
    const { outbox, posts } = bench();
    outbox.add(entry('a'));
    posts[0]?.fail(new Refusal(400, 'room-closed', ''));
    await vi.waitFor(() => expect(outbox.entries.get()).toMatchObject([{ _id: 'a', state: 'failed', reason: 'room-closed' }]));
    outbox.retry('a');
    await vi.waitFor(() => expect(posts).toHaveLength(2));
    posts[1]?.fail(new Refusal(400, 'room-closed', ''));
    await vi.waitFor(() => expect(outbox.entries.get()[0]?.state).toBe('failed'));
    outbox.discard('a');
    expect(outbox.entries.get()).toEqual([]);
  });
  it('survives a reload: what was on its way is sent again under the same id', () => {
    bench().outbox.add(entry('a'));
    const { posts } = bench();
    expect(posts.map((post) => post.entry)).toMatchObject([{ _id: 'a', msg: 'x', rid: 'r1' }]);
  });
});
