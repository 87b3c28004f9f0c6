import { readdirSync } from 'node:fs';

const built = '../dist/widget';
const loader = 'rocketchat-livechat.min.js';
const load = [loader, 'index.html', 'assets/index-*.js'];
const open = [...load, 'assets/app-*.js', 'assets/styles-*.js', 'assets/preact-*.js'];
const talk = [...open, 'assets/talk-*.js', 'assets/confirm-*.js', 'assets/id-*.js'];
/** Each further language is one file with all of its texts. */
const languages = readdirSync(`${built}/assets`).filter((file) => file.endsWith('.txt'));

const row = (name, limit, ...files) => ({ name, limit, path: files.map((file) => `${built}/${file}`), gzip: true });

export default [
  row('loader in the host page', '4 kB', loader),
  row('loader with triggers', '8 kB', loader, 'assets/triggers-*.js', 'assets/worker-*.js', 'assets/card-*.js'),
  row('telling that the visitor is there', '1.2 kB', 'assets/here-*.js'),
  row('the second API\'s script in the host page', '6 kB', 'livechatoo.min.js'),
  row('page load, chat never opened', '9.6 kB', ...load),
  row('everything to the first open chat', '24 kB', ...open),
  row('everything with a conversation', '34 kB', ...talk),
  ...languages.map((file) => row(`all texts, ${file.slice(0, 2)}`, '2 kB', `assets/${file}`)),
];
