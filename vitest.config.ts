import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['tests/**/*.test.ts'],
    globalSetup: ['tests/shared-data.ts'],
    // A property takes seconds; a minute means that it hangs.
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // Pattern contracts are checked in every test.
    env: { PALEOZOIC_CHECK: '1' },
    // Processes, as large typed arrays of one file are then given back when it ends.
    pool: 'forks',
    maxWorkers: 2,
  },
});
