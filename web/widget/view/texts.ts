import { type Catalogue, choose, direction, fill, plural } from '@foyer/shared/i18n';
import en from '../i18n/en/bubble.json';
import type panel from '../i18n/en/panel.json';
import type rare from '../i18n/en/rare.json';
import type talk from '../i18n/en/talk.json';

/** The keys of the texts. */
export type Text = keyof typeof en | keyof typeof panel | keyof typeof talk | keyof typeof rare;

/** English texts that belong together, and their place in the files of other languages. */
export interface Book {
  readonly place: 0 | 1 | 2 | 3;
  readonly en: Catalogue;
}

/** In the names of the files with other languages' texts. */
declare const TEXTS: string;

/** The languages there are; English, the last, is for everybody else. */
export const KNOWN = 'ar cs da de es fr he hu it ja nb nl pl pt ro sk sv tr uk zh en'.split(' ');

const books: Book[] = [{ place: 0, en }];

let language = 'en';
let texts: Catalogue = en;
/** The lines of the file of a language, book by book; none for English. */
let lines: readonly (readonly string[])[] = [];
/** The language of the lines. */
let held = 'en';

/** The language in use. */
export const spoken = () => language;

let region = 'en';
/** The language with the visitor's region, where that is known: how dates and times are written there. */
export const local = () => region;

/** Uses the first of the wanted languages that there is; texts that cannot be fetched are English. */
export async function speak(wanted: readonly string[]): Promise<void> {
  const now = (language = choose(wanted.map((one) => one.replace(/^no\b/, 'nb')), KNOWN));
  region = wanted.find((one) => /^[a-z]+-[A-Z]{2}$/.test(one) && one.startsWith(`${now}-`)) ?? now;
  const fetched = now === held ? lines : now === 'en' ? [] : await fetchLines(now).catch(() => null);
  if (now !== language) return; // another one was wanted meanwhile
  lines = fetched ?? [];
  held = fetched ? now : 'en';
  gather();
  Object.assign(document.documentElement, { lang: language, dir: direction(language) });
}

async function fetchLines(language: string): Promise<string[][]> {
  const answer = await fetch(new URL(`${language}-${TEXTS}.txt`, import.meta.url));
  if (!answer.ok) throw new Error(language);
  return (await answer.text()).split('\t').map((book) => book.split('\n'));
}

/** Takes the texts that were learnt, in the language in use as far as they are there. */
function gather(): void {
  const now: Record<string, string> = {};
  for (const { place, en } of books) Object.keys(en).forEach((key, i) => (now[key] = lines[place]?.[i] || en[key]!));
  lines[lines.length - 1]?.forEach((text, i, more) => i % 2 && (now[more[i - 1]!] = text));
  texts = now;
}

/** Learns more texts, in the language in use. */
export function learn(book: Book): void {
  books.push(book);
  gather();
}

/** The text of a key. */
export const t = (key: Text, values: Record<string, string | number> = {}) => fill(texts[key] ?? '', values);

/** The text of a key in the plural form of n, which is also its {n}. */
export const count = (key: 'unread' | 'left' | 'stars', n: number) => t((plural(key, n, language) in texts ? plural(key, n, language) : `${key}_other`) as Text, { n });
