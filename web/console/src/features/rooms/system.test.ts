import { afterEach, describe, expect, it } from 'vitest';
import { agent, message, visitor } from '../../lib/samples';
import { speak } from '../../lib/text';
import type { Message } from '../../lib/wire';
import { systemLine } from './system';

const system = { _id: 'rocket.cat', username: 'rocket.cat' };
const line = (t: string, more: object = {}) => systemLine(message(1, { t, msg: '', u: agent, ...(more as Partial<Message>) }), visitor._id);
const moved = (scope: string, more: object = {}) =>
  line('livechat_transfer_history', { transferData: { scope, transferredTo: { username: 'carl', name: 'Carl' }, nextDepartment: { _id: 'd', name: 'Sales' }, ...more } });

afterEach(() => speak('en'));

describe('where a chat went', () => {
  it.each([
    ['agent', {}, 'Bea forwarded the chat to Carl'],
    ['agent', { comment: 'She knows' }, 'Bea forwarded the chat to Carl: She knows'],
    ['department', {}, 'Bea forwarded the chat to Sales'],
    ['queue', {}, 'Bea returned the chat to the queue'],
    ['autoTransferUnansweredChatsToAgent', { comment: '90' }, 'Nobody answered for 1 min: the chat went to Carl'],
    ['autoTransferUnansweredChatsToQueue', { comment: '30' }, 'Nobody answered for 30 s: the chat went back to the queue'],
    ['moonlight', {}, 'Bea moved the chat'],
  ])('%s %j', (scope, more, words) => expect(moved(scope, more)).toBe(words));
  it('names the visitor who wished it', () =>
    expect(line('livechat_transfer_history', { u: visitor, transferData: { scope: 'department', nextDepartment: { name: 'Sales' } } })).toBe('The visitor forwarded the chat to Sales'));
  it('names the department that was meant when a fallback took it', () =>
    expect(line('livechat_transfer_history_fallback', { transferData: { nextDepartment: { name: 'Care' }, originalDepartment: { name: 'Sales' } } })).toBe('Nobody was there in Sales: the chat goes to Care instead'));
});

describe('rest, priority and service level', () => {
  it.each([
    ['omnichannel_placed_chat_on_hold', {}, 'Bea put the chat on hold'],
    ['omnichannel_placed_chat_on_hold', { u: system }, 'The chat rests until the visitor writes again'],
    ['omnichannel_on_hold_chat_resumed', {}, 'Bea resumed the chat'],
    ['omnichannel_on_hold_chat_resumed', { u: system }, 'The visitor wrote again, the chat goes on'],
    ['omnichannel_priority_change_history', { priorityData: { priority: { i18n: 'High' } } }, 'Bea set the priority to High'],
    ['omnichannel_priority_change_history', { priorityData: { priority: { i18n: 'High', name: 'VIP' } } }, 'Bea set the priority to VIP'],
    ['omnichannel_priority_change_history', { priorityData: {} }, 'Bea removed the priority'],
    ['omnichannel_sla_change_history', { slaData: { sla: { name: 'Gold' } } }, 'Bea set the service level to Gold'],
    ['omnichannel_sla_change_history', { slaData: {} }, 'Bea removed the service level'],
  ])('%s %j', (t, more, words) => expect(line(t, more)).toBe(words));
  it('speaks the language in use', async () => {
    await speak('de');
    expect(line('omnichannel_priority_change_history', { priorityData: { priority: { i18n: 'High' } } })).toBe('Bea hat die Priorität auf Hoch gesetzt');
  });
});
