// The settings of the server: found by search, explained, saved together.
import { TextInput, UnstyledButton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Search, SlidersHorizontal } from 'lucide-react';
import { useDeferredValue, useState } from 'react';
import { useMay } from '../../lib/session';
import { language, t } from '../../lib/text';
import '../../ui/inputs';
import { Page, Section } from '../../ui/page';
import { Bones, Empty, Trouble } from '../../ui/state';
import { useChanges } from './changes';
import { Field } from './field';
import { SaveBar } from './save-bar';
import { settingsQuery, type Setting } from './queries';
import styles from './settings.module.css';
import { settingTexts, type SettingTexts } from './texts';
import '../../lib/page-texts';

export function Settings() {
  const settings = useQuery(settingsQuery);
  const texts = useQuery({ queryKey: ['setting-texts', language()], queryFn: settingTexts, staleTime: Infinity });
  const [search, setSearch] = useState('');
  const sought = useDeferredValue(search);
  return (
    <Page title={t('settings.title')} text={t('settings.text')}>
      <TextInput mt="lg" type="search" aria-label={t('settings.search')} placeholder={t('settings.search')} leftSection={<Search aria-hidden size={16} />} value={search} onChange={(event) => setSearch(event.currentTarget.value)} />
      {settings.error && <Trouble error={settings.error} retry={() => void settings.refetch()} />}
      {(!settings.data || !texts.data) && !settings.error && <Bones rows={6} />}
      {settings.data && texts.data && <Form settings={settings.data} texts={texts.data} search={sought} />}
    </Page>
  );
}

interface FormProps {
  settings: Setting[];
  texts: SettingTexts;
  search: string;
}

function Form({ settings, texts, search }: FormProps) {
  const may = useMay();
  const changes = useChanges(settings);
  const found = settings.filter((setting) => matches(setting, texts, search));
  const sections = Map.groupBy(found, (setting) => texts.section(setting));
  const readOnly = !may('edit-privileged-setting');
  return (
    <>
      {readOnly && <p className={styles['notice']}>{t('settings.readOnly')}</p>}
      {found.length === 0 && <Empty icon={SlidersHorizontal} title={t('settings.none')} text={t('settings.noneText', { text: search })} />}
      {sections.size > 1 && (
        <nav className={styles['sections']} aria-label={t('settings.sections')}>
          {[...sections.keys()].map((name, i) => <UnstyledButton key={name} className={styles['jump']} onClick={() => jump(i)}>{name}</UnstyledButton>)}
        </nav>
      )}
      {[...sections].map(([name, members], i) => (
        <Section key={name} id={idOf(i)} title={name}>
          {members.map((setting) => (
            <Field key={setting._id} setting={setting} texts={texts} value={changes.valueOf(setting)} changed={changes.isChanged(setting)} error={changes.errors[setting._id]} disabled={readOnly} onChange={(value) => changes.put(setting, value)} />
          ))}
        </Section>
      ))}
      <SaveBar changes={changes} texts={texts} />
    </>
  );
}

const idOf = (section: number) => `settings-${section}`;

function jump(section: number): void {
  const target = document.getElementById(idOf(section));
  target?.scrollIntoView({ block: 'start', behavior: 'smooth' });
  target?.querySelector<HTMLElement>('input, textarea, button')?.focus({ preventScroll: true });
}

function matches(setting: Setting, texts: SettingTexts, search: string): boolean {
  const text = [setting._id, texts.name(setting), texts.help(setting), texts.section(setting)].join(' ').toLocaleLowerCase();
  return search.trim().toLocaleLowerCase().split(/\s+/).every((word) => text.includes(word));
}
