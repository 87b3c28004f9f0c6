import { Fragment, h } from 'preact';
import { pieces } from '@foyer/shared/links';

/** A message's text with its links, as text nodes and anchors only. */
export function Linked({ text }: { text: string }) {
  return (
    <>
      {pieces(text).map(({ text: piece, href }) =>
        href ? <a href={href} target="_blank" rel="noopener noreferrer nofollow">{piece}</a> : piece,
      )}
    </>
  );
}
