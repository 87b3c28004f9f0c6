// Finds addresses in a message's text. Only http and https become links.

export type Piece = { text: string; href?: string };

const address = /\bhttps?:\/\/[^\s<>"']+/gi;
const trailing = /[.,;:!?)\]}»”’]+$/;

/** The text in pieces; those with href are addresses. Joined, they are the text again. */
export function pieces(text: string): Piece[] {
  const found: Piece[] = [];
  let from = 0;
  for (const match of text.matchAll(address)) {
    const href = balanced(match[0]);
    if (match.index > from) found.push({ text: text.slice(from, match.index) });
    found.push({ text: href, href });
    from = match.index + href.length;
  }
  if (from < text.length) found.push({ text: text.slice(from) });
  return found;
}

/** Without closing punctuation that belongs to the sentence, unless a bracket was opened inside. */
function balanced(href: string): string {
  const end = trailing.exec(href)?.[0] ?? '';
  if (end.startsWith(')') && href.includes('(')) return href;
  return href.slice(0, href.length - end.length);
}
