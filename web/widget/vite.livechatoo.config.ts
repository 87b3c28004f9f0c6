import { defineConfig } from 'vite';

// The second API's script, classic as the first one's.
export default defineConfig({
  build: {
    outDir: '../dist/widget',
    emptyOutDir: false,
    copyPublicDir: false,
    target: 'es2020',
    lib: { entry: 'loader/livechatoo.ts', formats: ['iife'], name: 'foyer', fileName: () => 'livechatoo.min.js' },
  },
});
