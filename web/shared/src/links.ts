const LINK = /https?:\/\/[^\s<>"]+|www\.[^\s<>"]+\.[^\s<>"]+/gi;

/** A piece of a text, with an address when it is a link. */
export interface Piece {
  readonly text: string;
  readonly href?: string;
}

/** Cuts a text into plain pieces and web addresses; what merely ends a sentence is not part of an address. */
export function pieces(text: string): Piece[] {
  const found: Piece[] = [];
  let from = 0;
  for (const match of text.matchAll(LINK)) {
    const address = trim(match[0]);
    if (match.index > from) found.push({ text: text.slice(from, match.index) });
    found.push({ text: address, href: /^http/i.test(address) ? address : `https://${address}` });
    from = match.index + address.length;
  }
  if (from < text.length) found.push({ text: text.slice(from) });
  return found;
}

function trim(address: string): string {
  const bare = address.replace(/[.,;:!?'"»”’*]+$/, '');
  const open = bare.split('(').length - bare.split(')').length;
  return open < 0 && bare.endsWith(')') ? trim(bare.slice(0, -1)) : bare;
}
