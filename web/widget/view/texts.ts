import { type Catalogue, choose, direction, fill, plural } from '@foyer/shared/i18n';
import en from '../i18n/panel/en.json';
import type rare from '../i18n/rare/en.json';
import type talk from '../i18n/talk/en.json';

/** The keys of the texts. */
export type Text = keyof typeof en | keyof typeof talk | keyof typeof rare;

/** Texts that belong together: the English ones at hand, the others fetched when wanted. */
export interface Book {
  readonly name: 'panel' | 'talk' | 'rare';
  readonly en: Catalogue;
}

/** The languages there are; English, the last, is for everybody else. */
export const KNOWN = 'ar cs da de es fr he hu it ja nb nl pl pt ro sk sv tr uk zh en'.split(' ');

const books: Book[] = [{ name: 'panel', en }];

let language = 'en';
let texts: Catalogue = en;

/** The language in use. */
export const spoken = () => language;

/** Uses the first of the wanted languages that there is; texts that cannot be fetched are English. */
export async function speak(wanted: readonly string[]): Promise<void> {
  language = choose(wanted.map((one) => one.replace(/^no\b/, 'nb')), KNOWN);
  const now = language;
  const fetched = now === 'en' ? [] : await fetchAll(now).catch(() => []);
  if (now !== language) return; // another one was wanted meanwhile
  texts = Object.assign({}, ...books.map((book) => book.en), ...fetched);
  Object.assign(document.documentElement, { lang: language, dir: direction(language) });
}

async function fetchAll(language: string): Promise<Catalogue[]> {
  const { fetchTexts } = await import('./languages');
  return Promise.all(books.map(({ name, en }) => fetchTexts(name, en, language)));
}

/** Learns more texts, in the language in use. */
export function learn(book: Book): Promise<void> {
  books.push(book);
  return speak([language]);
}

/** The text of a key. */
export const t = (key: Text, values: Record<string, string | number> = {}) => fill(texts[key] ?? '', values);

/** The text of a key in the plural form of n, which is also its {n}. */
export const count = (key: 'unread' | 'left' | 'minutes' | 'hours' | 'stars', n: number) => t((plural(key, n, language) in texts ? plural(key, n, language) : `${key}_other`) as Text, { n });
