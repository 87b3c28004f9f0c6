import type { Catalogue } from '@foyer/shared/i18n';

const files = import.meta.glob<Catalogue>(['../i18n/*/*.json', '!../i18n/*/en.json'], { import: 'default' });

/** The texts of a book in a language other than English. */
export const fetchTexts = (book: string, language: string): Promise<Catalogue> => files[`../i18n/${book}/${language}.json`]!();
