// Measures the built widget (make build) and writes docs/widget-sizes.md beside the numbers of the
// official widget, which were measured the same way: each file compressed on its own, then summed.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import { built, languages, loadOf, phases } from '../web/widget/loads.mjs';

const root = join(import.meta.dirname, '..');
const { load, open, talk } = phases;

function size(files) {
  return files.map((file) => readFileSync(join(built, file))).reduce((sum, body) => ({
    files: sum.files + 1,
    raw: sum.raw + body.length,
    gzip: sum.gzip + gzipSync(body, { level: 9 }).length,
    brotli: sum.brotli + brotliCompressSync(body, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }).length,
  }), { files: 0, raw: 0, gzip: 0, brotli: 0 });
}

/** The official Livechat widget 1.13.3 of April 2022, the last one published ready-built. */
const official = {
  loader: { files: 1, raw: 8451, gzip: 3119, brotli: 2732 },
  load: { files: 12, raw: 2499192, gzip: 490739, brotli: 376330 },
};
const number = new Intl.NumberFormat('en').format;
const cells = ({ files, raw, gzip, brotli }) => [files, raw, gzip, brotli].map(number).join(' | ');
const row = (phase, ours, theirs) => `| ${phase} | ${cells(ours)} | ${cells(theirs)} | ${(theirs.gzip / ours.gzip).toFixed(1)} × |`;

const weights = languages.map((file) => size([file]).gzip).sort((a, b) => a - b);

writeFileSync(join(root, 'docs/widget-sizes.md'), `# What the widget weighs

Bytes as sent, without REST, socket and pictures. Ours: this build, made by \`make build\`, measured by \`node scripts/widget-sizes.mjs\`.
The other one: the official Livechat widget 1.13.3 (April 2022), the last that was published ready-built; nothing of it is deferred.

| phase | files | raw | gzip | brotli | files | raw | gzip | brotli | less, by gzip |
| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |
| | Foyer | | | | official 1.13.3 | | | | |
${row('script in the host page', size(load.slice(0, 1)), official.loader)}
${row('page load, chat never opened', size(load), official.load)}
${row('to the first open chat, form included', size(open), official.load)}
${row('with a conversation', size(talk), official.load)}

- ${languages.length + 1} languages. English is in the files above; of another one all texts are one file, loaded when it is used: ${number(weights[weights.length >> 1])} bytes (gzip) for the
  language in the middle, ${number(weights[0])} for the lightest and ${number(weights.at(-1))} for the heaviest.
- What few visitors see (offline form, consent, rating, menu) is loaded when it is shown: ${number(size(loadOf('rare').filter((file) => !talk.includes(file))).gzip)} bytes (gzip).
- No third party is asked for anything.
`);
console.log(readFileSync(join(root, 'docs/widget-sizes.md'), 'utf8'));
