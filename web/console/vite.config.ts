import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

const server = process.env['FOYER_SERVER'] ?? 'http://127.0.0.1:8080';

interface Graph {
  getModuleInfo(id: string): { importedIds: readonly string[] } | null;
}

/** Packages that are one list of everything: what of them is needed only shows later. */
const barrels = /node_modules\/(@mantine\/core|lucide-react)\//;

/** What the entry imports without waiting: the first screen, in one file. */
function firstScreen() {
  const found = new Set<string>();
  const walk = (id: string, graph: Graph) => {
    if (found.has(id) || barrels.test(id)) return;
    found.add(id);
    graph.getModuleInfo(id)?.importedIds.forEach((next) => walk(next, graph));
  };
  return (id: string, graph: Graph) => {
    if (found.size === 0) walk(new URL('src/app/start.tsx', import.meta.url).pathname, graph);
    return found.has(id) ? 'start' : null;
  };
}

// The console is served under /console/ from the binary; in development Vite
// serves it and passes the API and the socket on to a running server.
export default defineConfig({
  base: '/console/',
  plugins: [react()],
  build: {
    outDir: '../dist/console',
    emptyOutDir: true,
    target: 'es2022',
    chunkSizeWarningLimit: 700, // what counts is the size that .size-limit.js checks
    rolldownOptions: {
      output: { codeSplitting: { groups: [{ name: firstScreen() }] } },
    },
  },
  server: {
    proxy: {
      '/api': server,
      '/realtime': { target: server, ws: true },
    },
  },
});
