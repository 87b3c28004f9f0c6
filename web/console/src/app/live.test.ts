import { QueryClient } from '@tanstack/react-query';
import { beforeEach, describe, expect, it } from 'vitest';
import { apply } from '../lib/change';
import type { RoomEvent } from '../lib/frames';
import { keys } from '../lib/keys';
import { agent, inquiry, message, ownRoom, room, visitor } from '../lib/samples';
import type { History, Inbox, RoomDetail, Session } from '../lib/wire';
import { onPush, onRoomEvent, pushes, refused, roomEvents, typed, type Scene } from './live';

let client: QueryClient;
const scene: Scene = { me: 'u1', reading: undefined };

const inbox = () => client.getQueryData<Inbox>(keys.inbox);
const history = () => client.getQueryData<History>(keys.history('r1'));
const detail = () => client.getQueryData<RoomDetail>(keys.room('r1'));
const stale = (key: readonly string[]) => client.getQueryState(key)?.isInvalidated;
const push = (name: keyof typeof pushes, data: object, at = scene) => apply(client, onPush(name, data, at));
const event = (name: keyof typeof roomEvents, seq: number, data: object, at = scene) =>
  apply(client, onRoomEvent({ t: 'event', room: 'r1', seq, name, data }, at));

beforeEach(() => {
  client = new QueryClient();
  client.setQueryData<Inbox>(keys.inbox, { waiting: [inquiry('w1')], mine: [ownRoom({ lastMessage: message(4) })] });
  client.setQueryData<History>(keys.history('r1'), { messages: [message(4)], seq: 5, more: false });
  client.setQueryData(keys.room('r1'), { room: room(), can: { take: false, join: false, write: true, return: true, close: true } } as RoomDetail);
});

it('faces.changed asks anew who has a picture', () => {
  client.setQueryData(keys.faces, { u1: 'a' });
  push('faces.changed', {});
  expect(stale(keys.faces)).toBe(true);
});

it('room.rated asks anew for the room, whose rating other changes keep', () => {
  client.setQueryData<RoomDetail>(keys.room('r1'), (old) => old && { ...old, room: room({ surveyFeedback: { satisfaction: '4' } }) });
  push('room.changed', { room: room({ fname: 'Ann B.', seq: 6 }) });
  expect([detail()?.room.fname, detail()?.room.surveyFeedback]).toEqual(['Ann B.', { satisfaction: '4' }]);
  expect(stale(keys.room('r1'))).toBe(false);
  push('room.rated', { rid: 'r1' });
  expect(stale(keys.room('r1'))).toBe(true);
});

it('notices.changed asks anew what the system has to say', () => {
  client.setQueryData(keys.notices, []);
  push('notices.changed', {});
  expect(stale(keys.notices)).toBe(true);
});

describe('inquiries', () => {
  it('inquiry.added joins the list in order of arrival', () => {
    push('inquiry.added', { inquiry: inquiry('w2', { ts: '2026-03-02T10:02:00.000Z' }) });
    push('inquiry.added', { inquiry: inquiry('w0', { ts: '2026-03-02T09:00:00.000Z' }) });
    expect(inbox()?.waiting.map(({ rid }) => rid)).toEqual(['w0', 'w1', 'w2']);
  });
  it('inquiry.added twice is shown once', () => {
    push('inquiry.added', { inquiry: inquiry('w1', { message: 'again' }) });
    expect(inbox()?.waiting.map((one) => one.message)).toEqual(['again']);
  });
  it('inquiry.changed to taken leaves the list', () => {
    push('inquiry.changed', { inquiry: inquiry('w1', { status: 'taken' }) });
    expect(inbox()?.waiting).toEqual([]);
  });
  it('inquiry.removed leaves the list, and what may be done there is asked anew', () => {
    client.setQueryData(keys.room('w1'), detail());
    push('inquiry.removed', { rid: 'w1' });
    expect(inbox()?.waiting).toEqual([]);
    expect(stale(keys.room('w1'))).toBe(true);
  });
});

describe('what a waiting visitor wrote', () => {
  const waits = (data: object, text = '') => {
    client.setQueryData<Inbox>(keys.inbox, { waiting: [inquiry('w1', { message: text })], mine: [] });
    push('message', { message: message(2, { rid: 'w1', msg: 'help', ...data }), visitor: 'v1' });
    return inbox()?.waiting[0]?.message;
  };
  it('shows in the row', () => expect(waits({})).toBe('help'));
  it('shows the first message only', () => expect(waits({}, 'first')).toBe('first'));
  it('is no system line', () => expect(waits({ t: 'livechat-started' })).toBe(''));
  it('shows while the chat is looked at, too', () => {
    client.setQueryData<Inbox>(keys.inbox, { waiting: [inquiry('r1', { message: '' })], mine: [] });
    event('message', 6, { message: message(6, { rid: 'r1', msg: 'help' }) });
    expect(inbox()?.waiting[0]?.message).toBe('help');
  });
});

