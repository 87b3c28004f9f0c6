// How a visitor who may have said nothing of himself is called.
import { t } from '../../lib/text';
import type { Visitor } from './queries';

/** The name, or one that tells two nameless visitors apart. */
export const nameOf = ({ name, _id }: Visitor) => name || t('visitors.nameless', { id: _id.slice(-4) });

/** An address without its host. */
export function pathOf(href: string): string {
  const url = URL.parse(href);
  return url ? url.pathname + url.search : '';
}

export const hostOf = (href: string) => URL.parse(href)?.host ?? href;
