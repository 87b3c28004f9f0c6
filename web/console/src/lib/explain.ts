// A failure in words for people: what happened and what to do.
import { Refusal, Unreachable } from './api';
import { maybe, t } from './text';

/** The explanation of a failed call. */
export function explain(error: unknown): string {
  if (error instanceof Unreachable) return t('error.unreachable');
  if (!(error instanceof Refusal)) return t('error.unknown');
  return explainCode(`${error.code}.${error.field}`) ?? explainCode(error.code) ?? explainStatus(error);
}

/** The explanation of a server's code, if we have one. */
export function explainCode(code: string): string | undefined {
  return maybe(`refusal.${code}`);
}

function explainStatus({ status, message }: Refusal): string {
  if (status === 403) return t('error.forbidden');
  if (status === 404) return t('error.missing');
  if (status === 429) return t('error.tooMany');
  return message.replace(/ \[[\w-]+\]$/, '') || t('error.unknown'); // the code is for programs
}
