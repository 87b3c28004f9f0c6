import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Plugin } from 'vite';

type Texts = Record<string, string>;

/** The English texts are split by when they are needed, in this order: view/texts.ts knows the places. */
export const BOOKS = ['bubble', 'panel', 'talk', 'rare'];

const folder = join(import.meta.dirname, 'i18n');
const read = (file: string) => JSON.parse(readFileSync(join(folder, file), 'utf8')) as Texts;

/** The languages besides English. */
const languages = readdirSync(folder).filter((file) => file.endsWith('.json')).map((file) => file.slice(0, -5));

/**
 * The texts of another language as they travel, without their keys: a line each, book by book in the order of the English
 * ones, and at the end, key and text by turns, what English does not have, such as more plural forms. view/texts.ts reads them.
 */
export function pack(language: string): string {
  const texts = read(`${language}.json`);
  const books = BOOKS.map((book) => Object.keys(read(`en/${book}.json`)));
  // A plural form that is as the last one is not sent: the last one is for whatever is missing.
  const needed = (key: string) => !books.flat().includes(key) && texts[key] !== texts[key.replace(/_\w+$/, '_other')];
  const more = Object.keys(texts).filter(needed).flatMap((key) => [key, texts[key]!]);
  return [...books.map((keys) => keys.map((key) => texts[key] ?? '')), more].map((book) => book.join('\n')).join('\t');
}

const stamp = createHash('sha256').update(languages.map(pack).join()).digest('hex').slice(0, 8);

/** Puts each other language beside the scripts, in a file that is loaded when it is used. */
export const textFiles: Plugin = {
  name: 'text-files',
  config: () => ({ define: { TEXTS: JSON.stringify(stamp) } }),
  configureServer({ middlewares }) {
    middlewares.use((request, response, next) => {
      const language = /\/(\w\w)-\w+\.txt$/.exec(request.url ?? '')?.[1];
      if (language && languages.includes(language)) response.end(pack(language));
      else next();
    });
  },
  generateBundle() {
    for (const language of languages) this.emitFile({ type: 'asset', fileName: `assets/${language}-${stamp}.txt`, source: pack(language) });
  },
};
