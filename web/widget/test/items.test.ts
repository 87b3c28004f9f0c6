import { describe, expect, it } from 'vitest';
import { departmentOf, itemsOf, unreadOf } from '../model/items';
import type { Message } from '../model/wire';

const at = '2026-03-02T10:00:00.000Z';
const message = (more: Partial<Message>): Message => ({
  _id: 'm', rid: 'r', msg: '', ts: at, _updatedAt: at, u: { _id: 'agent', username: 'ada', name: 'Ada' }, seq: 4, ...more,
});
const shown = (one: Message, hidden: string[] = []) => itemsOf([one], [], 'visitor', hidden).map(({ line, text }) => line || text);

describe('the end of a chat', () => {
  const end = message({ t: 'livechat-close', msg: 'Have a good day.' });

  it('shows the agent’s comment as a message, then the line unless it is hidden', () => {
    expect(shown(end)).toEqual(['Have a good day.', 'livechat-close']);
    expect(shown(end, ['livechat-close'])).toEqual(['Have a good day.']);
    expect(new Set(itemsOf([end], [], 'visitor', []).map(({ id }) => id)).size).toBe(2);
  });
  it('counts the comment as unread', () => expect(unreadOf([end], 3, 'visitor')).toBe(1));
  it('has no words when there is no comment, or when the visitor ended it', () => {
    const silent = [message({ t: 'livechat-close' }), message({ t: 'livechat-close', msg: 'Closed by visitor', u: { _id: 'visitor', username: 'v' } })];
    for (const one of silent) {
      expect(shown(one)).toEqual(['livechat-close']);
      expect(unreadOf([one], 3, 'visitor')).toBe(0);
    }
  });
});

describe('lines', () => {
  it.each(['uj', 'ul', 'livechat-started'])('%s has no words', (t) => expect(shown(message({ t, msg: 'ada' }))).toEqual([t]));
  it('of other kinds are never shown', () => expect(shown(message({ t: 'command', msg: 'connected' }))).toEqual([]));
});

describe('what was said before the chat', () => {
  it('has the face of the agent in whose name it was said', () => {
    const cat = { _id: 'rocket.cat', username: 'rocket.cat', name: 'Ada' };
    const [named, nobody] = itemsOf([message({ msg: 'a', u: cat, automatic: { trigger: 't', agent: 'ada' } }), message({ _id: 'n', msg: 'b', u: cat, automatic: { trigger: 't' } })], [], 'visitor', []);
    expect([named?.user, nobody?.user]).toEqual(['ada', 'rocket.cat']);
  });
});

describe('where a chat went', () => {
  const moved = (transferData?: object) => {
    const [line] = itemsOf([message({ t: 'livechat_transfer_history', ...(transferData && { transferData: transferData as Record<string, unknown> }) })], [], 'visitor', []);
    return [line?.line, line?.text, line?.name];
  };
  const line = 'livechat_transfer_history';

  it.each([
    [{ scope: 'agent', transferredTo: { username: 'bob', name: 'Bob' } }, 'agent', 'Bob'],
    [{ scope: 'autoTransferUnansweredChatsToAgent', transferredTo: { username: 'bob' } }, 'agent', 'bob'],
    [{ scope: 'department', nextDepartment: { _id: 'd', name: 'Sales' }, transferredTo: { username: 'bob' } }, 'department', 'Sales'],
    [{ scope: 'queue' }, 'queue', ''],
    [{ scope: 'autoTransferUnansweredChatsToQueue' }, 'queue', ''],
  ])('%j', (data, text, name) => expect(moved(data)).toEqual([line, text, name]));
  it('is not told where the site hides its agents', () => expect(moved()).toEqual([line, '', '']));
  it('can be hidden', () => expect(shown(message({ t: line }), [line])).toEqual([]));

  it('tells the department', () => {
    const to = (_id: string) => message({ t: line, transferData: { scope: 'department', nextDepartment: { _id } } });
    expect(departmentOf([to('a'), to('b'), message({ t: line, transferData: { scope: 'agent' } })])).toBe('b');
    expect(departmentOf([message({ msg: 'hello' })])).toBeUndefined();
  });
});

it('a message stays the same items', () => {
  const one = message({ msg: 'hello' });
  expect(itemsOf([one], [], 'visitor', [])[0]).toBe(itemsOf([one], [], 'visitor', [])[0]);
  expect(itemsOf([one], [], 'agent', [])[0]?.mine).toBe(true);
});

it('has the blocks of others, and none of the visitor’s', () => {
  const blocks = [{ type: 'divider' }];
  expect(itemsOf([message({ blocks })], [], 'visitor', [])[0]?.blocks).toBe(blocks);
  expect(itemsOf([message({ blocks, u: { _id: 'visitor', username: 'v' } })], [], 'visitor', [])[0]).not.toHaveProperty('blocks');
});