describe('rooms', () => {
  it('room.added of mine joins my chats and leaves the waiting list', () => {
    push('room.added', { room: room({ _id: 'w1' }) });
    expect(inbox()?.mine.map(({ _id }) => _id)).toEqual(['r1', 'w1']);
    expect(inbox()?.waiting).toEqual([]);
  });
  it('room.added of somebody else is not mine', () => {
    push('room.added', { room: room({ _id: 'x', servedBy: { _id: 'u9', username: 'x', ts: '' } }) });
    expect(inbox()?.mine.map(({ _id }) => _id)).toEqual(['r1']);
  });
  it('room.changed keeps the last message and the unread count', () => {
    client.setQueryData<Inbox>(keys.inbox, { waiting: [], mine: [ownRoom({ lastMessage: message(4), unread: 2 })] });
    push('room.changed', { room: room({ fname: 'Ann B.', seq: 6 }) });
    expect(inbox()?.mine[0]).toMatchObject({ fname: 'Ann B.', unread: 2, lastMessage: { _id: 'm4' } });
  });
  it('LC-HOLD-8: what a room has no more is gone everywhere', () => {
    const held = { onHold: true, priorityId: 'p1', priorityWeight: 1 };
    client.setQueryData<Inbox>(keys.inbox, { waiting: [], mine: [ownRoom({ ...held, lastMessage: message(4) })] });
    client.setQueryData<RoomDetail>(keys.room('r1'), (old) => old && { ...old, room: room(held) });
    event('changed', 6, { room: room({ seq: 6 }) });
    for (const shown of [inbox()?.mine[0], detail()?.room]) {
      expect(shown?.seq).toBe(6);
      expect(shown).not.toHaveProperty('onHold');
      expect(shown).not.toHaveProperty('priorityId');
    }
    expect(inbox()?.mine[0]?.lastMessage?._id).toBe('m4');
  });
  it('why a chat is here is asked anew when it moved', () => {
    client.setQueryData(keys.why('r1'), []);
    event('taken', 6, { agent: {}, room: room({ seq: 6 }) });
    expect(stale(keys.why('r1'))).toBe(true);
  });
  it('who serves how much is asked anew', () => {
    for (const name of ['room.added', 'room.changed', 'room.removed'] as const) {
      client.setQueryData(keys.serving, []);
      push(name, { room: room({ seq: 9 }), rid: 'r1' });
      expect(stale(keys.serving), name).toBe(true);
    }
  });
  it('room.changed that is older than what is known changes nothing', () => {
    push('room.changed', { room: room({ fname: 'old', seq: 3 }) });
    expect(inbox()?.mine[0]?.fname).toBe('Ann');
    expect(detail()?.room.fname).toBe('Ann');
  });
  it('room.removed leaves my chats', () => {
    push('room.removed', { rid: 'r1' });
    expect(inbox()?.mine).toEqual([]);
  });
  it('a room taken by another agent is no longer mine, and is asked anew', () => {
    event('taken', 6, { agent: {}, room: room({ seq: 6, servedBy: { _id: 'u9', username: 'x', ts: '' } }) });
    expect(inbox()?.mine).toEqual([]);
    expect(history()?.seq).toBe(6);
    expect(stale(keys.room('r1'))).toBe(true);
  });
  it('closed ends it everywhere', () => {
    event('closed', 6, { closer: 'user', room: room({ seq: 6, open: undefined, closer: 'user' }) });
    expect(inbox()?.mine).toEqual([]);
    expect(detail()?.room.closer).toBe('user');
  });
  it('changed shows the new name in list and header', () => {
    event('changed', 6, { room: room({ seq: 6, fname: 'Ann B.' }) });
    expect([inbox()?.mine[0]?.fname, detail()?.room.fname]).toEqual(['Ann B.', 'Ann B.']);
  });
});

