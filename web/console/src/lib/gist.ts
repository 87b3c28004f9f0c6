// What a message says where there is room for a line only.
import { buttonsOf, partsOf } from '@foyer/shared/uikit';
import type { Message } from './wire';

/** The words of a message, the name of its file, or the first words of its blocks. */
export function gist({ msg, file, blocks = [] }: Message): string {
  return msg || file?.name || firstOf(blocks) || '';
}

function firstOf(blocks: NonNullable<Message['blocks']>): string | undefined {
  const shown = partsOf(blocks).flatMap(({ pieces, fields, beside }) => [...pieces, ...fields, ...(beside ? [beside] : [])]);
  return [...shown.map((one) => ('url' in one ? one.alt : one.text)), ...buttonsOf(blocks).map(({ text }) => text)][0];
}
