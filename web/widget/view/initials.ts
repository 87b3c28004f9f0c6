/** The first letters of the first and the last word. */
export function initials(name: string): string {
  const words = name.split(/[\s._-]+/).filter(Boolean);
  return [...new Set([words[0], words[words.length - 1]])].map((word) => (word ? String.fromCodePoint(word.codePointAt(0)!) : '')).join('').toUpperCase();
}

/** Where the picture of a user is; the answer is empty for who has none. With the picture its tag changes. */
export const pictureOf = (username: string, tag = '') => `/avatar/${encodeURIComponent(username)}?initials=false${tag && `&etag=${tag}`}`;
