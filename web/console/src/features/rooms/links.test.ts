import { describe, expect, it } from 'vitest';
import { pieces } from './links';

const hrefs = (text: string) => pieces(text).flatMap(({ href }) => href ?? []);

describe('pieces', () => {
  it('finds addresses and gives back the whole text', () => {
    const text = 'See https://a.example/x?y=1, or (http://b.example).';
    expect(hrefs(text)).toEqual(['https://a.example/x?y=1', 'http://b.example']);
    expect(pieces(text).map((piece) => piece.text).join('')).toBe(text);
  });
  it('keeps a bracket that was opened inside', () => {
    expect(hrefs('https://a.example/wiki/Door_(architecture)')).toEqual(['https://a.example/wiki/Door_(architecture)']);
  });
  it('makes links of http and https only', () => {
    expect(hrefs('javascript:alert(1) data:text/html,x ftp://a.example')).toEqual([]);
  });
});
