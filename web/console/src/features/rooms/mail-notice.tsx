// What did not work with a mail, in the words of who reads it.
import { mailTrouble } from '../../lib/mail-trouble';
import { t, type TextKey } from '../../lib/text';
import type { Message } from '../../lib/wire';
import '../../lib/page-texts';

export function MailNotice({ email: { notice, to = '', subject = '', error = '' } }: { email: NonNullable<Message['email']> }) {
  const why = mailTrouble(error);
  if (notice === 'not-sent') return filled('mailing.notMailed', { to, why });
  const whole = cut[error];
  return whole ? t(whole) : filled('mailing.leftOut', { file: subject, why });
}

/** What a mail as a whole was too much of. */
const cut: Partial<Record<string, TextKey>> = { 'error-mail-too-large': 'mailing.tooLarge', 'error-mail-too-many-parts': 'mailing.tooMany' };

/** A text in which each value keeps its own direction. */
function filled(key: TextKey, values: Record<string, string>) {
  return t(key).split(/\{(\w+)\}/).map((part, i) => (i % 2 ? <bdi key={i}>{values[part]}</bdi> : part));
}
