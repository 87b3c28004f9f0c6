// What a browser fetches of the built widget, phase by phase: the scripts that a phase begins with, and what these import.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

export const built = join(import.meta.dirname, '../dist/widget');
const assets = readdirSync(join(built, 'assets'));
const imports = (file) => [...readFileSync(join(built, file), 'utf8').matchAll(/\bfrom ?["'`]\.\/([^"'`]+)["'`]/g)].map(([, name]) => `assets/${name}`);

/** The files of scripts by their names, with everything that these import. */
export function loadOf(...names) {
  const files = new Set();
  const add = (file) => files.has(file) || (files.add(file), imports(file).forEach(add));
  for (const name of names) assets.filter((file) => file.startsWith(`${name}-`) && file.endsWith('.js')).forEach((file) => add(`assets/${file}`));
  return [...files];
}

const loader = 'rocketchat-livechat.min.js';
const page = [loader, 'index.html'];
export const phases = {
  loader: [loader],
  triggers: [loader, ...loadOf('triggers', 'worker').filter((file) => !loadOf('index').includes(file))],
  load: [...page, ...loadOf('index')],
  open: [...page, ...loadOf('index', 'app')],
  talk: [...page, ...loadOf('index', 'app', 'talk')],
};

/** Each further language is one file with all of its texts. */
export const languages = assets.filter((file) => file.endsWith('.txt')).map((file) => `assets/${file}`);
