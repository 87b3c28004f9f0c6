import type { Catalogue } from '@foyer/shared/i18n';

/** The texts of a book, without their keys: in the order of the English ones, and then those that English does not have. */
type Short = readonly [...(string | null)[], Catalogue];

const files = import.meta.glob<Short>(['../i18n/*/*.json', '!../i18n/*/en.json'], { import: 'default' });

/** The texts of a book, whose English ones are given, in another language. */
export async function fetchTexts(book: string, en: Catalogue, language: string): Promise<Catalogue> {
  const short = await files[`../i18n/${book}/${language}.json`]!();
  const texts: Record<string, string> = { ...(short[short.length - 1] as Catalogue) };
  Object.keys(en).forEach((key, i) => {
    if (short[i]) texts[key] = short[i] as string;
  });
  return texts;
}
