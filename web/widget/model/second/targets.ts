/**
 * Target pages (livechatoo.md 10.9): an asterisk stands for any number of characters,
 * everything else for itself. Scheme and host match in any case, the path as it is.
 */
export function reached(patterns: readonly string[], href: string): string[] {
  const address = bare(href.replace(/#.*$/s, ''));
  return patterns.filter((pattern) => matches(bare(pattern.replace(/#.*$/s, '')).split('*'), address));
}

/** Without the slash at its end, and with scheme and host in small letters. */
function bare(text: string): string {
  const host = /^(?:[^/]*:\/\/)?[^/]*/.exec(text)![0];
  return (host.toLowerCase() + text.slice(host.length)).replace(/\/$/, '');
}

/** Whether the parts stand in the text one after the other, the first at its begin and the last at its end. */
function matches(parts: readonly string[], text: string): boolean {
  const [first = '', ...rest] = parts;
  const last = rest.pop();
  if (last === undefined) return text === first;
  if (!text.startsWith(first)) return false;
  let at = first.length;
  for (const part of rest) {
    const found = text.indexOf(part, at);
    if (found < 0) return false;
    at = found + part.length;
  }
  return text.length - last.length >= at && text.endsWith(last);
}
