import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    // Slow machines are no failure; a test that hangs still ends.
    testTimeout: 120_000,
    hookTimeout: 120_000,
    // Every core: by default one is left out, which of two is half.
    maxWorkers: '100%',
    reporters: ['default', './test/support/summary-reporter.ts'],
    coverage: {
      provider: 'v8',
      include: ['{functions,lib,checks}/**/*.ts'],
      exclude: ['**/*.generated.ts'],
      reporter: ['text-summary', 'json-summary'],
      thresholds: {
        'lib/{core,policy,network}/**': { 100: true },
        'checks/*/*-*.ts': { 100: true },
      },
    },
  },
});
