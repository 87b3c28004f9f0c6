/** What is wrong with a field: the key of the text that says so; '' is nothing. */
export type Fault = '' | 'name_missing' | 'email_missing' | 'email_wrong';

/** What is wrong with what was typed, if anything. */
export function faultOf(field: string, value: string): Fault {
  if (!value) return field === 'email' ? 'email_missing' : 'name_missing';
  return field === 'email' && !/^\S+@\S+\.[^\s.]{2,}$/.test(value) ? 'email_wrong' : '';
}
