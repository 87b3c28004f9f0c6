// Why a mail did not go, in words.
import { explainCode } from './explain';
import { direction, maybe, t } from './text';

const shapes = [/^(?<code>[\w-]+)(?:: (?<answer>.*))?$/s, /\[(?<code>[\w-]+)\]$/];

/** What is said is a code, with a server's own words behind a colon, or a sentence with its code in brackets. */
export function mailTrouble(said: string): string {
  const { code = '', answer } = shapes.map((shape) => shape.exec(said)).find(Boolean)?.groups ?? {};
  const words = maybe(`mail.error.${code}`) ?? explainCode(code) ?? maybe(`webhooks.error.${code}`) ?? t('webhooks.error.failed');
  return answer ? `${words} (${isolated(answer)})` : words;
}

/** A server's words keep their order within those that run from right to left. */
const isolated = (words: string) => (direction() === 'rtl' ? `\u2066${words}\u2069` : words);
