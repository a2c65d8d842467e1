import { defineConfig } from 'vitest/config';

/** The tables of the checks: a comparison that can be changed without failing one of them is not tested. */
export default defineConfig({
  test: {
    include: ['test/checks/*/*.test.ts'],
    exclude: ['test/checks/*/collect*.test.ts', 'test/checks/frameworks/**'],
    testTimeout: 120_000,
    isolate: false,
  },
});
