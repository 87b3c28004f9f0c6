// A system message in words: most are there at once, those of a mail come when one is to be read.
import { Suspense } from 'react';
import { later } from '../../lib/later';
import type { Message } from '../../lib/wire';
import { systemLine } from './system';

const MailNotice = later(async () => (await import('./mail-notice')).MailNotice);

export function SystemWords({ message, visitor }: { message: Message; visitor: string }) {
  return message.email?.notice ? <Suspense fallback="…"><MailNotice email={message.email} /></Suspense> : systemLine(message, visitor);
}
