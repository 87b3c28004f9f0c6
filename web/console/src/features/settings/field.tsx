// One setting: name, explanation, the input of its type, its default.
import { MultiSelect, NumberInput, PasswordInput, Select, Switch, Textarea, TextInput, UnstyledButton } from '@mantine/core';
import { RotateCcw } from 'lucide-react';
import { t } from '../../lib/text';
import { same, type Setting, type Value } from './queries';
import { Logo } from './logo';
import { FrameKey, frameKeyID } from './frame-key';
import { hostsID, Understood } from './hosts';
import styles from './settings.module.css';
import type { SettingTexts } from './texts';

interface FieldProps {
  setting: Setting;
  texts: SettingTexts;
  value: Value;
  /** Changed here and not saved. */
  changed: boolean;
  error: string | undefined;
  disabled: boolean;
  onChange(value: Value): void;
}

export function Field(props: FieldProps) {
  const { setting, texts, value, changed, disabled, onChange } = props;
  const own = setting.type !== 'asset' && !same(value, setting.packageValue);
  const id = `setting-${setting._id}`;
  return (
    <div className={styles['field']} data-changed={changed || undefined} data-wide={isWide(setting) || undefined}>
      <div className={styles['about']}>
        <label htmlFor={id} className={styles['name']}>
          {texts.name(setting)}
          {changed && <span className={styles['mark']}>{t('settings.unsavedMark')}</span>}
        </label>
        <p id={`${id}-help`} className={styles['help']}>{texts.help(setting)}</p>
        <p className={styles['default']}>
          {t('settings.default', { value: shown(props) })}
          {own && !disabled && (
            <UnstyledButton className={styles['reset']} onClick={() => onChange(setting.packageValue)} aria-label={t('settings.resetOf', { name: texts.name(setting) })}>
              <RotateCcw aria-hidden size={12} /> {t('settings.reset')}
            </UnstyledButton>
          )}
        </p>
      </div>
      <div className={styles['input']}>
        <Input {...props} id={id} />
        {setting._id === hostsID && <Understood id={`${id}-hosts`} list={String(value)} />}
        {setting._id === frameKeyID && !disabled && <FrameKey />}
      </div>
    </div>
  );
}

function isWide({ type, packageValue, secret }: Setting): boolean {
  return type === 'multiSelect' || (type === 'string' && packageValue === '' && !secret);
}

function shown({ setting, texts }: FieldProps): string {
  const value = setting.packageValue;
  if (typeof value === 'boolean') return t(value ? 'settings.on' : 'settings.off');
  if (Array.isArray(value)) return value.map((key) => texts.choice(setting, key)).join(', ') || t('settings.empty');
  if (setting.type === 'select') return texts.choice(setting, String(value));
  if (setting.type === 'color' && value) return `\u2066${value}\u2069`;
  return value === '' || typeof value === 'object' ? t('settings.empty') : String(value);
}

function Input({ setting, texts, value, error, disabled, onChange, id }: FieldProps & { id: string }) {
  const common = { id, disabled, error, 'aria-describedby': setting._id === hostsID ? `${id}-help ${id}-hosts` : `${id}-help` };
  const choices = setting.values?.map(({ key }) => ({ value: key, label: texts.choice(setting, key) })) ?? [];
  switch (setting.type) {
    case 'boolean':
      return <Switch {...common} checked={value === true} onChange={(event) => onChange(event.currentTarget.checked)} />;
    case 'int':
      return <NumberInput {...common} w={140} value={Number(value)} min={setting.min} max={setting.max} allowDecimal={false} onChange={(next) => onChange(Number(next))} />;
    case 'select':
      return <Select {...common} w={220} data={choices} value={String(value)} allowDeselect={false} onChange={(next) => next !== null && onChange(next)} />;
    case 'multiSelect':
      return <MultiSelect {...common} data={choices} value={Array.isArray(value) ? value : []} onChange={onChange} clearable={false} />;
    case 'asset':
      return <Logo disabled={disabled} />;
    case 'color':
      return <Colour {...common} value={String(value)} onChange={onChange} name={texts.name(setting)} />;
    case 'string':
      if (setting.secret) return <Secret {...common} setting={setting} value={value} onChange={onChange} />;
      return isWide(setting) ? (
        <Textarea {...common} autosize minRows={1} maxRows={6} value={String(value)} onChange={(event) => onChange(event.currentTarget.value)} />
      ) : (
        <TextInput {...common} w={220} value={String(value)} onChange={(event) => onChange(event.currentTarget.value)} />
      );
  }
}

interface SecretProps {
  id: string;
  setting: Setting;
  value: Value;
  disabled: boolean;
  error: string | undefined;
  onChange(value: Value): void;
}

/** A secret comes masked and is only ever replaced; leaving the field empty keeps it. */
function Secret({ setting, value, onChange, ...common }: SecretProps) {
  const typed = same(value, setting.value) ? '' : String(value);
  const removed = value === '' && setting.value !== '';
  return (
    <PasswordInput
      {...common}
      w={220}
      autoComplete="new-password"
      placeholder={removed || setting.value === '' ? t('settings.secretNone') : t('settings.secretSet')}
      value={typed}
      onChange={(event) => onChange(event.currentTarget.value === '' ? setting.value : event.currentTarget.value)}
    />
  );
}

interface ColourProps {
  id: string;
  name: string;
  value: string;
  disabled: boolean;
  error: string | undefined;
  onChange(value: string): void;
}

function Colour({ value, name, onChange, ...common }: ColourProps) {
  const hex = /^#[0-9a-f]{6}$/i.test(value) ? value : '#000000';
  return (
    <TextInput
      {...common}
      dir="ltr"
      w={220}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
      leftSection={<input type="color" className={styles['swatch']} value={hex} disabled={common.disabled} aria-label={t('settings.pick', { name })} onChange={(event) => onChange(event.currentTarget.value)} />}
    />
  );
}
