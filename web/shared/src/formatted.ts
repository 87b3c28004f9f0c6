import { pieces } from './links';

/** Makes an element: `h` of Preact, `createElement` of React. */
export type Make<Element> = (tag: string, props: Record<string, string> | null, ...children: (Element | string)[]) => Element;

/** Makes what one mark of emphasis encloses an element; addresses come as second part. */
type Draw = <E>(make: Make<E>, text: string, href?: string) => E;

const anchor: Draw = (make, text, href = '') => make('a', { href, target: '_blank', rel: 'noopener noreferrer nofollow' }, text);
const nested = (tag: string): Draw => (make, text) => make(tag, null, ...inline(make, text));

/** The marks and the elements they make. The first that begins earliest wins. */
const MARKS: { find: RegExp; draw: Draw }[] = [
  { find: /`([^`\n]+)`/, draw: (make, text) => make('code', null, text) },
  { find: /\[([^\]\n]{1,300})\]\((https?:\/\/[^\s)]+)\)/, draw: anchor },
  { find: /\*\*(\S(?:[^\n]*?\S)??)\*\*(?!\*)/, draw: nested('strong') },
  { find: /(?<![\p{L}\p{N}*])\*(?![\s*])([^*\n]*[^\s*])\*(?![\p{L}\p{N}*])/u, draw: nested('strong') },
  { find: /(?<![\p{L}\p{N}_])_(?![\s_])([^_\n]*[^\s_])_(?![\p{L}\p{N}_])/u, draw: nested('em') },
  { find: /~~?(?![\s~])([^~\n]*[^\s~])~~?/, draw: nested('s') },
];
/** Longer texts, and what comes after so many marks, are shown as they are. */
const LONGEST = 5000;
const MOST = 100;
let marks = 0;

/**
 * A text with the little formatting that people use in chats: *bold*, _italic_, ~struck~,
 * `code`, [links](https://…), lists and quotes. It becomes elements, never markup.
 */
export function formatted<E>(make: Make<E>, text: string): (E | string)[] {
  if (text.length > LONGEST) return [text];
  marks = 0;
  return blocks(text.split('\n')).flatMap((block) => draw(make, block));
}

interface Block {
  readonly kind: 'text' | 'list' | 'quote' | 'code';
  readonly lines: string[];
}

/** Lines that belong together; a fence of three backticks keeps everything in it. */
function blocks(lines: readonly string[]): Block[] {
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
  return all.filter(({ kind, lines }) => kind !== 'code' || lines.length);
}

function draw<E>(make: Make<E>, { kind, lines }: Block): (E | string)[] {
  if (kind === 'code') return [make('code', { className: 'block' }, lines.join('\n'))];
  if (kind === 'list') return [make('span', { className: 'list', role: 'list' }, ...lines.map((line) => make('span', { role: 'listitem' }, ...inline(make, line.replace(/^\s*[-*•] /, '')))))];
  if (kind === 'quote') return [make('span', { className: 'quoted' }, ...inline(make, lines.map((line) => line.replace(/^> ?/, '')).join('\n')))];
  return inline(make, lines.join('\n'));
}

/** The emphasis and links within a text. */
function inline<E>(make: Make<E>, text: string): (E | string)[] {
  if (marks++ > MOST) return [text];
  const found = MARKS.map(({ find, draw }) => ({ match: find.exec(text), draw })).filter(({ match }) => match)
    .sort((a, b) => a.match!.index - b.match!.index)[0];
  const rest = (from: number) => (from < text.length ? inline(make, text.slice(from)) : []);
  // What stands in an address is no emphasis.
  const link = pieces(text).find(({ href }) => href);
  const at = link ? text.indexOf(link.text) : -1;
  if (link && (!found || at <= found.match!.index)) return [text.slice(0, at), anchor(make, link.text, link.href), ...rest(at + link.text.length)];
  if (!found) return [text];
  const { index, 0: all, 1: inner, 2: href } = found.match!;
  return [text.slice(0, index), found.draw(make, inner!, href), ...rest(index + all.length)];
}
