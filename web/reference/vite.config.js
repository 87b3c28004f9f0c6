import { defineConfig } from 'vite';

// The readable page of the API, served under /api/docs/ from the binary.
export default defineConfig({
  base: '/api/docs/',
  build: { outDir: '../dist/reference', emptyOutDir: true, target: 'es2022', chunkSizeWarningLimit: 2000 },
});
