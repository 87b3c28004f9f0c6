import { built, languages, phases } from './loads.mjs';

const row = (name, limit, files) => ({ name, limit, path: files.map((file) => `${built}/${file}`), gzip: true });

export default [
  row('loader in the host page', '4 kB', phases.loader),
  row('loader with triggers', '8 kB', phases.triggers),
  row('the second API\'s script in the host page', '6 kB', ['livechatoo.min.js']),
  row('page load, chat never opened', '9.6 kB', phases.load),
  row('everything to the first open chat', '24 kB', phases.open),
  row('everything with a conversation', '37 kB', phases.talk),
  ...languages.map((file) => row(`all texts, ${file.slice(7, 9)}`, '2 kB', [file])),
];
