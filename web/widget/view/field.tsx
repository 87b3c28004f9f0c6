import { h } from 'preact';
import { type Fault, faultOf, faultOfDefined } from '../model/validate';
import type { Config } from '../model/wire';
import { t, type Text } from './texts';

type Input = HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement;
type Known = 'name' | 'email' | 'phone';
export type Defined = Config['customFields'][number];

/** What each input is checked by. */
const checks = new WeakMap<Input, (value: string) => Fault>();

/** Looks at a field kindly when it is left; not when it is left for a button, which must not move away then. */
export const kindly = (check: (value: string) => Fault) => ({
  ref: (input: Input | null) => void (input && checks.set(input, check)),
  onBlur: ({ currentTarget: input, relatedTarget: next }: { currentTarget: Input; relatedTarget: EventTarget | null }) =>
    void (input.value && !(next as Element | null)?.matches('button') && judge(input)),
  onInput: ({ currentTarget: input }: { currentTarget: Input }) => void (input.ariaInvalid === 'true' && judge(input)),
});

/** A field that everybody knows. */
export const KnownField = ({ name, value, optional = false }: { name: Known; value: string | undefined; optional?: boolean }) => (
  <label class="field">
    {t(name)}
    <input
      name={name} dir={name === 'name' ? undefined : 'ltr'} inputMode={name === 'email' ? 'email' : name === 'phone' ? 'tel' : 'text'} autocomplete={name === 'phone' ? 'tel' : name} maxLength={200}
      aria-required={!optional} aria-describedby={`${name}-fault`} defaultValue={value} {...kindly((value) => (optional && !value ? '' : faultOf(name, value)))}
    />
    <small class="fault" id={`${name}-fault`} role="alert" />
  </label>
);

/** A field that the site has defined: a line of text, or a choice. */
export function DefinedField({ field }: { field: Defined }) {
  const { _id, label, required, type, options, defaultValue } = field;
  const common = { name: `field:${_id}`, 'aria-required': required, 'aria-describedby': `field-${_id}-fault`, ...kindly((value) => faultOfDefined(field, value)) };
  return (
    <label class="field">
      <bdi>{label}</bdi>
      {type === 'select' ? (
        <select {...common}>
          <option value="" />
          {options.map((option) => <option value={option} selected={option === defaultValue}>{option}</option>)}
        </select>
      ) : <input dir="auto" maxLength={200} defaultValue={defaultValue} {...common} />}
      <small class="fault" id={`field-${_id}-fault`} role="alert" />
    </label>
  );
}

/** The departments to choose from, with the words for none. */
export const DepartmentField = ({ departments, chosen, none }: { departments: Config['departments']; chosen: string | undefined; none: Text }) => (
  <label class="field">
    {t('department')}
    <select name="department">
      <option value="">{t(none)}</option>
      {departments.map(({ _id, name }) => <option value={_id} selected={_id === chosen}>{name}</option>)}
    </select>
  </label>
);

/** The values of a form, by name, when nothing is wrong with any; else the first wrong one is gone to. */
export function valuesOf(form: HTMLFormElement): Record<string, string> | null {
  const inputs = [...form.querySelectorAll<Input>('input,textarea,select')].filter((input) => checks.has(input));
  const [wrong] = inputs.filter((input) => !judge(input));
  if (wrong) return void wrong.focus(), null;
  const given = [...new FormData(form)].map(([name, value]) => [name, String(value).trim()] as const).filter(([, value]) => value);
  return Object.fromEntries(given);
}

/** Says under a field what is wrong with it, and reports whether it is right. What it changes is drawn empty above. */
function judge(input: Input): boolean {
  const fault = checks.get(input)!(input.value.trim());
  input.ariaInvalid = String(Boolean(fault));
  input.nextElementSibling!.textContent = fault && t(fault);
  return !fault;
}
