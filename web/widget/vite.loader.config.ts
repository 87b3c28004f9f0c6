import { defineConfig } from 'vite';

// The loader: one classic script for host pages, whatever they are made of.
export default defineConfig({
  build: {
    outDir: '../dist/widget',
    emptyOutDir: false,
    copyPublicDir: false,
    target: 'es2020',
    lib: { entry: 'loader/main.ts', formats: ['iife'], name: 'foyer', fileName: () => 'rocketchat-livechat.min.js' },
  },
});