describe('messages', () => {
  it('an event appends the message once and moves the number on', () => {
    event('message', 6, { message: message(6) });
    event('message', 6, { message: message(6) });
    expect(history()?.messages.map(({ _id }) => _id)).toEqual(['m4', 'm6']);
    expect(history()?.seq).toBe(6);
  });
  it('counts unread only while nobody reads the room', () => {
    event('message', 6, { message: message(6) });
    expect(inbox()?.mine[0]?.unread).toBe(1);
    event('message', 7, { message: message(7) }, { ...scene, reading: 'r1' });
    expect(inbox()?.mine[0]?.unread).toBe(0);
  });
  it('an own message is not unread and ends the waiting for an answer', () => {
    client.setQueryData<Inbox>(keys.inbox, { waiting: [], mine: [ownRoom({ waitingResponse: true, lastMessage: message(4) })] });
    event('message', 6, { message: message(6, { u: agent }) });
    expect(inbox()?.mine[0]).toMatchObject({ unread: 0, waitingResponse: false, lastMessage: { _id: 'm6' } });
  });
  it('a visitor’s message after an answer begins the waiting at its own time', () => {
    event('message', 6, { message: message(6, { ts: '2026-03-02T10:07:00.000Z' }) });
    expect(inbox()?.mine[0]).toMatchObject({ waitingResponse: true, metrics: { v: { lq: '2026-03-02T10:07:00.000Z' } } });
  });
  it('a push for a room that is not open counts there', () => {
    push('message', { message: message(6), servedBy: 'u1', visitor: 'v1' });
    expect(inbox()?.mine[0]).toMatchObject({ unread: 1, lastMessage: { _id: 'm6' } });
  });
  it('the same message by push and by event counts once', () => {
    push('message', { message: message(6), servedBy: 'u1', visitor: 'v1' });
    event('message', 6, { message: message(6) });
    expect(inbox()?.mine[0]?.unread).toBe(1);
  });
  it('message-changed edits in place, and removes', () => {
    event('message-changed', 6, { message: message(6, { _id: 'm4', msg: 'edited' }), removed: false });
    expect(history()?.messages).toMatchObject([{ _id: 'm4', msg: 'edited', seq: 4 }]);
    event('message-changed', 7, { message: message(7, { _id: 'm4' }), removed: true });
    expect(history()).toMatchObject({ messages: [], seq: 7 });
  });
  it('ends the sender’s typing', () => {
    apply(client, typed({ t: 'typing', room: 'r1', id: visitor._id, name: 'Ann', visitor: true, on: true }));
    expect(client.getQueryData(keys.typing('r1'))).toEqual({ v1: 'Ann' });
    event('message', 6, { message: message(6) });
    expect(client.getQueryData(keys.typing('r1'))).toEqual({});
  });
});

describe('the rest', () => {
  it('a changed department is read anew, and a membership my list too', () => {
    client.setQueryData([...keys.departments, 'list'], []);
    push('department.changed', { _id: 'd1', removed: false });
    expect([stale([...keys.departments, 'list']), stale(keys.inbox)]).toEqual([true, false]);
    push('departmentAgentData', { action: 'inserted', departmentId: 'd1', agentId: 'u1' });
    expect(stale(keys.inbox)).toBe(true);
  });
  it('agent.changed shows in my own switch, and only mine', () => {
    client.setQueryData(keys.session, { user: { ...agent, statusLivechat: 'available' }, permissions: [], version: '' } as unknown as Session);
    push('agent.changed', { agent: { ...agent, _id: 'u9', statusLivechat: 'not-available' } });
    push('agent.changed', { agent: { ...agent, statusLivechat: 'not-available' } });
    expect(client.getQueryData<Session>(keys.session)?.user).toMatchObject({ _id: 'u1', statusLivechat: 'not-available' });
  });
  it('setting.changed and permissions.changed make what they touch be read anew', () => {
    client.setQueryData(keys.settings, []);
    push('setting.changed', { _id: 'x' });
    push('permissions.changed', {});
    expect([stale(keys.settings), stale(keys.inbox), stale(keys.room('r1'))]).toEqual([true, true, true]);
  });
  it('an unknown name only moves the number on', () => {
    const unknown: RoomEvent = { t: 'event', room: 'r1', seq: 6, name: 'none', data: undefined };
    apply(client, onRoomEvent(unknown, scene));
    expect(onPush('toString', {}, scene)).toEqual([]);
    expect(history()).toMatchObject({ seq: 6, messages: [{ _id: 'm4' }] });
  });
  it('nothing is made up for what was never read', () => {
    client.clear();
    push('inquiry.added', { inquiry: inquiry('w2') });
    event('message', 6, { message: message(6) });
    expect([inbox(), history()]).toEqual([undefined, undefined]);
  });
});

it('a room that may not be followed is asked for again', () => {
  apply(client, refused('r1'));
  expect(stale(keys.room('r1'))).toBe(true);
  expect(stale(keys.inbox)).toBe(true);
});
