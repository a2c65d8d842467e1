import { defineConfig } from 'vitest/config';

/** Every fault on every operation and every field of every answer, in place of a sample: npm run fuzz. */
export default defineConfig({
  test: {
    include: ['test/{faults,fuzz}/**/*.test.ts'],
    env: { RONDA_FUZZ: 'all' },
    testTimeout: 7_200_000,
    hookTimeout: 120_000,
    reporters: ['default', './test/support/summary-reporter.ts'],
  },
});
