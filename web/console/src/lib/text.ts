// Texts of the screens: one catalogue a language, English is the source of keys. It is
// the one that everybody loads, so what only later pages say stands apart (page-texts.ts).
import first from './texts/en.json';
import type later from './texts/pages.en.json';

type Entry = keyof typeof first | keyof typeof later;
type Base<K> = K extends `${infer B}_${Intl.LDMLPluralRule}` ? B : K;

/** The name of a text. Plural forms share one name. */
export type TextKey = Base<Entry>;

export type Language = 'en' | 'de' | 'ar';
export const languages: Record<Language, string> = { en: 'English', de: 'Deutsch', ar: 'العربية' };

type Catalogue = Partial<Record<string, string>>;
type Values = Record<string, string | number>;

const en: Catalogue = { ...first };
let current: Language = 'en';
let catalogue = en;
let plurals = new Intl.PluralRules('en');
let region = regional('en');

const load: Record<Language, () => Promise<Catalogue>> = {
  en: () => Promise.resolve(en),
  de: async () => (await import('./texts/de.json')).default,
  ar: async () => (await import('./texts/ar.json')).default,
};

/** Adds English texts to those that are known. */
export function learn(more: Catalogue): void {
  Object.assign(en, more);
}

/** The language in use. */
export function language(): Language {
  return current;
}

/** The language in use with the region of this browser, for times and numbers. */
export function locale(): string {
  return region;
}

function regional(base: Language): string {
  return navigator.languages.find((tag) => tag.startsWith(base)) ?? base;
}

/** The writing direction of the language in use. */
export function direction(): 'ltr' | 'rtl' {
  return current === 'ar' ? 'rtl' : 'ltr';
}

/** Loads a catalogue and uses it from now on. */
export async function speak(next: Language): Promise<void> {
  catalogue = await load[next]();
  current = next;
  plurals = new Intl.PluralRules(next);
  region = regional(next);
  document.documentElement.lang = next;
  document.documentElement.dir = direction();
}

/** The first of the browser's languages that we have. */
export function preferredLanguage(wanted: readonly string[] = navigator.languages): Language {
  const known = wanted.map((tag) => tag.slice(0, 2).toLowerCase()).find((tag) => tag in languages);
  return (known as Language | undefined) ?? 'en';
}

/** The text with its values put in; `count` chooses the plural form. */
export function t(key: TextKey, values: Values = {}): string {
  const text = plural(key, values) ?? catalogue[key] ?? en[key] ?? key;
  return text.replace(/\{(\w+)\}/g, (hole, name: string) => String(values[name] ?? hole));
}

function plural(key: string, values: Values): string | undefined {
  if (typeof values['count'] !== 'number') return undefined;
  const form = `${key}_${plurals.select(values['count'])}`;
  return catalogue[form] ?? catalogue[`${key}_other`] ?? en[`${key}_other`];
}

/** The text of an optional key, such as one made from a server's code. */
export function maybe(key: string): string | undefined {
  return catalogue[key] ?? en[key];
}
