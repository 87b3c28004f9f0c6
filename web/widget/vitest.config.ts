import { defineConfig } from 'vitest/config';
import { textFiles } from './vite.texts';

// The loader's frame is not loaded in unit tests; happy-dom says so each time.
export default defineConfig({
  plugins: [textFiles],
  test: {
    include: ['test/*.test.ts'],
    onConsoleLog: (log) => !log.includes('Iframe page loading is disabled'),
  },
});
