// @vitest-environment happy-dom
import { describe, expect, it, vi } from 'vitest';
import type { Told as SecondTold } from '../bridge/livechatoo';
import { record } from '../facades/analytics';
import { embedApi } from '../facades/livechatoo';
import { offerOf, wishesOf } from '../facades/options';
import type { Widget } from '../loader/widget';
import { choiceOf, listOf, named } from '../model/second/choice';
import type { Page } from '../model/second/says';
import { openSecond } from '../model/second/second';
import { reached } from '../model/second/targets';
import { newTold } from '../model/told';
import type { Spoken } from '../model/spoken';
import { chance, config, memoryStore } from './fakes';

const page = (change: Partial<Page> = {}): Page => ({
  success: true,
  account: 'default', departmentSupport: true, manualAssignment: false, urlContact: 'https://a.example/c', urlFaq: '', urlPrivacy: '', rating: true, googleAnalytics: true, domains: [],
  requests: { name: 'optional', email: 'optional', phone: 'off' },
  departments: [{ _id: 'd2', no: 2, name: 'Sales', online: true }, { _id: 'd5', no: 5, name: 'Care', online: false, welcome: 'Care here' }],
  operators: [
    { _id: 'ada', no: 1, username: 'ada', name: 'Ada', departments: [2], online: true, welcome: 'I am Ada' },
    { _id: 'bob', no: 3, username: 'bob', name: 'Bob', departments: [5], online: false },
    { _id: 'eve', no: 8, username: 'eve', name: 'Eve', departments: [], online: true },
  ],
  ...change,
});

describe('target pages', () => { // livechatoo.md 10.9
  it.each([
    ['http://example.com/order', 'http://example.com/order', true], ['http://example.com/order', 'http://example.com/order/', true],
    ['http://example.com/order', 'http://EXAMPLE.com/order#x', true], ['http://example.com/order', 'http://example.com/Order', false],
    ['http://example.com/order', 'http://example.com/order?x', false], ['*example.com/basket', 'https://shop.example.com/basket', true],
    ['*Example.com/basket*', 'https://shop.example.com/basket?a=1', true], ['*/a*b*c', 'http://x/aXbYc', true], ['*/a*b*c', 'http://x/acb', false],
    ['*ab*ab', 'http://x/ab', false], ['*', 'http://x/', true], ['http://x/a.c', 'http://x/abc', false],
  ])('%s and %s: %s', (pattern, href, yes) => expect(reached([pattern], href)).toEqual(yes ? [pattern] : []));

  it('agrees with the definition on anything, in no time', () => { // PT-LT-5
    const random = chance(4);
    const any = (letters: string, most: number) => Array.from({ length: Math.floor(random() * most) }, () => letters[Math.floor(random() * letters.length)]).join('');
    for (let i = 0; i < 3000; i++) {
      const [pattern, path] = [`http://x/${any('ab*', 8)}`, `http://x/${any('ab', 8)}`];
      const meant = new RegExp(`^${pattern.split('*').map((it) => it.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&')).join('.*')}$`).test(path);
      if (!pattern.endsWith('/') && !path.endsWith('/')) expect([pattern, path, reached([pattern], path).length > 0]).toEqual([pattern, path, meant]);
    }
    expect(reached([`${'*a'.repeat(500)}b`], `http://x/${'a'.repeat(8000)}`)).toEqual([]);
  });
});

describe('whom a page offers', () => { // 10.7, 10.8
  const online = (departments: string[], operators: string[]) => choiceOf(page(), { departments, operators });

  it('by number or id; nobody known is no restriction', () => {
    expect(named(page().departments, ['5', 'd2'])?.map(({ no }) => no)).toEqual([2, 5]);
    expect(named(page().departments, ['77'])).toBeNull();
    expect(online([], []).restricted).toBe(false);
    expect(online(['5'], []).operators.map(({ no }) => no)).toEqual([3]);
    expect([online(['5'], []).online, online(['2'], []).online, online([], ['3']).online, online([], ['3', '8']).online, online(['2'], ['3']).online]).toEqual([false, true, false, true, false]);
  });

  it('lists operators by department, and where the page wants them besides', () => {
    const list = listOf(choiceOf(page(), {}), { ada: ['Eshop', 'care', 'Sales'], Nobody: ['Eshop'] });
    expect(list.map(({ heading, operator, virtual }) => `${heading}:${operator.name}:${virtual}`)).toEqual([':Eve:false', 'Care:Bob:false', 'Care:Ada:true', 'Eshop:Ada:true', 'Sales:Ada:false']);
  });
});

