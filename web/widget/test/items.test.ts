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

describe('blocks', () => { // rocketchat-widget.md 6.1
  it('say their texts in order; buttons are replies; what is malformed or unknown says nothing', () => {
    const blocks = [
      { type: 'header', text: { type: 'plain_text', text: '*Order*' } }, { type: 'section', text: { type: 'mrkdwn', text: '*7* ferns' } }, { type: 'divider' }, { type: 'section', text: 'bare' },
      { type: 'context', elements: [{ type: 'mrkdwn', text: { type: 'mrkdwn', text: 'small' } }] }, { type: 'section', text: { text: { text: 'deep' } } }, { type: 'section', text: 7 }, { type: 'section' },
      { type: 'image', text: { type: 'plain_text', text: 'unknown' } }, { type: 'actions', elements: [{ type: 'button', text: { type: 'plain_text', text: 'Yes' } }] },
    ] as Message['blocks'];
    const [item] = itemsOf([message({ msg: 'Well?', blocks: blocks! })], [], 'visitor', []);
    expect(item?.parts).toEqual([{ text: '*Order*', plain: true }, { text: '*7* ferns', plain: false }, { text: '', plain: true }, { text: 'bare', plain: false }, { text: 'small', plain: false }]);
    expect(item?.replies).toEqual(['Yes']);
    expect(itemsOf([message({ msg: 'mine', blocks: blocks!, u: { _id: 'visitor', username: 'v' } })], [], 'visitor', [])[0]).not.toHaveProperty('parts');
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

it('offers what the buttons of a message say, and nothing else of its blocks', () => {
  const button = (text: string) => ({ type: 'button', text: { type: 'plain_text', text } });
  const blocks = [{ type: 'section', text: 'x', elements: [button('no')] }, { type: 'actions', elements: [button('Yes'), { type: 'datepicker' }, button('<b>No</b>')] }];
  expect(itemsOf([message({ blocks })], [], 'visitor', [])[0]?.replies).toEqual(['Yes', '<b>No</b>']);
  expect(itemsOf([message({ blocks, u: { _id: 'visitor', username: 'v' } })], [], 'visitor', [])[0]?.replies).toBeUndefined();
});
