// @vitest-environment happy-dom
import { clockTime } from '../view/time';
import { readFileSync, readdirSync } from 'node:fs';
import { choose, direction, fill, plural } from '@foyer/shared/i18n';
import { h, render } from 'preact';
import { describe, expect, it, vi } from 'vitest';
import type { Item } from '../model/state';
import { faultOf, faultOfDefined } from '../model/validate';
import { contrast, readable, textOn } from '../view/colour';
import { initials } from '../view/initials';
import { group } from '../view/groups';
import { Ask } from '../view/ask';
import { Face } from '../view/face';
import { Formatted } from '../view/formatted';
import { pieces } from '@foyer/shared/links';
import { count, KNOWN, learn, speak, t, type Text } from '../view/texts';
import { estimate } from '../view/waiting';
import { BOOKS, pack } from '../vite.texts';
import { chance, config } from './fakes';

describe('colours', () => {
  const random = chance(7);
  const any = Array.from({ length: 500 }, () => [0, 1, 2].map(() => Math.floor(random() * 256)));

  it('can always be read', () => {
    for (const colour of any) {
      expect(contrast(colour, textOn(colour))).toBeGreaterThanOrEqual(4.5);
      for (const ground of [[255, 255, 255], [23, 25, 30]]) expect(contrast(readable(colour, ground), ground)).toBeGreaterThanOrEqual(4.5);
    }
  });

  it('are left alone where they can be read', () => {
    expect(readable([193, 39, 45], [255, 255, 255])).toEqual([193, 39, 45]);
    expect([contrast([255, 255, 255], [0, 0, 0]), contrast([119, 119, 119], [255, 255, 255])].map((c) => Math.round(c * 100) / 100)).toEqual([21, 4.48]);
  });
});

describe('links', () => {
  const links = (text: string) => pieces(text).filter((p) => p.href).map((p) => p.href);

  it.each([
    ['see https://a.example/x.', ['https://a.example/x']],
    ['(https://a.example/x_(y)) and www.b.example!', ['https://a.example/x_(y)', 'https://www.b.example']],
    ['javascript:alert(1) data:text/html,x ftp://a', []],
    ['<a href="https://a.example">', ['https://a.example']],
    ['HTTPS://A.EXAMPLE', ['HTTPS://A.EXAMPLE']],
  ])('%s', (text, expected) => expect(links(text)).toEqual(expected));

  it('loses no letter', () => {
    const text = 'a https://x.example, (www.y.example/z). b\nc';
    expect(pieces(text).map((p) => p.text).join('')).toBe(text);
  });
});

describe('groups', () => {
  const now = new Date(2026, 5, 10, 12).getTime();
  const item = (id: string, minutes: number, change: Partial<Item> = {}): Item =>
    ({ id, text: id, at: now + minutes * 60_000, mine: false, by: 'bob', name: 'Bob', line: '', edited: false, seq: 0, state: 'sent', ...change });
  const ids = (items: readonly Item[]) => group(items, now).map((g) => g.items.map((i) => i.id).join(''));

  it('joins one sender within five minutes', () => {
    expect(ids([item('a', 0), item('b', 4), item('c', 10), item('d', 10, { by: 'eve' }), item('e', 11, { mine: true, by: 'me' }), item('f', 11, { mine: true, by: '' })])).toEqual(['ab', 'c', 'd', 'ef']);
  });

  it('splits one sender who speaks under another name', () => {
    expect(ids([item('a', 0, { name: 'Rosa' }), item('b', 0, { name: 'Alex' }), item('c', 1, { name: 'Alex' }), item('d', 1, { mine: true, name: 'Ann' }), item('e', 1, { mine: true, name: '' })])).toEqual(['a', 'bc', 'de']);
  });

  it('makes no block of more than ten, and cuts where it would with what is earlier', () => {
    const many = Array.from('abcdefghijklm', (id, i) => item(id, 0, { seq: i + 7 }));
    expect(ids(many)).toEqual(['abc', 'defghijklm']);
    expect(ids(many.slice(2))).toEqual(['c', 'defghijklm']);
    expect(ids([...many, item('n', 0)])).toEqual(['abc', 'defghijklmn']);
  });

  it('keeps system lines apart', () => {
    expect(ids([item('a', 0), item('b', 0, { line: 'uj' }), item('c', 1)])).toEqual(['a', 'b', 'c']);
  });

  it('dates a new day, but not a conversation of today', () => {
    expect(group([item('a', -24 * 60), item('b', 0), item('c', 1)], now).map((g) => g.day !== null)).toEqual([true, true]);
    expect(group([item('a', 0)], now)[0]?.day).toBeNull();
  });
});

it.each([['Ann', 'A'], ['Ann Marie Berg', 'AB'], ['demo-agent', 'DA'], ['', ''], ['👩‍🌾 x', '👩X'], ['أحمد علي', 'أع']])('initials of %s', (name, expected) => expect(initials(name)).toBe(expected));

