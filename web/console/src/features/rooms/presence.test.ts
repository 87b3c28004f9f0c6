import { expect, it } from 'vitest';
import type { Room } from '../../lib/wire';
import { presenceOf } from './presence';

const of = (type: string, open: boolean, status?: string) => presenceOf({ open, source: { type }, v: { status } } as Room);

it('is the visitor’s on a website, and of telephones, mailboxes and services nobody’s', () => {
  expect([of('widget', true, 'online'), of('widget', true), of('widget', false, 'online')]).toEqual(['online', 'offline', 'offline']);
  expect(['sms', 'email', 'app'].map((type) => of(type, true, 'online'))).toEqual([undefined, undefined, undefined]);
});
