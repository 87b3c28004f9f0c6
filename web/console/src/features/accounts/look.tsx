// How the console looks in this browser: light or dark, and its language.
import { SegmentedControl, Select, useMantineColorScheme, type MantineColorScheme } from '@mantine/core';
import { preferences, prefer } from '../../lib/preferences';
import { useStore } from '../../lib/store';
import { languages, t, type Language } from '../../lib/text';
import { Row, Section } from '../../ui/page';

const schemes: readonly MantineColorScheme[] = ['auto', 'light', 'dark'];

export function Look() {
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const language = useStore(preferences, (chosen) => chosen.language);
  return (
    <Section title={t('look.title')}>
      <Row label={t('look.scheme')} text={t('look.schemeText')}>
        <SegmentedControl aria-label={t('look.scheme')} value={colorScheme} onChange={(next) => setColorScheme(next as MantineColorScheme)} data={schemes.map((value) => ({ value, label: t(`look.${value}`) }))} />
      </Row>
      <Row label={t('look.language')}>
        <Select aria-label={t('look.language')} w={160} allowDeselect={false} value={language} onChange={(next) => next && prefer({ language: next as Language })} data={Object.entries(languages).map(([value, label]) => ({ value, label }))} />
      </Row>
    </Section>
  );
}
