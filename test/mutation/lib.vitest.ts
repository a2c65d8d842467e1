import { defineConfig } from 'vitest/config';

/** The evaluators and the engine are held to their own tests; those of the checks on top would take hours. */
export default defineConfig({
  test: { include: ['test/{core,policy,network}/**/*.test.ts'], testTimeout: 120_000, isolate: false },
});
