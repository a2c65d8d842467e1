import { defineConfig } from 'vitest/config';

/** The tests of what judges: whatever they do not notice when it is mutated, nobody would. */
export default defineConfig({
  test: {
    include: ['test/{core,policy,network}/**/*.test.ts', 'test/checks/*/*.test.ts'],
    exclude: ['test/checks/*/collect*.test.ts', 'test/checks/frameworks/**'],
    testTimeout: 120_000,
    isolate: false,
  },
});
