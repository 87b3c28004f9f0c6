// The sites, with the settings' names in the language in use.
import { useQuery } from '@tanstack/react-query';
import { settingTexts } from '../features/settings/texts';
import { Sites } from '../features/sites/sites';
import { language } from '../lib/text';
import '../lib/page-texts';

export function SitesPage() {
  const { data: texts } = useQuery({ queryKey: ['setting-texts', language()], queryFn: settingTexts, staleTime: Infinity });
  return <Sites names={{ name: (_id) => texts?.name({ _id }) ?? _id, choice: (_id, key) => texts?.choice({ _id }, key) ?? key }} />;
}
