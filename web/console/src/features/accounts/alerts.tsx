// How this browser calls for attention; each way can be tried.
import { Button, Select, Slider, Switch } from '@mantine/core';
import { BellRing, Volume2 } from 'lucide-react';
import { useState } from 'react';
import { notify, permission, request } from '../../lib/notify';
import { preferences, prefer, type Preferences } from '../../lib/preferences';
import { play, sounds, type Sound } from '../../lib/sound';
import { useStore } from '../../lib/store';
import { t } from '../../lib/text';
import { Row, Section } from '../../ui/page';

export function Alerts() {
  const chosen = useStore(preferences);
  return (
    <Section title={t('alerts.title')} text={t('alerts.text')}>
      <SoundRow name="chatSound" chosen={chosen} />
      <SoundRow name="messageSound" chosen={chosen} />
      <Row label={t('alerts.volume')}>
        <Slider w={180} thumbLabel={t('alerts.volume')} value={chosen.volume} onChange={(volume) => prefer({ volume })} label={(value) => `${value} %`} />
      </Row>
      <Row label={t('alerts.repeat')} text={t('alerts.repeatText')}>
        <Switch aria-label={t('alerts.repeat')} checked={chosen.repeat} onChange={(event) => prefer({ repeat: event.currentTarget.checked })} />
      </Row>
      <Desktop on={chosen.desktop} />
    </Section>
  );
}

function SoundRow({ name, chosen }: { name: 'chatSound' | 'messageSound'; chosen: Preferences }) {
  const sound = chosen[name];
  const label = t(`alerts.${name}`);
  return (
    <Row label={label}>
      <Select aria-label={label} w={140} allowDeselect={false} value={sound} onChange={(next) => prefer({ [name]: next as Sound })} data={sounds.map((value) => ({ value, label: t(`sound.${value}`) }))} />
      <Button variant="default" leftSection={<Volume2 aria-hidden size={15} />} disabled={sound === 'none'} onClick={() => play(sound, chosen.volume / 100)} aria-label={t('alerts.tryOf', { name: label })}>
        {t('alerts.try')}
      </Button>
    </Row>
  );
}

function Desktop({ on }: { on: boolean }) {
  const [allowed, setAllowed] = useState(permission);
  const flip = async (next: boolean) => {
    const answer = next ? await request() : allowed;
    setAllowed(answer);
    prefer({ desktop: next && answer === 'granted' });
  };
  const test = () => notify({ title: t('alerts.testTitle'), text: t('alerts.testText'), tag: 'test' });
  return (
    <Row label={t('alerts.desktop')} text={t(`alerts.desktop.${allowed}`)}>
      <Switch aria-label={t('alerts.desktop')} checked={on && allowed === 'granted'} disabled={allowed === 'denied' || allowed === 'absent'} onChange={(event) => void flip(event.currentTarget.checked)} />
      <Button variant="default" leftSection={<BellRing aria-hidden size={15} />} disabled={!on || allowed !== 'granted'} onClick={test} aria-label={t('alerts.tryOf', { name: t('alerts.desktop') })}>
        {t('alerts.try')}
      </Button>
    </Row>
  );
}
