import { h } from 'preact';
import { choices } from '../model/state';
import { faultOf } from '../model/validate';
import type { Props } from './panel';
import { t } from './texts';

/**
 * Asks who the visitor is, as far as the site wants to know. Each field is looked
 * at kindly when left; not when left for a button, which must not move away then.
 */
export function Form({ state, chat }: Props) {
  const { config, person, busy } = state;
  const departments = choices(config);
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    const form = event.currentTarget as HTMLFormElement;
    const wrong = [...form.querySelectorAll('input')].filter((input) => !judge(input))[0];
    if (wrong) return wrong.focus();
    const given = [...new FormData(form)].map(([name, value]) => [name, String(value).trim()]).filter(([, value]) => value);
    if (!busy) void chat.register(Object.fromEntries(given));
  };
  const field = (name: 'name' | 'email') => (
    <label class="field">
      {t(name)}
      <input
        name={name} dir={name === 'email' ? 'ltr' : undefined} inputMode={name === 'email' ? name : 'text'} autocomplete={name} maxLength={200} aria-required="true" aria-describedby={`${name}-fault`}
        defaultValue={person[name]} onBlur={({ currentTarget: input, relatedTarget: next }) => input.value && !(next as Element | null)?.matches('button') && judge(input)}
        onInput={({ currentTarget: input }) => input.ariaInvalid === 'true' && judge(input)}
      />
      <small class="fault" id={`${name}-fault`} role="alert" />
    </label>
  );
  return (
    <form class="page" noValidate onSubmit={submit}>
      <p dir="auto">{config.messages.registrationFormMessage || t('intro')}</p>
      {config.settings.nameFieldRegistrationForm && field('name')}
      {config.settings.emailFieldRegistrationForm && field('email')}
      {departments[0] && (
        <label class="field">
          {t('department')}
          <select name="department">
            <option value="">{t('any_department')}</option>
            {departments.map(({ _id, name }) => <option value={_id} selected={_id === person.department}>{name}</option>)}
          </select>
        </label>
      )}
      <button class="main" aria-disabled={busy}>{t('start')}</button>
    </form>
  );
}

/** Says under a field what is wrong with it, and reports whether it is right. What it changes is drawn empty above. */
function judge(input: HTMLInputElement): boolean {
  const fault = faultOf(input.name, input.value.trim());
  input.ariaInvalid = String(Boolean(fault));
  input.nextElementSibling!.textContent = fault && t(fault);
  return !fault;
}