it.each([
  ['name', '', 'name_missing'], ['name', 'x', ''], ['email', '', 'email_missing'], ['email', 'anna@', 'email_wrong'], ['email', 'a b@x.example', 'email_wrong'],
  ['phone', '', 'phone_missing'], ['phone', 'call me', 'phone_wrong'], ['phone', '+49 (0)30 1234-5', ''], ['message', '', 'message_missing'],
  ['email', 'a@x', 'email_wrong'], ['email', 'anna+x@sub.example.org', ''],
])('looks at %s "%s"', (field, value, fault) => expect(faultOf(field, value)).toBe(fault));

it.each([
  [true, '', '', 'field_missing'], [false, '', '', ''], [false, '^[0-9]+$', 'a', 'field_wrong'], [true, '^[0-9]+$', '12', ''], [false, '^abc$', 'ABC', ''],
  [false, '(', 'anything', ''], [false, '^(a+)+$', 'a'.repeat(200) + '!', ''], [false, '^(a|a)*$', 'b', ''],
])('looks at a defined field: required %s, pattern %s, value %s', (required, regexp, value, fault) => expect(faultOfDefined({ required, regexp }, value)).toBe(fault));

it('a picture that does not come leaves the initials (LT-PRO-8)', () => {
  const box = document.createElement('div');
  render(h(Face, { name: 'Great Offer', photo: 'https://a.example/gone.jpg' }), box);
  expect(box.querySelector('img')?.getAttribute('src')).toBe('https://a.example/gone.jpg');
  box.querySelector('img')!.dispatchEvent(new Event('error'));
  expect([box.querySelector('img'), box.textContent]).toEqual([null, 'GO']);
});

it('an address that is wrong is neither accepted nor declined until it is corrected or taken out (LT-CB-6)', () => {
  const box = document.createElement('div');
  document.body.append(box);
  const register = vi.fn();
  const page = { requests: { name: 'off', email: 'optional', phone: 'off' }, given: {}, operators: [], privacy: '' };
  render(h(Ask, { state: { config: { ...config(), page }, person: {}, busy: false }, chat: { register } } as never), box);
  for (const [email, sent] of [['ann@', []], ['ann@example.com', [{ email: 'ann@example.com' }]], ['', [{}]]] as const) {
    box.querySelector<HTMLInputElement>('[name=email]')!.value = email;
    box.querySelector('form')!.dispatchEvent(new Event('submit', { cancelable: true }));
    expect([email, register.mock.calls.splice(0).map(([values]) => values as unknown)]).toEqual([email, sent]);
  }
  box.remove();
});

describe('formatted text', () => { // LT-PRO-8
  const html = (text: string) => {
    const box = document.createElement('div');
    render(h(Formatted, { text }), box);
    return box.innerHTML.replace(/ target="_blank" rel="noopener noreferrer nofollow"| __(self|source)="[^"]*"/g, '');
  };

  it.each([
    ['a *b* **c** _d_ ~e~ `f`', 'a <strong>b</strong> <strong>c</strong> <em>d</em> <s>e</s> <code>f</code>'],
    ['*both _of_ them*', '<strong>both <em>of</em> them</strong>'],
    ['2 * 3 * 4, snake_case_name, a*b*c', '2 * 3 * 4, snake_case_name, a*b*c'],
    ['`*not*`', '<code>*not*</code>'],
    ['[here](https://a.example/x_y_z) and https://b.example/_c_', '<a href="https://a.example/x_y_z">here</a> and <a href="https://b.example/_c_">https://b.example/_c_</a>'],
    ['[bad](javascript:alert(1)) <b>x</b> <img src=x onerror=alert(1)>', '[bad](javascript:alert(1)) &lt;b&gt;x&lt;/b&gt; &lt;img src=x onerror=alert(1)&gt;'],
    ['- one\n- *two*', '<span class="list" role="list"><span role="listitem">one</span><span role="listitem"><strong>two</strong></span></span>'],
    ['> said\nso', '<span class="quoted">said</span>so'],
    ['```\n*raw*\n```', '<code class="block">*raw*</code>'],
    ['plain\ntext', 'plain\ntext'],
  ])('%s', (text, expected) => expect(html(text)).toBe(expected));

  it('never takes long, whatever is written; nothing of it is lost', () => {
    const nasty = ['*a '.repeat(1000), '**a**'.repeat(600), '_'.repeat(3000), '`a'.repeat(1500), '[a](https://'.repeat(250), '*a* '.repeat(750), '~~'.repeat(1500), 'https://a '.repeat(300), '*'.repeat(100_000)];
    for (const text of nasty) {
      const before = performance.now();
      html(text);
      expect(performance.now() - before, text.slice(0, 8)).toBeLessThan(500);
    }
  });
});

