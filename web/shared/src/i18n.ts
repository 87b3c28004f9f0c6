/** A catalogue: texts by key, with {name} where a value goes and one key a plural form ("unread_one"). */
export type Catalogue = Readonly<Record<string, string>>;

/** The first wanted language that there is: exactly, else its base ("de-AT" → "de"); else the last available one. */
export function choose(wanted: readonly string[], available: readonly string[]): string {
  const candidates = wanted.flatMap((language) => [language, language.split(/[-_]/)[0]]);
  return candidates.find((language) => available.includes(language!)) ?? available[available.length - 1]!;
}

/** Puts values in the places of a text. */
export const fill = (text: string, values: Readonly<Record<string, string | number>>) =>
  text.replace(/\{(\w+)\}/g, (place, name: string) => String(values[name] ?? place));

/** The key of the plural form that n takes in the language. */
export const plural = (key: string, n: number, language: string) => `${key}_${new Intl.PluralRules(language).select(n)}`;

/** How a language is written. */
export const direction = (language: string) => (/^(ar|fa|he|ps|sd|ug|ur|yi)/.test(language) ? 'rtl' : 'ltr');
