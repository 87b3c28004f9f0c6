import { h } from 'preact';
import { choices } from '../model/state';
import { DefinedField, DepartmentField, KnownField, valuesOf } from './field';
import type { Props } from './panel';
import { t } from './texts';

/** Asks who the visitor is, as far as the site wants to know. */
export function Form({ state, chat }: Props) {
  const { config: { settings, messages, customFields }, person, busy } = state;
  const departments = choices(state.config);
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    const values = valuesOf(event.currentTarget as HTMLFormElement);
    if (!values || busy) return;
    const given = Object.entries(values);
    const own = given.filter(([name]) => name.startsWith('field:')).map(([name, value]) => [name.slice(6), value] as const);
    void chat.register(Object.fromEntries(given.filter(([name]) => !name.startsWith('field:'))), Object.fromEntries(own));
  };
  return (
    <form class="page" noValidate onSubmit={submit}>
      <p dir="auto">{messages.registrationFormMessage || t('intro')}</p>
      {settings.nameFieldRegistrationForm && <KnownField name="name" value={person.name} />}
      {settings.emailFieldRegistrationForm && <KnownField name="email" value={person.email} />}
      {settings.phoneFieldRegistrationForm && <KnownField name="phone" value={person.phone} />}
      {customFields.map((field) => <DefinedField key={field._id} field={field} />)}
      {departments[0] && <DepartmentField departments={departments} chosen={person.department} none="any_department" />}
      <button class="main" aria-disabled={busy}>{t('start')}</button>
    </form>
  );
}
