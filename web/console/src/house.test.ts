// The plan of the console, as a test: who may import whom, and how large a file gets.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const root = join(process.cwd(), 'src');
const files = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((file) => /\.tsx?$/.test(file) && !file.endsWith('.test.ts'));
const text = (file: string) => readFileSync(join(root, file), 'utf8');

/** Files of src that a file imports. */
function imports(file: string): string[] {
  return [...text(file).matchAll(/(?:from|import)\s*\(?['"](\.[^'"]+)['"]/g)].map(([, to]) => join(file, '..', to ?? ''));
}

function floor(file: string): string {
  const [top = '', feature = ''] = file.split('/');
  return top === 'features' ? `features/${feature}` : top;
}

/** What a floor may import besides itself; `features/*` is any feature. */
function allowed(from: string, to: string): boolean {
  if (from === to || to === 'lib') return true;
  if (from === 'app') return to === 'ui' || to.startsWith('features/');
  return from.startsWith('features/') && to === 'ui';
}

const properties = (rule = '') => [...rule.matchAll(/^\s*([\w-]+):/gm)].map(([, name = '']) => name).filter((name) => name !== 'composes');
const rules = (file: string) => [...text(file).matchAll(/^\.(\w+) \{([^}]*)\}/gm)].map(([, name = '', rule = '']) => ({ name, rule }));

/** What rules say otherwise than the rules of another file that they are made of. */
function contradictions(file: string): string[] {
  return rules(file).flatMap(({ name, rule }) => [...rule.matchAll(/composes: ([\w ]+) from '([^']+)'/g)].flatMap(([, names = '', from = '']) => {
    const taken = rules(join(file, '..', from)).filter((one) => names.split(' ').includes(one.name)).flatMap((one) => properties(one.rule));
    return rules(file).filter((one) => one.name === name || one.rule.includes(`composes: ${name};`)).flatMap((one) => properties(one.rule))
      .filter((own) => taken.some((other) => own === other || own.startsWith(`${other}-`) || other.startsWith(`${own}-`))).map((own) => `${file} .${name}: ${own}`);
  }));
}

describe('the house', () => {
  it('app → features → ui → lib, and no feature imports another', () => {
    const wrong = files.flatMap((file) => imports(file).filter((to) => !allowed(floor(file), floor(to))).map((to) => `${file} imports ${to}`));
    expect(wrong).toEqual([]);
  });
  it('no file has more than 250 lines', () => {
    expect(files.filter((file) => text(file).split('\n').length > 251)).toEqual([]);
  });
  it('a rule adds to those it is made of: each page brings a copy of them, and the copy that comes last wins', () => {
    const wrong = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.module.css')).flatMap(contradictions);
    expect(wrong).toEqual([]);
  });
  it('no `any`, no default export', () => {
    expect(files.filter((file) => /[:<|&(,]\s*any\b|\bas any\b|^export default/m.test(text(file)))).toEqual([]);
  });
});