describe('options', () => { // 5, LT-SEC-2, LT-SEC-4, LT-PRO-8
  it('are read, cut and checked', () => {
    const warned = vi.spyOn(console, 'warn').mockImplementation(() => undefined);
    expect(wishesOf({ departments: ' 2, 5', operators: '', c_name: 'N'.repeat(200), c_email: 'no address', url_faq: 'javascript:alert(1)', url_contact: '', page: 'chat', side: 'up', mobile: 'yes', target: 'a', unknown: 1 }))
      .toEqual({ departments: ['2', '5'], operators: [], name: 'N'.repeat(100), contact: '', page: 'online', targets: ['a'] });
    expect(warned).toHaveBeenCalledTimes(5);
    expect(offerOf({ operator_photo: '//example.com/x.jpg', message: 'm' })).toEqual({ message: 'm', photo: `${location.protocol === 'about:' ? 'http:' : location.protocol}//example.com/x.jpg` });
    expect(offerOf({ operator_photo: 'javascript:alert(1)', message: '<b>m</b>' })).toEqual({ message: '<b>m</b>' });
    warned.mockRestore();
  });
});

describe('analytics', () => { // 9, LT-GA-1, LT-GA-3
  const run = (names: string[], event: string, data: Record<string, string | number | boolean>) => {
    const got: unknown[] = [];
    const all = window as unknown as Record<string, unknown>;
    const known: Record<string, unknown> = { gtag: (...a: unknown[]) => got.push(['gtag', ...a]), ga: (...a: unknown[]) => got.push(['ga', ...a]), _gaq: { push: (a: unknown) => got.push(['_gaq', a]) }, dataLayer: { push: (a: unknown) => got.push(['layer', a]) } };
    for (const name of names) all[name] = known[name];
    record(event, data);
    for (const name of names) delete all[name];
    return got;
  };

  it('goes to one of them, the first there is', () => {
    const rating = { ticket: '7', name: 'Ann', rating: 4, message: 'secret' };
    expect(run(['gtag', 'ga', 'dataLayer'], 'onchatrating', rating)).toEqual([['gtag', 'event', 'livechatoo_chat_rating', { label: '7', value: 4, ticket: '7' }]]);
    expect(run(['ga', 'dataLayer'], 'onchatrating', rating)).toEqual([['ga', 'send', 'event', 'Livechatoo', 'Chat rating', '7', 4]]);
    expect(run(['_gaq'], 'onchatstart', { ticket: '7', initiator: 'api' })).toEqual([['_gaq', ['_trackEvent', 'Livechatoo', 'Chat start', 'api']]]);
    expect(run(['dataLayer'], 'onemailrequired', { accepted: false, email: '' })).toEqual([['layer', { event: 'livechatoo_email_required', label: 'declined' }]]);
    expect(run([], 'onchatstart', {})).toEqual([]);
    for (const event of ['onload', 'onchange', 'onchatopened']) expect(run(['ga'], event, {})).toEqual([]);
  });
});

