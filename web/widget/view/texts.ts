import { type Catalogue, choose, direction, fill, plural } from '@foyer/shared/i18n';
import en from '../i18n/panel/en.json';
import type rare from '../i18n/rare/en.json';
import type talk from '../i18n/talk/en.json';

/** The keys of the texts. */
export type Text = keyof typeof en | keyof typeof talk | keyof typeof rare;

/** Texts in all languages by file: the English ones at hand, the others fetched when wanted. */
export interface Book {
  readonly en: Catalogue;
  readonly others: Readonly<Record<string, () => Promise<Catalogue>>>;
}

const books: Book[] = [{ en, others: import.meta.glob<Catalogue>(['../i18n/panel/*.json', '!../i18n/panel/en.json'], { import: 'default' }) }];
const languageOf = (file: string) => file.replace(/.*\/|\.json/g, '');
const known = [...Object.keys(books[0]!.others).map(languageOf), 'en'];

let language = 'en';
let texts: Catalogue = en;

/** The language in use. */
export const spoken = () => language;

/** Uses the first of the wanted languages that there is; texts that cannot be fetched are English. */
export async function speak(wanted: readonly string[]): Promise<void> {
  language = choose(wanted, known);
  const files = books.flatMap(({ others }) => Object.entries(others)).filter(([file]) => languageOf(file) === language);
  const fetched = await Promise.all(files.map(([, fetch]) => fetch())).catch(() => []);
  texts = Object.assign({}, ...books.map((book) => book.en), ...fetched);
  Object.assign(document.documentElement, { lang: language, dir: direction(language) });
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
