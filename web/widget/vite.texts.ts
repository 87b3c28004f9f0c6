import { readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { Plugin } from 'vite';

type Texts = Record<string, string>;

const read = (file: string) => JSON.parse(readFileSync(file, 'utf8')) as Texts;

/**
 * Texts in other languages travel without their keys: in the order of the English ones, and at
 * the end those that English does not have, such as more plural forms. view/languages.ts reads them.
 */
export const shortTexts: Plugin = {
  name: 'short-texts',
  enforce: 'pre',
  load(id) {
    if (!/\/i18n\/\w+\/\w+\.json$/.test(id) || basename(id) === 'en.json') return null;
    const keys = Object.keys(read(join(dirname(id), 'en.json')));
    const texts = read(id);
    const more = Object.entries(texts).filter(([key]) => !keys.includes(key));
    return JSON.stringify([...keys.map((key) => texts[key] ?? null), Object.fromEntries(more)]);
  },
};
