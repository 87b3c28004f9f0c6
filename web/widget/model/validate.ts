/** What is wrong with a field: the key of the text that says so; '' is nothing. */
export type Fault = '' | 'name_missing' | 'email_missing' | 'email_wrong' | 'phone_missing' | 'phone_wrong' | 'message_missing' | 'agree_missing' | 'field_missing' | 'field_wrong';

const RULES: Record<string, { missing: Fault; wrong?: Fault; is?: RegExp }> = {
  name: { missing: 'name_missing' },
  message: { missing: 'message_missing' },
  email: { missing: 'email_missing', wrong: 'email_wrong', is: /^\S+@\S+\.[^\s.]{2,}$/ },
  phone: { missing: 'phone_missing', wrong: 'phone_wrong', is: /^[+\d][\d\s()/.-]{3,}$/ },
};

/** What is wrong with what was typed, if anything. */
export function faultOf(field: string, value: string): Fault {
  const rule = RULES[field]!;
  if (!value) return rule.missing;
  return rule.is && !rule.is.test(value) ? rule.wrong! : '';
}

/** A field that the site has defined, as far as it is checked. */
export interface Defined {
  readonly required: boolean;
  readonly regexp: string;
}

/** Repetitions of repetitions can take for ever; of such patterns the server is the only judge. */
const ENDLESS = /[+*}|][^()]*\)[+*{?]|\\\d/;

/** What is wrong with the value of a defined field. A pattern that is none asks for nothing. */
export function faultOfDefined({ required, regexp }: Defined, value: string): Fault {
  if (!value) return required ? 'field_missing' : '';
  if (!regexp || ENDLESS.test(regexp)) return '';
  try {
    return new RegExp(regexp, 'i').test(value) ? '' : 'field_wrong';
  } catch {
    return '';
  }
}
