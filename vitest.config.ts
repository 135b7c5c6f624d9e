import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

const root = fileURLToPath(new URL('.', import.meta.url));

export default defineConfig({
  resolve: {
    // Examples say what users say; here that means the sources.
    alias: [
      { find: /^paleozoic\/check$/, replacement: `${root}tools/check/index.ts` },
      { find: /^paleozoic\/(.*)$/, replacement: `${root}$1/index.ts` },
    ],
  },
  test: {
    include: ['tests/**/*.test.ts', 'examples/**/*.test.js'],
    globalSetup: ['tests/shared-data.ts'],
    setupFiles: ['tests/watchdog.ts'],
    // A property takes seconds; a minute means that it hangs.
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // Pattern contracts are checked in every test.
    env: { PALEOZOIC_CHECK: '1' },
    // Processes, as large typed arrays of one file are then given back when it ends.
    pool: 'forks',
    isolate: false,
    maxWorkers: 2,
  },
});
