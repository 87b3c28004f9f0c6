import { defineConfig, type Plugin } from 'vite';
import { textFiles } from './vite.texts';

const server = process.env['FOYER_SERVER'] ?? 'http://127.0.0.1:8080';

/** The frame preloads nothing, so what Vite would put around each import() to preload is left out. */
const plainImports: Plugin = {
  name: 'plain-imports',
  enforce: 'pre',
  load: (id) => (id.includes('vite/preload-helper') ? 'export const __vitePreload = (load) => load()' : null),
};

// The frame: index.html is served as /livechat, without a slash at its end, and
// everything else below /livechat/, so its addresses begin with livechat/.
export default defineConfig({
  plugins: [plainImports, textFiles],
  base: './',
  experimental: {
    renderBuiltUrl: (file, { hostType }) => (hostType === 'html' ? `livechat/${file}` : { relative: true }),
  },
  json: { namedExports: false },
  build: {
    outDir: '../dist/widget',
    emptyOutDir: true,
    target: 'es2022',
    cssTarget: ['chrome123', 'firefox120', 'safari17.5'],
    modulePreload: false,
    assetsInlineLimit: 0,
    // What everything drawn needs is one file: each file more is packed by itself.
    rolldownOptions: { output: { codeSplitting: { includeDependenciesRecursively: false, groups: [{ name: 'preact', test: /node_modules\/preact\/|widget\/view\/icons|widget\/model\/state/ }] } } },
  },
  server: { proxy: { '/api': server, '/realtime': { target: server, ws: true } } },
});
