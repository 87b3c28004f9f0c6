// The first screen is what index.html loads without waiting.
import { readFileSync } from 'node:fs';

const page = readFileSync('../dist/console/index.html', 'utf8');

export default [
  {
    name: 'console, first screen with an open chat',
    path: [...page.matchAll(/\/console\/(assets\/[^"]+)/g)].map(([, file]) => `../dist/console/${file}`),
    limit: '220 kB',
    gzip: true,
  },
];
