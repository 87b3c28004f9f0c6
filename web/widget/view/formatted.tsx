import { type ComponentChild, Fragment, h } from 'preact';
import { pieces } from './links';

/** One mark of emphasis and the element it makes. The first that begins earliest wins. */
const MARKS = [
  { find: /`([^`\n]+)`/, make: (text: string): ComponentChild => <code>{text}</code> },
  { find: /\[([^\]\n]{1,300})\]\((https?:\/\/[^\s)]+)\)/, make: (text: string, href?: string): ComponentChild => <a href={href} target="_blank" rel="noopener noreferrer nofollow">{text}</a> },
  { find: /\*\*(\S(?:[^\n]*?\S)??)\*\*(?!\*)/, make: (text: string): ComponentChild => <strong>{inline(text)}</strong> },
  { find: /(?<![\p{L}\p{N}*])\*(?![\s*])([^*\n]*[^\s*])\*(?![\p{L}\p{N}*])/u, make: (text: string): ComponentChild => <strong>{inline(text)}</strong> },
  { find: /(?<![\p{L}\p{N}_])_(?![\s_])([^_\n]*[^\s_])_(?![\p{L}\p{N}_])/u, make: (text: string): ComponentChild => <em>{inline(text)}</em> },
  { find: /~~?(?![\s~])([^~\n]*[^\s~])~~?/, make: (text: string): ComponentChild => <s>{inline(text)}</s> },
];
/** Longer texts, and what comes after so many marks, are shown as they are. */
const LONGEST = 5000;
const MOST = 100;
let marks = 0;

/**
 * A text with the little formatting that people use in chats: *bold*, _italic_, ~struck~,
 * `code`, [links](https://…), lists and quotes. It becomes elements, never markup.
 */
export function Formatted({ text }: { text: string }) {
  if (text.length > LONGEST) return <>{text}</>;
  marks = 0;
  return <>{blocks(text.split('\n'))}</>;
}

interface Block {
  readonly kind: 'text' | 'list' | 'quote' | 'code';
  readonly lines: string[];
}

/** Lines that belong together; a fence of three backticks keeps everything in it. */
function blocks(lines: readonly string[]): ComponentChild[] {
  const all: Block[] = [];
  let fenced = false;
  for (const line of lines) {
    if (/^\s*```/.test(line) && (fenced || lines.length > 1)) {
      if (!fenced) all.push({ kind: 'code', lines: [] });
      fenced = !fenced;
      continue;
    }
    const kind = fenced ? 'code' : /^\s*[-*•] \S/.test(line) ? 'list' : /^> ?/.test(line) ? 'quote' : 'text';
    const last = all[all.length - 1];
    if (last?.kind === kind && (fenced || kind !== 'code')) last.lines.push(line);
    else all.push({ kind, lines: [line] });
  }
  return all.filter(({ kind, lines }) => kind !== 'code' || lines.length).map(draw);
}

function draw({ kind, lines }: Block): ComponentChild {
  if (kind === 'code') return <code class="block">{lines.join('\n')}</code>;
  if (kind === 'list') return <span class="list" role="list">{lines.map((line) => <span role="listitem">{inline(line.replace(/^\s*[-*•] /, ''))}</span>)}</span>;
  if (kind === 'quote') return <span class="quoted">{inline(lines.map((line) => line.replace(/^> ?/, '')).join('\n'))}</span>;
  return <Fragment>{inline(lines.join('\n'))}</Fragment>;
}

/** The emphasis and links within a text. */
function inline(text: string): ComponentChild[] {
  if (marks++ > MOST) return [text];
  const found = MARKS.map(({ find, make }) => ({ match: find.exec(text), make })).filter(({ match }) => match)
    .sort((a, b) => a.match!.index - b.match!.index)[0];
  // What stands in an address is no emphasis.
  const link = pieces(text).find(({ href }) => href);
  const at = link ? text.indexOf(link.text) : -1;
  if (link && (!found || at <= found.match!.index)) {
    return [text.slice(0, at), <a href={link.href} target="_blank" rel="noopener noreferrer nofollow">{link.text}</a>, ...(at + link.text.length < text.length ? inline(text.slice(at + link.text.length)) : [])];
  }
  if (!found) return [text];
  const { match, make } = found;
  const end = match!.index + match![0].length;
  return [text.slice(0, match!.index), make(match![1]!, match![2]), ...(end < text.length ? inline(text.slice(end)) : [])];
}
