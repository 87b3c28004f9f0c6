// Names and explanations of settings; what a catalogue lacks comes from the server.
import { language, type Language } from '../../lib/text';
import type { Setting } from './queries';

type Texts = Partial<Record<string, string>>;

const load: Record<Language, () => Promise<Texts>> = {
  en: async () => (await import('./texts/en.json')).default,
  de: async () => (await import('./texts/de.json')).default,
  ar: async () => (await import('./texts/ar.json')).default,
};

export interface SettingTexts {
  name(setting: Pick<Setting, '_id'>): string;
  help(setting: Setting): string;
  section(setting: Setting): string;
  choice(setting: Pick<Setting, '_id'>, key: string): string;
}

/** Loads the texts in the language in use. */
export async function settingTexts(): Promise<SettingTexts> {
  const texts = await load[language()]();
  return {
    name: ({ _id }) => texts[_id] ?? readable(_id),
    help: ({ _id, i18nDescription }) => texts[`${_id}.help`] ?? i18nDescription,
    section: ({ _id, group, section }) => texts[`${_id}.section`] ?? texts[`section.${section}`] ?? section ?? group,
    choice: ({ _id }, key) => texts[`${_id}.${key}`] ?? readable(key),
  };
}

/** "Livechat_enabled_when_agent_idle" → "Enabled when agent idle". */
export function readable(id: string): string {
  const words = id.replace(/^(Livechat|Omnichannel|Message|Accounts)_(?=.)/, '').replaceAll('_', ' ').trim();
  return words.charAt(0).toUpperCase() + words.slice(1);
}
