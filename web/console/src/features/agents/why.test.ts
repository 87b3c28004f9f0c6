import { describe, expect, it } from 'vitest';
import { entryText, shut, whyText } from './why';
import type { Entry, Standing } from './queries';

const noon = new Date(2026, 2, 12, 12).getTime();
const off: Standing = { statusLivechat: 'not-available', status: 'online', hours: false, inside: true };
const entry: Entry = { _id: '1', at: new Date(noon).toISOString(), statusLivechat: 'not-available', status: 'online', cause: 'self' };

describe('why somebody takes no chats', () => {
  it('says nothing of who takes some', () => {
    expect(whyText({ ...off, statusLivechat: 'available' }, noon)).toBeUndefined();
  });
  it('names business hours first, with their end', () => {
    const closed = { ...off, hours: true, inside: false, since: entry };
    expect(whyText({ ...closed, changesAt: new Date(2026, 2, 12, 18).toISOString() }, noon)).toMatch(/business hours until .*(18|06|6):00/);
    expect(whyText(closed, noon)).toMatch(/business hours/);
    expect(shut(closed)).toBe(true);
  });
  it('names who did it', () => {
    expect(whyText({ ...off, since: { ...entry, cause: 'manager', by: { _id: 'm', username: 'mia', name: 'Mia' } } }, noon)).toContain('Mia');
    expect(whyText({ ...off, since: entry }, noon)).toBe(whyText(off, noon));
    expect(whyText({ ...off, hours: true, since: { ...entry, cause: 'hours' } }, noon)).toMatch(/opened again/);
  });
});

it('every cause has its words', () => {
  for (const cause of ['self', 'manager', 'connected', 'lost', 'signed-out', 'role', 'deactivated', 'signed-in', 'idle', 'setting', 'hours'] as const) {
    for (const statusLivechat of ['available', 'not-available'] as const) {
      for (const status of ['online', 'away', 'busy', 'offline'] as const) {
        expect(entryText({ ...entry, cause, statusLivechat, status })).not.toBe(cause);
      }
    }
  }
});
