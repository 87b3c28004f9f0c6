import { afterEach, describe, expect, it } from 'vitest';
import { direction, preferredLanguage, speak, t } from './text';
import ar from './texts/ar.json';
import de from './texts/de.json';
import first from './texts/en.json';
import later from './texts/pages.en.json';
import './page-texts';

const en = { ...first, ...later };
const base = (key: string) => key.replace(/_(zero|one|two|few|many|other)$/, '');
const holes = (text: string) => [...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name).sort();

afterEach(() => speak('en'));

describe.each(Object.entries({ de, ar }))('catalogue %s', (_, texts: Record<string, string>) => {
  it('has every text of the English one and no other', () => {
    expect(new Set(Object.keys(texts).map(base))).toEqual(new Set(Object.keys(en).map(base)));
  });
  it('uses no value that the English text does not have', () => {
    const known = new Map<string, Set<string | undefined>>();
    Object.entries(en).forEach(([key, text]) => known.set(base(key), new Set([...(known.get(base(key)) ?? []), ...holes(text)])));
    const foreign = Object.entries(texts).filter(([key, text]) => holes(text).some((hole) => !known.get(base(key))?.has(hole)));
    expect(foreign).toEqual([]);
  });
});

describe('t', () => {
  it('puts values in and chooses the plural form of the language', async () => {
    expect([t('context.messages', { count: 1 }), t('context.messages', { count: 2 })]).toEqual(['1 message', '2 messages']);
    await speak('ar');
    expect([t('context.messages', { count: 2 }), t('context.messages', { count: 5 })]).toEqual(['رسالتان', '5 رسائل']);
    expect([direction(), document.documentElement.dir]).toEqual(['rtl', 'rtl']);
  });
  it('does not read places in values as places', () => {
    expect(t('row.you', { text: '{text} $& {who}' })).toBe('You: {text} $& {who}');
  });
});

describe('preferredLanguage', () => {
  it('takes the first of the browser’s languages that there is', () => {
    expect([preferredLanguage(['fr-FR', 'de-AT', 'en']), preferredLanguage(['fr'])]).toEqual(['de', 'en']);
  });
});
