import { Fragment, h } from 'preact';
import type { Listed } from '../model/second/says';
import { choices } from '../model/state';
import { AgreeField } from './agree';
import { DefinedField, DepartmentField, KnownField, valuesOf } from './field';
import type { Props } from './panel';
import { t } from './texts';

const KNOWN = ['name', 'email', 'phone'] as const;

/** Pages of the second API: what is asked before a chat, which the visitor may decline where the site lets them. */
export const Ask = ({ state, chat }: Props) => {
  const { config: { messages, customFields, page }, person, busy } = state;
  if (!page) return null;
  const departments = choices(state.config);
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    const form = event.currentTarget as HTMLFormElement;
    const values = valuesOf(form);
    if (!values || busy) return;
    const { operator = '', agreed, ...given } = values;
    if (page.operators.length) chat.pick(operator);
    if (agreed) chat.agree();
    const own = Object.entries(given);
    const field = ([name]: [string, string]) => name.startsWith('field:');
    void chat.register(Object.fromEntries(own.filter((one) => !field(one))), Object.fromEntries(own.filter(field).map(([name, value]) => [name.slice(6), value])));
  };
  return (
    <form class="page" noValidate onSubmit={submit}>
      <p dir="auto">{messages.registrationFormMessage || t('intro')}</p>
      {KNOWN.map((name) => page.requests[name] !== 'off' && <KnownField key={name} name={name} value={person[name] || page.given[name]} optional={page.requests[name] === 'optional'} />)}
      {customFields.map((field) => <DefinedField key={field._id} field={field} />)}
      <Operators list={page.operators} picked={page.picked} />
      {departments[0] && <DepartmentField departments={departments} chosen={person.department} none="any_department" />}
      <AgreeField page={page} />
      <button class="main" aria-disabled={busy}>{t('start')}</button>
    </form>
  );
};

/** The operators to pick one from, under the names of their departments. */
export const Operators = ({ list, picked }: { list: readonly Listed[]; picked: string }) => {
  if (!list.length) return null;
  const headings = [...new Set(list.map((it) => it.heading))];
  const options = (heading: string) => list.filter((it) => it.heading === heading).map(({ key, operator }) => (
    <option key={key} value={key} selected={key === picked}>{operator.name || operator.username}{operator.online ? ` · ${t('here')}` : ''}</option>
  ));
  return (
    <label class="field">
      {t('operator')}
      <select name="operator">
        <option value="">{t('any_operator')}</option>
        {headings.map((heading) => (heading ? <optgroup key={heading} label={heading}>{options(heading)}</optgroup> : <Fragment key="">{options('')}</Fragment>))}
      </select>
    </label>
  );
};
