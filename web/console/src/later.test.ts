// What loads later brings the texts that are not part of the first screen.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import early from './lib/texts/en.json';
import texts from './lib/texts/pages.en.json';

const root = join(process.cwd(), 'src');
const files = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((file) => /\.tsx?$/.test(file) && !file.endsWith('.test.ts'));
const sources = new Map(files.map((file) => [file, readFileSync(join(root, file), 'utf8')]));
const bare = (all: object) => new Set(Object.keys(all).map((key) => key.replace(/_(zero|one|two|few|many|other)$/, '')));
const keys = bare(texts);

/** The files that a file names in the given way. */
function named(file: string, way: RegExp): string[] {
  return [...(sources.get(file) ?? '').matchAll(way)].map(([, to = '']) => join(file, '..', to))
    .flatMap((path) => ['.ts', '.tsx'].map((end) => path + end)).filter((path) => existsSync(join(root, path)));
}

/** A file with all that loads together with it. */
function together(file: string, found = new Set<string>()): Set<string> {
  if (found.has(file)) return found;
  found.add(file);
  named(file, /^(?:import|export)\s+(?!type\b)(?:[^;]*?from\s+)?'(\.[^']+)';/gm).forEach((next) => together(next, found));
  return found;
}

const later = new Map(files.flatMap((file) => named(file, /import\('(\.[^']+)'\)/g)).map((file) => [file, together(file)]));
const first = together('app/start.tsx');
const brings = (file: string) => later.get(file)?.has('lib/page-texts.ts');
const says = (file: string) => [...(sources.get(file) ?? '').matchAll(/['`](\w+\.[\w.]+)/g)].some(([, key = '']) => keys.has(key));

/** Whether a file that loads later may be shown without the texts. */
function lacks(file: string, asked: string[] = []): boolean {
  if (brings(file)) return false;
  const from = files.filter((other) => named(other, /import\('(\.[^']+)'\)/g).includes(file));
  return from.some((other) => first.has(other) || [...later].some(([entry, all]) => all.has(other) && !asked.includes(entry) && lacks(entry, [...asked, file])));
}

it('a page has its texts', () => {
  expect(first.has('lib/page-texts.ts')).toBe(false);
  expect([...first].filter(says)).toEqual([]);
  expect([...later].filter(([file, all]) => [...all].some((one) => !first.has(one) && says(one)) && lacks(file)).map(([file]) => file)).toEqual([]);
});

it('the first screen has no texts but its own', () => {
  const code = [...first].map((file) => sources.get(file)).join('\n');
  const made = [...code.matchAll(/`([\w.]+\.)\$\{/g)].map(([, start = '']) => start);
  expect([...bare(early)].filter((key) => !code.includes(`'${key}'`) && !made.some((start) => key.startsWith(start)))).toEqual([]);
});