describe('the bar', () => { // 6, 7
  function bar(given = page(), change: Parameters<typeof config>[0] = {}) {
    const said: SecondTold[] = [];
    const state = { open: false };
    const told = newTold();
    told.visible = false;
    const spoken: Spoken = { lines: [], agent: null, unread: 0, asking: 0 };
    const store = memoryStore();
    const claims: string[] = [];
    const noted: string[][] = [];
    const left = vi.fn();
    const second = openSecond({
      mode: 'embed', told, spoken, store, config: () => config(change), open: () => state.open, press: (open) => void (state.open = open),
      show: (visible) => void (told.visible = visible), redraw: () => undefined, renew: () => Promise.resolve(), state: (then) => then({ room: { departmentId: 'd5' }, agent: { _id: 'bob' } } as never), tell: (it) => void said.push(it), newId: () => 'id', now: () => 1,
      random: () => 0, phone: () => false, greeting: () => 'Hello', language: () => told.language || 'de', wear: () => undefined, leave: left, size: () => 'res', fetch: async () => given, note: ({ targets }) => void noted.push(targets), claim: (it) => void claims.push(it),
    }, given);
    const events = () => said.flatMap(({ event, data }) => (event ? [[event, data] as const] : []));
    return { second, told, spoken, state, store, said, events, claims, noted, left };
  }

  const after = (wanted: NonNullable<ReturnType<typeof wishesOf>['page']>, given = page(), change = {}, wishes = {}) => {
    const it = bar(given, change);
    it.second.call({ do: 'init', wishes: { page: wanted, ...wishes } });
    return it.second.status();
  };

  it('is in the status wanted, or its negation, for every availability and restriction', () => { // PT-LT-4, LT-PAGE-1
    for (const online of [true, false]) for (const departments of [[], ['2'], ['5']]) for (const operators of [[], ['1'], ['3'], ['8'], ['3', '8']]) {
      const may = page().operators.filter((it) => (!operators.length || operators.includes(String(it.no))) && (!departments.length || it.departments.some((no) => departments.includes(String(no)))));
      const there = departments.length || operators.length ? may.some((it) => it.online) : online;
      const stands = (['start-online', 'online', 'start-offline', 'offline'] as const).map((wanted) => after(wanted, page(), { online }, { departments, operators }));
      expect([online, departments, operators, stands]).toEqual([online, departments, operators, there ? ['start-online', 'online', 'start-offline', 'offline'] : ['start-offline', 'offline', 'start-offline', 'offline']]);
    }
  });

  it('is in the status wanted, or its negation when nobody is there', () => { // LT-PAGE-1
    const nobody = { online: false };
    expect([after('start-online'), after('online'), after('start-offline'), after('offline'), after('hidden'), after('mini')]).toEqual(['start-online', 'online', 'start-offline', 'offline', 'hidden', 'mini']);
    expect([after('start-online', page(), nobody), after('online', page(), nobody)]).toEqual(['start-offline', 'offline']);
    expect([after('start-online', page(), {}, { departments: ['5'] }), after('online', page(), {}, { operators: ['3'] }), after('online', page(), nobody, { operators: ['8'] })]).toEqual(['start-offline', 'offline', 'online']);
  });

  it('follows who is there, but not where the page chose otherwise', () => { // LT-PAGE-2
    for (const [wanted, gone] of [['start-online', 'start-offline'], ['online', 'offline'], ['start-offline', 'start-offline'], ['offline', 'offline']] as const) {
      const who = { online: true };
      const it = bar(page(), who);
      it.second.call({ do: 'init', wishes: { page: wanted } });
      for (const online of [false, true]) {
        who.online = online;
        it.second.report();
      }
      expect(it.said.flatMap(({ status }) => status ?? [])).toEqual(wanted === gone ? [wanted] : [wanted, gone, wanted]);
    }
  });

  it('goes from each status to the others, as the page, the visitor and the chat want', () => { // LT-PAGE-5
    const all = ['start-online', 'online', 'start-offline', 'offline', 'hidden', 'mini'] as const;
    for (const from of all) for (const to of all) {
      const it = bar();
      it.second.call({ do: 'init', wishes: { page: from } });
      it.second.call({ do: 'page', status: to });
      expect([from, to, it.second.status()]).toEqual([from, to, to]);
    }
    const it = bar();
    const now = (change: () => unknown) => (change(), it.second.status());
    const press = (open: boolean) => () => it.second.pressed() || (it.state.open = open);
    it.second.call({ do: 'init', wishes: {} });
    expect([now(press(true)), now(press(false)), now(press(true))]).toEqual(['online', 'start-online', 'online']);
    expect(now(() => it.second.heard('chat-started', { rid: 'r', ticket: '7', initiator: 'client', fresh: true }))).toBe('chat');
    expect(now(() => it.second.call({ do: 'page', status: 'hidden' }))).toBe('hidden');
    expect(now(() => it.second.rouse())).toBe('chat');
    it.second.heard('chat-ended', { rid: 'r' });
    expect(now(press(false))).toBe('start-online');
    it.second.call({ do: 'page', status: 'mini' });
    expect([now(press(true)), it.left.mock.calls.length]).toEqual(['mini', 1]);
    expect(now(() => it.second.call({ do: 'page', status: 'chat' }))).toBe('chat');
  });

  it('is shown and hidden by turns, however fast the page asks', () => {
    const it = bar();
    const flip = () => (it.second.call({ do: 'flip' }), it.second.status());
    it.second.call({ do: 'init', wishes: { page: 'hidden' } });
    expect([flip(), flip()]).toEqual(['start-online', 'hidden']);
    it.second.call({ do: 'init', wishes: { page: 'online' } });
    expect([flip(), flip(), flip()]).toEqual(['hidden', 'online', 'hidden']);
    it.second.call({ do: 'page', status: 'mini' });
    expect([flip(), flip()]).toEqual(['hidden', 'mini']);
    it.second.call({ do: 'page', status: 'chat', offer: { message: 'May I help?' } });
    expect([flip(), flip(), it.spoken.lines[0]?.text]).toEqual(['hidden', 'chat', 'May I help?']);
    it.second.call({ do: 'init', wishes: { page: 'hidden' } });
    expect(flip()).toBe('chat');
  });

  it('comes back with who is there now, unless the page wanted the message form', () => {
    const who = { online: false };
    const it = bar(page(), who);
    const flip = () => (it.second.call({ do: 'flip' }), it.second.status());
    it.second.call({ do: 'init', wishes: {} });
    expect([it.second.status(), flip()]).toEqual(['start-offline', 'hidden']);
    who.online = true;
    expect(flip()).toBe('start-online');
    it.second.call({ do: 'page', status: 'offline' });
    expect([flip(), flip()]).toEqual(['hidden', 'offline']);
    it.second.call({ do: 'page', status: 'hidden' });
    expect(flip()).toBe('offline');
  });

  it('tells of each rating, with numbers, and of the visitor only what was entered or given', () => { // LT-CB-5, LT-CB-9, LT-CB-11
    const it = bar(page(), { guest: { name: 'Difficult', phone: [{ phoneNumber: '666' }] } as never, room: { _id: 'r', open: true, seq: 1, code: 42, initiator: 'client' } });
    it.second.call({ do: 'init', wishes: { name: 'Ann', email: 'ann@example.com' } });
    const rating = { ticket: '42', name: 'Ann', email: 'ann@example.com', phone: '', operator_id: 3, department_id: 5 };
    it.second.heard('chat-rated', { satisfaction: '4' });
    it.second.heard('chat-ended', { rid: 'r' });
    it.second.heard('chat-rated', { satisfaction: '2', additionalFeedback: 'Slow' });
    expect(it.events().filter(([name]) => name === 'onchatrating').map(([, data]) => data)).toEqual([{ ...rating, rating: 4, message: '' }, { ...rating, rating: 2, message: 'Slow' }]);
  });

  it('tells of itself first, then of a running chat', () => { // LT-CB-3, LT-CB-7
    const it = bar(page(), { room: { _id: 'r', open: true, seq: 1, code: 42, initiator: 'api' } });
    it.second.heard('trigger-fired', { id: 't', no: 9, title: 'Early' });
    it.second.call({ do: 'init', wishes: { custom: 'PHPSESSID=1' } });
    expect(it.events().map(([name]) => name)).toEqual(['onload', 'onchatopened', 'ontrigger']);
    expect(it.events()[0]?.[1]?.['lang']).toBe('de');
    expect(it.events()[1]).toEqual(['onchatopened', { ticket: '42', initiator: 'api' }]);
    expect(it.claims).toEqual(['PHPSESSID=1']);
  });

  it('takes no chat for a running one that has ended since', () => { // LT-CB-3
    const it = bar(page(), { room: { _id: 'r', open: true, seq: 1, code: 42, initiator: 'api' } });
    it.second.call({ do: 'init', wishes: {} });
    it.second.heard('chat-ended', { rid: 'r' });
    it.second.call({ do: 'init', wishes: {} });
    expect(it.events().map(([name, data]) => [name, data?.['ticket']])).toEqual([['onload', '42'], ['onchatopened', '42'], ['onchatend', '42'], ['onload', '']]);
  });

  it('speaks first in the name of somebody who is there, and starts nothing', () => { // PT-LT-6, LT-PRO-1, LT-PRO-2, LT-PRO-5, LT-PRO-6
    const it = bar();
    it.second.call({ do: 'init', wishes: {} });
    it.second.call({ do: 'page', status: 'chat', offer: { operators: ['1'] } });
    expect([it.second.status(), it.spoken.lines.map(({ text, name }) => `${name}: ${text}`), it.spoken.agent?._id]).toEqual(['chat', ['Ada: I am Ada'], 'ada']);
    it.second.call({ do: 'page', status: 'chat', offer: { message: 'Other', name: 'Great Offer' } });
    expect(it.spoken.lines.map(({ text, name }) => `${name}: ${text}`)).toEqual(['Great Offer: Other']);
    const none = bar();
    none.second.call({ do: 'init', wishes: {} });
    none.second.call({ do: 'page', status: 'chat', offer: { operators: ['3'] } });
    expect([none.second.status(), none.spoken.lines]).toEqual(['start-offline', []]);
  });

  it('keeps an address back until the visitor agrees', () => { // PT-LT-7, 10.6
    const it = bar(page({ urlPrivacy: 'https://a.example/privacy' }));
    it.second.call({ do: 'init', wishes: { name: 'Ann', email: 'ann@example.com', phone: '1234' } });
    expect(it.told.person).toEqual({ name: 'Ann' });
    const lens = it.second.lens(config()).page!;
    expect([lens.requests, lens.privacy, lens.agreed]).toEqual([{ name: 'off', email: 'optional', phone: 'optional' }, 'https://a.example/privacy', false]);
    it.second.agree();
    expect(it.told.person).toEqual({ name: 'Ann', email: 'ann@example.com', phone: '1234' });
    expect(it.second.lens(config()).page!.requests).toEqual({ name: 'off', email: 'off', phone: 'off' });
    it.second.call({ do: 'init', wishes: { privacy: '' } });
    expect(it.second.lens(config()).page!.privacy).toBe('https://a.example/privacy');
  });

  it('keeps the targets of a visitor for this visitor', () => {
    const { second, told, store, noted } = bar();
    const go = (href: string) => {
      told.href = href;
      second.moved();
    };
    second.call({ do: 'init', wishes: { targets: ['http://x/a', 'http://x/b', 'http://x/c'] } });
    go('http://x/a');
    store.set('session', 'ann');
    go('http://x/b');
    for (const key of ['session', 'targets']) store.remove(key);
    go('http://x/c');
    store.set('session', 'bob');
    go('http://x/');
    expect(noted).toEqual([['http://x/a', 'http://x/b'], ['http://x/c']]);
  });

  it('comes out of hiding when somebody writes', () => { // LT-PAGE-3, LT-PAGE-4
    const it = bar();
    it.second.call({ do: 'init', wishes: { page: 'hidden' } });
    it.second.rouse();
    expect([it.told.visible, it.state.open]).toEqual([true, true]);
  });
});

