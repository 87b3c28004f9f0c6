// A message's text as the visitor sees it: bold, italic, struck, code, lists, quotes, links.
import { formatted } from '@foyer/shared/formatted';
import { createElement, Fragment, type ReactElement } from 'react';

export function Formatted({ text }: { text: string }) {
  return createElement(Fragment, null, ...formatted<ReactElement>(createElement, text));
}
