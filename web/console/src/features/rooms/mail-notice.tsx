// What did not work with a mail, in the words of who reads it.
import { mailTrouble } from '../../lib/mail-trouble';
import { t } from '../../lib/text';
import type { Message } from '../../lib/wire';
import '../../lib/page-texts';

export function MailNotice({ email: { notice, to = '', subject, error = '' } }: { email: NonNullable<Message['email']> }) {
  if (notice === 'not-sent') return t('mailing.notMailed', { to, why: mailTrouble(error) });
  if (subject) return t('mailing.leftOut', { file: subject, why: mailTrouble(error) });
  return t(error === 'error-mail-too-many-parts' ? 'mailing.tooMany' : 'mailing.tooLarge');
}
