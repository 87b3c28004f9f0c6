import type { Block, BlockElement } from './gen/api';

/** Words of a block: formatted, or as they stand. */
export interface Words {
  readonly text: string;
  readonly plain: boolean;
}

/** A picture somewhere, and its words for those who do not see it. */
export interface Picture {
  readonly url: string;
  readonly alt: string;
}

/** Where a picture is: here, elsewhere, or where the pages' policy loads none from. */
export function placeOf({ url }: Picture): { readonly host: string; readonly at: 'here' | 'elsewhere' | 'out of reach' } {
  const { origin, host, protocol } = new URL(url);
  return { host, at: origin === location.origin ? 'here' : protocol === 'https:' ? 'elsewhere' : 'out of reach' };
}

/** What a block shows, in its order; fields stand in columns, one picture may stand beside. */
export interface Part {
  readonly kind: 'header' | 'section' | 'context' | 'image' | 'divider';
  readonly pieces: readonly (Words | Picture)[];
  readonly fields: readonly Words[];
  readonly beside?: Picture;
}

/** A button: with an address a link, else what the visitor says at a press. */
export interface Button {
  readonly text: string;
  readonly href: string;
}

const KINDS = ['header', 'section', 'context', 'image', 'divider'];

/** What the blocks of a message show in it: of what cannot be answered here the words, of what is malformed nothing. */
export function partsOf(blocks: readonly Block[]): Part[] {
  return blocks.flatMap((block): Part[] => {
    const { type, fields = [], elements = [], accessory, element } = block;
    const kind = (KINDS.includes(type) ? type : 'section') as Part['kind'];
    if (kind === 'divider') return [{ kind, pieces: [], fields: [] }];
    const shown = (one?: BlockElement) => (!one || SHOWN.includes(one.type) ? [] : saidBy(one));
    const pieces = type === 'context' ? elements.flatMap((one): (Words | Picture)[] => (one.type === 'image' ? pictureOf(one) : saidBy(one)))
      : [...namesOf(block), ...(type === 'image' ? pictureOf(block) : []), ...[accessory, element, ...elements].flatMap(shown), ...wordsOf(block.hint)];
    const part = { kind, pieces, fields: fields.flatMap((one) => wordsOf(one)) };
    const [beside] = accessory?.type === 'image' ? pictureOf(accessory) : [];
    return pieces.length || part.fields.length || beside ? [{ ...part, ...(beside && { beside }) }] : [];
  });
}

/** What blocks say, line by line: chat/block_text.go reads them the same way. */
export function linesOf(blocks: readonly Block[]): Button[] {
  const line = (one?: BlockElement): (Words | Picture | Button)[] => (!one ? [] : one.type === 'image' ? pictureOf(one) : one.type === 'button' ? buttonOf(one) : saidBy(one));
  return blocks.flatMap((block): (Words | Picture | Button)[] => {
    const { type, fields = [], accessory, element, elements = [], hint } = block;
    return [...namesOf(block), ...(type === 'image' ? pictureOf(block) : []), ...fields.flatMap((one) => wordsOf(one)), ...[accessory, element, ...elements].flatMap(line), ...wordsOf(hint)];
  }).map((one) => ('url' in one ? { text: one.alt, href: one.url } : { text: one.text, href: 'href' in one ? one.href : '' }));
}

/** The buttons of a message's blocks: of actions, and beside sections. */
export function buttonsOf(blocks: readonly Block[]): Button[] {
  return blocks.flatMap(({ type, elements, accessory }) => (type === 'actions' ? (elements ?? []) : type === 'section' && accessory ? [accessory] : [])).flatMap(buttonOf);
}

function buttonOf({ type, text, url }: BlockElement): Button[] {
  const [words] = wordsOf(text);
  if (type !== 'button' || !words || (url && !leads(url))) return [];
  return [{ text: words.text, href: url ?? '' }];
}

/** What can be shown as it is meant, beside or below what is said. */
const SHOWN = ['button', 'image'];

const namesOf = ({ title, label, text }: Block) => [title, label, text].flatMap((one) => wordsOf(one));

/** The words of an element; of a choice, with what can be chosen. */
function saidBy({ type, text, placeholder, initialDate, options = [] }: BlockElement): Words[] {
  const words = [text, placeholder, initialDate].flatMap((one) => wordsOf(one, type));
  const choice = options.flatMap((one) => wordsOf(one.text)).map((one) => one.text).join(' · ');
  return [...words, ...(choice ? [{ text: choice, plain: true }] : [])];
}

/** A text is a string, or an object that has one and says its kind; an element that is a text says its own. */
function wordsOf(value: unknown, kind = ''): Words[] {
  const { type = kind, text = value } = (value ?? {}) as { type?: unknown; text?: unknown };
  return typeof text === 'string' && text ? [{ text, plain: type === 'plain_text' }] : [];
}

function pictureOf({ imageUrl: url, altText: alt }: Pick<Block, 'imageUrl' | 'altText'>): Picture[] {
  return url && alt && leads(url) ? [{ url, alt }] : [];
}

/** Whether the address is one of the web; not every browser in use has URL.canParse. */
function leads(url: string): boolean {
  try {
    return /^https?:\/\//i.test(url) && Boolean(new URL(url).host);
  } catch {
    return false;
  }
}
