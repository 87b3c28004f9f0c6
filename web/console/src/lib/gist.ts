// What a message says where there is room for a line only.
import { linesOf } from '@foyer/shared/uikit';
import type { Message } from './wire';

/** The words of a message, the name of its file, or the words of its blocks. */
export function gist({ msg, file, blocks = [] }: Message): string {
  return msg || file?.name || linesOf(blocks).map(({ text }) => text).join(' · ');
}
