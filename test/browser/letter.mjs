// A mail as its reader sees it.

/** header is a header's value without folding. */
export function header(mail, name) {
  return new RegExp(`^${name}: (.*(?:\n[ \t].*)*)`, 'im').exec(mail)?.[1].replace(/\n[ \t]/g, ' ');
}

/** page is the HTML of a mail as Post has it, quoted-printable undone. */
export function page(mail) {
  const [, boundary, rest] = /(--[^\n]+)\nContent-Transfer-Encoding: quoted-printable\nContent-Type: text\/html[^\n]*\n\n([^]*)/.exec(mail);
  const body = rest.slice(0, rest.indexOf(`\n${boundary}`));
  return Buffer.from(body.replace(/=([0-9A-F]{2})/g, (_, hex) => String.fromCharCode(parseInt(hex, 16))), 'latin1').toString();
}
