import { afterEach, describe, expect, it, vi } from 'vitest';
import { Refusal } from '../model/ports';
import { newId } from '../platform/id';
import { openRest } from '../platform/chat-rest';
import { askAt, configAt } from '../platform/rest';
import { openStore } from '../platform/store';

afterEach(() => vi.unstubAllGlobals());

/** A Storage whose keys are its own properties, as the browser's are. */
function storage(kept: Record<string, string> = {}): Storage {
  const methods = {
    getItem: (key: string) => kept[key] ?? null,
    setItem: (key: string, value: string) => void (kept[key] = value),
    removeItem: (key: string) => void delete kept[key],
  };
  return new Proxy(kept, { get: (_, key) => methods[key as keyof typeof methods] ?? kept[key as string] }) as unknown as Storage;
}

describe('the store', () => {
  it('keeps texts under names of its own', () => {
    const kept: Record<string, string> = { other: 'x' };
    const store = openStore(() => storage(kept));
    store.set('out:1', 'a');
    expect(kept).toEqual({ other: 'x', 'foyer:out:1': 'a' });
    expect([store.get('out:1'), store.keys('out:')]).toEqual(['a', ['out:1']]);
    store.remove('out:1');
    expect([store.get('out:1'), store.keys('')]).toEqual([null, []]);
  });

  it('remembers in memory where the browser blocks it', () => {
    const store = openStore(() => {
      throw new DOMException('denied', 'SecurityError');
    });
    store.set('a', '1');
    expect([store.get('a'), store.keys('a')]).toEqual(['1', ['a']]);
    store.remove('a');
    expect(store.get('a')).toBeNull();
  });

  it('remembers in memory what does not fit', () => {
    const full = storage();
    const store = openStore(() => Object.assign(Object.create(full), { setItem: () => { throw new DOMException('full', 'QuotaExceededError'); }, getItem: () => null, removeItem: () => undefined }));
    store.set('a', '1');
    expect(store.get('a')).toBe('1');
  });
});

describe('REST', () => {
  const answer = (status: number, body: string) => {
    const calls: [string, RequestInit][] = [];
    vi.stubGlobal('fetch', async (url: string, init: RequestInit) => (calls.push([url, init]), new Response(body, { status })));
    return calls;
  };

  it('sends the session in a header, no cookie, and the body as JSON', async () => {
    const calls = answer(200, '{"success":true,"session":"s","visitor":{"_id":"v"}}');
    await openRest(askAt('http://x/'), () => undefined).visitor('secret', { name: 'Ann' });
    const [url, init] = calls[0]!;
    expect(url).toBe('http://x/api/v1/foyer/widget/visitor');
    expect(init).toMatchObject({ method: 'POST', credentials: 'omit', body: '{"name":"Ann"}', headers: { 'X-Foyer-Session': 'secret' } });
  });

  it('sends no session where there is none', async () => {
    const calls = answer(200, '{"success":true,"config":{"enabled":false}}');
    await configAt(askAt('http://x/'))('');
    expect(calls[0]![1].headers).toEqual({});
  });

  it.each([
    [400, '{"success":false,"error":"x","errorType":"room-closed"}', 'room-closed', false],
    [503, 'bad gateway', '', true],
    [429, '{"error":"slow down"}', 'slow down', true],
  ])('tells a refusal (%i)', async (status, body, code, passing) => {
    answer(status, body);
    const error = await configAt(askAt('http://x/'))('').catch((e: unknown) => e);
    expect(error).toBeInstanceOf(Refusal);
    expect(error).toMatchObject({ status, code, passing });
  });
});

it('makes identifiers nobody else has', () => {
  const ids = new Set(Array.from({ length: 1000 }, newId));
  expect(ids.size).toBe(1000);
  expect([...ids].every((id) => /^[0-9a-z]{20}$/.test(id))).toBe(true);
});
