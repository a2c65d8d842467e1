import { defineConfig } from 'vitest/config';
import { BaseSequencer } from 'vitest/node';

/** The first failure ends a run: the slow files come last. */
class FastestFirst extends BaseSequencer {
  override async sort(...files: Parameters<BaseSequencer['sort']>) {
    return (await super.sort(...files)).toReversed();
  }
}

/** The tables and the laws; Stryker names the folder. */
export default defineConfig({
  test: {
    include: ['**/*.test.ts'],
    exclude: ['**/checks/*/collect*.test.ts', '**/checks/frameworks/**'],
    setupFiles: ['test/mutation/setup.ts'],
    sequence: { sequencer: FastestFirst },
    testTimeout: 120_000,
    isolate: false,
  },
});
