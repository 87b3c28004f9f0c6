// What a site has of its own: each setting with its general value, or its own.
import { Alert, Badge, Button, ColorInput, Group, Modal, MultiSelect, NativeSelect, TextInput } from '@mantine/core';
import { RotateCcw } from 'lucide-react';
import { useState } from 'react';
import { explain } from '../../lib/explain';
import { sitesKey } from '../../lib/sites';
import { t } from '../../lib/text';
import { useSaving } from '../../ui/saving';
import { override, type Own, type Site, type Value } from './queries';
import styles from './sites.module.css';

export interface Names {
  name(setting: string): string;
  choice(setting: string, key: string): string;
}

export function SiteSettings({ site, settings, names, onDone }: { site: Site; settings: readonly Own[]; names: Names; onDone(): void }) {
  return (
    <Modal opened onClose={onDone} size="lg" title={t('sites.ownOf', { name: site.name })} closeButtonProps={{ 'aria-label': t('action.dismiss') }}>
      <p className={styles['note']}>{t('sites.ownText')}</p>
      <ul className={styles['own']}>
        {settings.map((setting) => <Line key={`${setting._id} ${JSON.stringify(site.settings[setting._id])}`} site={site} setting={setting} names={names} />)}
      </ul>
    </Modal>
  );
}

function Line({ site, setting, names }: { site: Site; setting: Own; names: Names }) {
  const own = site.settings[setting._id] as Value | undefined;
  const { mutate, error, isPending } = useSaving({ run: override, renews: [sitesKey], said: () => t('records.saved', { name: names.name(setting._id) }), then: () => undefined });
  const save = (value: Value | undefined) => mutate({ site: site._id, setting: setting._id, value });
  return (
    <li className={styles['line']}>
      <Group justify="space-between" gap="xs" wrap="nowrap">
        <span className={styles['name']}>{names.name(setting._id)}</span>
        <Badge variant={own === undefined ? 'default' : 'filled'}>{t(own === undefined ? 'sites.inherits' : 'sites.own')}</Badge>
      </Group>
      <p className={styles['note']}>{t('sites.general', { value: shown(setting, setting.value as Value, names) })}</p>
      {error && <Alert color="red" role="alert">{explain(error)}</Alert>}
      <Group gap="xs" align="center" wrap="nowrap">
        <div className={styles['grow']}><Field setting={setting} own={own} names={names} save={save} /></div>
        {own !== undefined && <Button size="xs" variant="default" loading={isPending} leftSection={<RotateCcw aria-hidden size={14} />} aria-label={t('sites.inheritOf', { name: names.name(setting._id) })} onClick={() => save(undefined)}>{t('sites.inherit')}</Button>}
      </Group>
    </li>
  );
}

interface FieldProps {
  setting: Own;
  own: Value | undefined;
  names: Names;
  save(value: Value): void;
}

function Field({ setting, own, names, save }: FieldProps) {
  const label = names.name(setting._id);
  const [text, setText] = useState(typeof own === 'string' ? own : '');
  const keep = () => text !== (own ?? '') && save(text);
  switch (setting.type) {
    case 'boolean':
      return <NativeSelect aria-label={label} value={own === undefined ? '' : String(own)} onChange={(event) => event.currentTarget.value && save(event.currentTarget.value === 'true')} data={[{ value: '', label: t('sites.inherits') }, { value: 'true', label: t('settings.on') }, { value: 'false', label: t('settings.off') }]} />;
    case 'select':
      return <NativeSelect aria-label={label} value={String(own ?? '')} onChange={(event) => event.currentTarget.value && save(event.currentTarget.value)} data={[{ value: '', label: t('sites.inherits') }, ...(setting.values ?? []).map((value) => ({ value, label: names.choice(setting._id, value) }))]} />;
    case 'multiSelect':
      return <MultiSelect aria-label={label} data={(setting.values ?? []).map((value) => ({ value, label: names.choice(setting._id, value) }))} value={[...((own ?? setting.value) as string[])]} onChange={save} />;
    case 'color':
      return <ColorInput dir="ltr" withEyeDropper={false} aria-label={label} placeholder={String(setting.value)} value={text} onChange={setText} onBlur={keep} popoverProps={{ withinPortal: true }} />;
    default:
      return <TextInput aria-label={label} placeholder={String(setting.value)} value={text} onChange={(event) => setText(event.currentTarget.value)} onBlur={keep} />;
  }
}

function shown({ _id, type }: Own, value: Value, names: Names): string {
  if (typeof value === 'boolean') return t(value ? 'settings.on' : 'settings.off');
  if (Array.isArray(value)) return value.map((key: string) => names.choice(_id, key)).join(', ') || t('settings.empty');
  if (type === 'select') return names.choice(_id, String(value));
  return value === '' ? t('settings.empty') : String(value);
}
