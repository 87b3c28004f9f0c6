import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import ar from './texts/ar.json';
import de from './texts/de.json';
import en from './texts/en.json';

const source = readFileSync('../shared/src/gen/settings.ts', 'utf8');
const [, rows = ''] = /export interface Settings \{(.*?)\n\}/s.exec(source) ?? [];
const settings = [...rows.matchAll(/^ {2}(\w+)\??: (.*);$/gm)].map(([, id = '', type = '']) => ({ id, values: [...type.matchAll(/"([^"]*)"/g)].map(([, value]) => value) }));

describe.each(Object.entries({ en, de, ar }))('the settings in %s', (language, texts: Partial<Record<string, string>>) => {
  it('have names, and so have their choices', () => {
    expect(settings.length).toBeGreaterThan(150);
    expect(settings.flatMap(({ id, values }) => [id, ...values.map((value) => `${id}.${value}`)]).filter((key) => !texts[key])).toEqual([]);
  });
  it.skipIf(language === 'en')('are explained', () => {
    expect(settings.filter(({ id }) => !texts[`${id}.help`]).map(({ id }) => id)).toEqual([]);
  });
});
