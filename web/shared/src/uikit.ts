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

/** What the blocks of a message show in it. What is malformed, or of a kind that is not shown here, is left out. */
export function partsOf(blocks: readonly Block[]): Part[] {
  return blocks.flatMap((block): Part[] => {
    const { type: kind, text, title, fields = [], elements = [], accessory } = block;
    if (kind === 'divider') return [{ kind, pieces: [], fields: [] }];
    const pieces: (Words | Picture)[] =
      kind === 'header' || kind === 'section' ? wordsOf(text)
      : kind === 'context' ? elements.flatMap((one): (Words | Picture)[] => (one.type === 'image' ? pictureOf(one) : wordsOf(one.text, one.type)))
      : kind === 'image' ? [...wordsOf(title), ...pictureOf(block)]
      : [];
    const part = { kind: kind as Part['kind'], pieces, fields: kind === 'section' ? fields.flatMap((one) => wordsOf(one)) : [] };
    const [beside] = kind === 'section' && accessory?.type === 'image' ? pictureOf(accessory) : [];
    return pieces.length || part.fields.length || beside ? [{ ...part, ...(beside && { beside }) }] : [];
  });
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