describe('embed', () => { // 3, PT-LT-2, LT-LOAD-5
  it('reload looks where the page is now, before the bar starts anew', () => {
    const asked: string[] = [];
    const { api } = embedApi({ at: () => 'https://x/livechat', start: () => ({ call: (...args) => void asked.push(args[0]), on: () => undefined, look: () => void asked.push('look'), remove: () => undefined }) });
    api.init({ account: 'a' });
    api.reload();
    expect(asked).toEqual(['livechatoo', 'look', 'livechatoo']);
  });

  it('calls back in the next task, in order, with plain values; the page may call the API then', async () => { // LT-CB-1, LT-CB-8
    let tell: (told: SecondTold) => void = () => undefined;
    const asked: unknown[] = [];
    const heard: unknown[] = [];
    const { api } = embedApi({ at: () => 'https://x/livechat', start: () => ({ call: (...args) => void asked.push(args[1]), on: (told) => void (tell = (it) => told('livechatoo', it)), look: () => undefined, remove: () => undefined }) });
    const sized = (size: string) => tell({ event: 'onchange', data: { chat_status: size } });
    api.init({
      account: 'a',
      onload(data: Record<string, unknown>) {
        for (const key in data) heard.push(`${key} ${String(data[key])}`);
        api.page('hidden');
        sized('min');
        heard.push('loaded');
      },
      onchange: (data: { chat_status: string }) => heard.push(data.chat_status),
    });
    tell({ event: 'onload', data: { page: 'online', online: true } });
    sized('res');
    expect(heard).toEqual([]);
    await vi.waitFor(() => expect(heard).toEqual(['page online', 'online true', 'loaded', 'res', 'min']));
    expect(asked[1]).toEqual({ do: 'page', status: 'hidden' });
  });

  it('is no more where the account is nobody’s, says so once, and does not call back', async () => { // LT-LOAD-4
    const warned = vi.spyOn(console, 'warn').mockImplementation(() => undefined);
    let tell: (told: SecondTold) => void = () => undefined;
    const removed = vi.fn();
    const { api } = embedApi({ at: () => 'https://x/livechat', start: (_, gone) => ({ call: () => undefined, on: (told) => void (tell = (it) => told('livechatoo', it)), look: () => undefined, remove: () => (removed(), gone()) }) });
    const onload = vi.fn();
    api.init({ account: 'nobody', onload });
    expect(api.status()).toBe('loading');
    tell({ unknown: true });
    expect([api.status(), removed.mock.calls.length, warned.mock.calls]).toEqual(['not-initialized', 1, [['livechatoo:', 'account: this is not known', 'nobody']]]);
    await new Promise((done) => setTimeout(done));
    expect(onload).not.toHaveBeenCalled();
    warned.mockRestore();
  });

  it('never throws, in whatever order it is called', () => {
    const warned = vi.spyOn(console, 'warn').mockImplementation(() => undefined);
    const random = chance(11);
    const widget = (): Widget => ({ call: () => undefined, on: (told) => told('livechatoo', { status: 'start-online' }), look: () => undefined, remove: () => undefined });
    const { api } = embedApi({ at: (query) => `https://x/livechat?${new URLSearchParams(query)}`, start: widget });
    expect(api.status()).toBe('not-initialized');
    api.init();
    expect([api.status(), warned.mock.calls.length]).toEqual(['not-initialized', 1]);
    const steps = [() => api.init({ account: 'a' }), () => api.init(), () => api.stop(), () => api.flip(), () => api.bubble(1), () => api.reload(), () => api.switch_side('left'), () => api.switch_side(7), () => api.page('online'), () => api.page('x'), () => api.page('chat', {}), () => void (api.options = { account: 'b' })];
    for (let i = 0; i < 500; i++) steps[Math.floor(random() * steps.length)]!();
    api.stop();
    expect(api.status()).toBe('stopped');
    api.init({ account: 'a' });
    expect(api.status()).toBe('start-online');
    warned.mockRestore();
  });
});
