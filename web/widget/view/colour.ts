/** Red, green and blue, each 0–255. */
export type Rgb = readonly number[];

const WHITE: Rgb = [255, 255, 255];
const BLACK: Rgb = [0, 0, 0];
const ENOUGH = 4.5;

/** How much light a colour gives, as WCAG counts it. */
function light(colour: Rgb): number {
  const [r = 0, g = 0, b = 0] = colour.map((value) => (value <= 10 ? value / 3294 : ((value / 255 + 0.055) / 1.055) ** 2.4));
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

/** The contrast of two colours, 1–21. */
export function contrast(a: Rgb, b: Rgb): number {
  const [dark = 0, bright = 0] = [light(a), light(b)].sort((x, y) => x - y);
  return (bright + 0.05) / (dark + 0.05);
}

/** White, or black where white would be hard to read on the colour. */
export const textOn = (colour: Rgb) => (contrast(colour, WHITE) >= ENOUGH ? WHITE : BLACK);

/** The colour itself, or as little darker or lighter as makes it readable on the surface. */
export function readable(colour: Rgb, surface: Rgb): Rgb {
  const target = textOn(surface);
  let mixed = colour;
  for (let part = 0; contrast(mixed, surface) < ENOUGH; part += 0.05) {
    mixed = colour.map((c, i) => Math.round(c + ((target[i] ?? 0) - c) * part));
  }
  return mixed;
}

/** A CSS colour as numbers; one that the browser does not know, or that lets through, becomes the other. */
export function parse(css: string, other: string): Rgb {
  const context = document.createElement('canvas').getContext('2d')!;
  context.fillStyle = other;
  context.fillStyle = css;
  const hex = String(context.fillStyle);
  return hex[0] === '#' ? [1, 3, 5].map((i) => parseInt(hex.slice(i, i + 2), 16)) : parse(other, other);
}
