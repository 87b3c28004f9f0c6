import { describe, expect, it } from 'vitest';
import { agent, inquiry, message, room } from '../lib/samples';
import { alertOfEvent, alertOfPush, wantsSound } from './alerts';

const scene = { me: 'u1', reading: undefined };

describe('alerts', () => {
  it('a waiting chat calls', () => {
    expect(alertOfPush({ t: 'push', name: 'inquiry.added', data: { inquiry: inquiry('w1') } }, scene)).toMatchObject({ about: 'chat', rid: 'w1', name: 'Ann', text: 'hello' });
  });
  it('a chat given to me calls, one given to somebody else does not', () => {
    const given = (to: string) => alertOfPush({ t: 'push', name: 'room.added', data: { room: room({ servedBy: { _id: to, username: to, ts: '' } }) } }, scene);
    expect([given('u1')?.about, given('u9')]).toEqual(['chat', undefined]);
  });
  it('a visitor’s message calls unless one looks at it', () => {
    const push = { t: 'push' as const, name: 'message', data: { message: message(6), servedBy: 'u1', visitor: 'v1' } };
    expect(alertOfPush(push, scene)?.about).toBe('message');
    expect(alertOfPush(push, { ...scene, reading: 'r1' })).toBeUndefined();
    expect(alertOfPush({ ...push, data: { message: message(6), visitor: 'v1' } }, scene)).toBeUndefined();
  });
  it('own messages and system lines stay silent', () => {
    const event = (data: object) => alertOfEvent({ t: 'event', room: 'r1', seq: 6, name: 'message', data }, scene);
    expect([event({ message: message(6, { u: agent }) }), event({ message: message(6, { t: 'uj' }) })]).toEqual([undefined, undefined]);
  });
  it('RQ-MAN-3: the sound comes back while a chat waits or has unread messages, for everybody or for those who want it', () => {
    const calm = { waiting: [], mine: [{ ...room({}), unread: 0 }] };
    const waits = { ...calm, waiting: [inquiry('w1')] };
    const unread = { ...calm, mine: [{ ...room({}), unread: 2 }] };
    const sounds = (repeat: boolean, everybody: boolean) => [calm, waits, unread].map((inbox) => wantsSound(inbox, { repeat, everybody }));
    expect(sounds(false, false)).toEqual([false, false, false]);
    expect(sounds(true, false)).toEqual([false, true, false]);
    expect(sounds(false, true)).toEqual([false, true, true]);
  });
});
