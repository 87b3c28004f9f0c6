import { describe, expect, it } from 'vitest';
import { openHere } from '../model/here';
import { openingOf, type Spoken } from '../model/spoken';
import { newTold } from '../model/told';
import type { Beat, Call } from '../model/wire';
import { config, FakeClock, memoryStore, settle } from './fakes';

const said = { _id: 'i1', text: 'May I help?', agent: { _id: 'a', username: 'bob', name: 'Bob' } };

const ledger: NonNullable<Beat['ledger']> = [{ trigger: 't', at: '2026-03-02T10:00:00.000Z', reason: 'other-page' }];

function page(first: Partial<Call> = {}, settings = {}) {
  const clock = new FakeClock();
  const told = { ...newTold(), href: 'https://shop/a', visit: { change: 'url', title: 'Shoes', location: { href: 'https://shop/a' }, referrer: 'https://search/' } };
  const spoken: Spoken = { lines: [], agent: null, unread: 0, asking: 0 };
  const store = memoryStore();
  const beats: (Beat & { session: string; last: boolean })[] = [];
  const seen: string[] = [];
  const it = { clock, told, spoken, store, beats, seen, answer: { watched: true, ...first } as Call | Error, visible: true, config: config({ settings }) };
  const here = openHere({
    clock, told, spoken, store, config: () => it.config, page: 'this-page-load', where: { site: 'blog', host: 'shop' }, seen: () => it.visible, more: () => ({ staffName: 'Gold', targets: ['*/a'] }), ledger: () => ledger,
    invited: () => void seen.push('invited'), changed: () => void seen.push('changed'),
    send(session, beat, last) {
      beats.push({ ...beat, session, last });
      return it.answer instanceof Error ? Promise.reject(it.answer) : Promise.resolve(it.answer);
    },
  });
  return Object.assign(it, here);
}

describe('telling that the visitor is there', () => {
  it('says where, and again every fifteen seconds while the page is looked at', async () => {
    const it = page();
    await it.clock.pass(0);
    expect(it.beats).toEqual([{
      page: 'this-page-load', site: 'blog', host: 'shop', href: 'https://shop/a', title: 'Shoes', referrer: 'https://search/', name: '', email: '', phone: '', staffName: 'Gold', targets: ['*/a'], ledger,
      moved: true, offered: false, consents: false, left: false, session: '', last: false,
    }]);
    await it.clock.pass(15_000);
    expect(it.beats.map(({ moved }) => moved)).toEqual([true, false]);
    it.visible = false;
    await it.clock.pass(60_000);
    expect(it.beats).toHaveLength(2);
    it.visible = true;
    it.look();
    await it.clock.pass(0);
    expect(it.beats).toHaveLength(3);
    it.told.href = 'https://shop/b';
    it.soon();
    it.soon();
    await it.clock.pass(300);
    expect(it.beats.slice(3).map(({ href, moved }) => [href, moved])).toEqual([['https://shop/b', true]]);
    it.leave();
    await settle();
    expect(it.beats.slice(4).map(({ left, last }) => [left, last])).toEqual([[true, true]]);
  });

  it('tells of a move again when it was not heard', async () => {
    const it = page();
    it.answer = new Error('no network');
    await it.clock.pass(0);
    it.answer = { watched: true };
    await it.clock.pass(15_000);
    expect(it.beats.map(({ moved }) => moved)).toEqual([true, true]);
  });

  it('says nothing before the visitor agrees, where they are asked, and nothing more where nobody wants to know', async () => {
    const asked = page({}, { forceAcceptDataProcessingConsent: true });
    await asked.clock.pass(60_000);
    asked.leave();
    await settle();
    expect(asked.beats).toEqual([]);
    asked.store.set('consent', 'words');
    asked.look();
    await asked.clock.pass(0);
    expect(asked.beats.map(({ consents }) => consents)).toEqual([true]);
    const off = page({ watched: false });
    await off.clock.pass(60_000);
    expect(off.beats).toHaveLength(1);
  });

  it('shows an invitation once, in place of an earlier one, until it is taken back', async () => {
    const it = page({ invitation: said });
    await it.clock.pass(15_000);
    expect(it.seen).toEqual(['invited']);
    expect(it.spoken.lines.map(({ text, name }) => [text, name])).toEqual([['May I help?', 'Bob']]);
    expect(it.beats.map(({ offered }) => offered)).toEqual([false, false]);
    expect(openingOf(it.spoken, it.clock.now())).toEqual({ agentId: 'a', shown: true, page: 'this-page-load' });
    it.answer = { watched: true, invitation: { ...said, _id: 'i2', text: 'Or I?', agent: { hiddenInfo: true } } };
    await it.clock.pass(15_000);
    expect(it.spoken.lines.map(({ text, name }) => [text, name])).toEqual([['Or I?', '']]);
    it.spoken.lines = [{ id: 't', trigger: 't1', text: 'From a trigger', name: '', at: 1 }, ...it.spoken.lines];
    expect(openingOf(it.spoken, it.clock.now())).toEqual({ initiator: 'trigger', offers: [{ trigger: 't1', msg: 'From a trigger', name: '' }], page: 'this-page-load' });
    it.answer = { watched: true };
    await it.clock.pass(15_000);
    expect(it.seen).toEqual(['invited', 'invited', 'changed']);
    expect(it.spoken.lines.map(({ text }) => text)).toEqual(['From a trigger']);
    expect(it.beats[it.beats.length - 1]?.offered).toBe(true);
    expect(openingOf(it.spoken, it.clock.now())).not.toHaveProperty('page');
  });

  it('lets a running chat be', async () => {
    const it = page({ invitation: said });
    it.config = config({ room: { _id: 'r', open: true, seq: 1 } });
    await it.clock.pass(0);
    expect(it.spoken.lines).toEqual([]);
  });
});