describe('the estimated wait', () => {
  const words = (estimatedWaitTimeSeconds?: number) => estimate({ spot: 1, estimatedWaitTimeSeconds, message: { text: '', user: { _id: '', username: '' } } });
  it('RQ-POS-7: is told in words of everyday', () => {
    learn({ place: 2, en: JSON.parse(readFileSync('i18n/en/talk.json', 'utf8')) as Record<string, string> });
    expect([undefined, 0, 29, 31, 240, 3540, 3600, 7300].map(words)).toEqual(['', 'Wait: less than a minute', 'Wait: less than a minute', 'Wait: about 1 min', 'Wait: about 4 min', 'Wait: about 59 min', 'Wait: about 1 h', 'Wait: about 2 h']);
  });
});

describe('texts', () => {
  const read = (file: string) => JSON.parse(readFileSync(`i18n/${file}.json`, 'utf8')) as Record<string, string>;
  const books = BOOKS.map((book) => read(`en/${book}`));
  const en: Record<string, string> = Object.assign({}, ...books);
  const others = KNOWN.slice(0, -1);
  const base = (key: string) => key.replace(/_(zero|one|two|few|many|other)$/, '');
  const places = (text: string) => [...text.matchAll(/\{\w+\}/g)].map(([place]) => place).filter((place) => place !== '{n}').sort();

  it('is there in every language that is said to be there: twenty at least, two of them from right to left', () => {
    expect(readdirSync('i18n').filter((file) => file.endsWith('.json')).map((file) => file.slice(0, -5)).sort()).toEqual([...others].sort());
    expect(KNOWN.length).toBeGreaterThanOrEqual(20);
    expect(KNOWN.filter((language) => direction(language) === 'rtl').length).toBeGreaterThanOrEqual(2);
  });

  it.each(others)('%s: has every text, with its places, in every plural form it needs', (language) => {
    const texts = read(language);
    expect([...new Set(Object.keys(texts).map(base))].sort()).toEqual([...new Set(Object.keys(en).map(base))].sort());
    for (const [key, text] of Object.entries(texts)) expect(text.trim(), key).not.toBe('');
    for (const [key, text] of Object.entries(en)) if (texts[key]) expect(places(texts[key]!), key).toEqual(places(text));
    for (const form of new Intl.PluralRules(language).resolvedOptions().pluralCategories) for (const key of ['unread', 'left', 'stars']) expect(texts).toHaveProperty(`${key}_${form}`);
  });

  it.each(others)('%s: travels without its keys and arrives with them', async (language) => {
    const texts = read(language);
    vi.stubGlobal('fetch', async (address: URL) => {
      expect(address.pathname).toMatch(new RegExp(`/${language}-\\w{8}\\.txt$`));
      return new Response(pack(language));
    });
    books.forEach((en, place) => learn({ place: place as 0 | 1 | 2 | 3, en }));
    await speak([language]);
    for (const key of Object.keys(en)) if (texts[key]) expect(t(key as Text), key).toBe(texts[key]);
    const forms = new Intl.PluralRules(language);
    for (const key of ['unread', 'left', 'stars'] as const) for (const n of [0, 1, 2, 3, 11, 100]) expect(count(key, n)).toBe(fill(texts[`${key}_${forms.select(n)}`]!, { n }));
    vi.stubGlobal('fetch', () => Promise.reject(new Error('never asked again')));
    await speak([language]);
    expect(t('send')).toBe(texts['send']);
    await speak(['en']);
    expect(t('send')).toBe('Send');
  });

  it('stays English while a language cannot be had', async () => {
    vi.stubGlobal('fetch', async () => new Response('not found', { status: 404 }));
    await speak(['uk']);
    expect([t('send'), document.documentElement.lang]).toEqual(['Send', 'uk']);
    await speak(['en']);
  });

  it('chooses the language', () => {
    expect(choose(['', 'de-AT', 'ar'], ['ar', 'de', 'en'])).toBe('de');
    expect(choose(['xx', 'pt_BR'], ['pt', 'en'])).toBe('pt');
    expect(choose(['xx'], ['ar', 'en'])).toBe('en');
    expect([direction('ar-EG'), direction('de')]).toEqual(['rtl', 'ltr']);
    expect([fill('{a} {b}', { a: 1 }), plural('unread', 2, 'ar')]).toEqual(['1 {b}', 'unread_two']);
  });
});

describe('the time of day', () => {
  it.each([['en', '1:05 PM'], ['en-US', '1:05 PM'], ['en-GB', '13:05'], ['en-IE', '13:05'], ['de-AT', '13:05'], ['ar', '13:05']])('in %s is %s', (local, shown) => {
    expect(clockTime(new Date(2026, 2, 2, 13, 5).getTime(), local)).toBe(shown);
  });
});
