// How many changed comparisons, sums and calls the tests notice: npm run mutation [area ...]
import { Stryker } from '@stryker-mutator/core';

const MUTATED = {
  core: ['lib/core/*.ts'],
  policy: ['lib/policy/*.ts'],
  network: ['lib/network/*.ts'],
  checks: ['checks/*/*-*.ts', 'checks/*/_*.ts', '!checks/*/_sources.ts'],
};

/** Each area is held to its own tests alone; those of the checks on top of the evaluators would take hours. */
async function mutate(area: keyof typeof MUTATED) {
  const stryker = new Stryker({
    mutate: MUTATED[area],
    mutator: {
      excludedMutations: [
        'StringLiteral',
        'ObjectLiteral',
        'ArrayDeclaration',
        'ArrowFunction',
        'BlockStatement',
        'OptionalChaining',
        'ConditionalExpression',
        'Regex',
      ],
    },
    testRunner: 'vitest',
    plugins: [import.meta.resolve('@stryker-mutator/vitest-runner')],
    vitest: { configFile: 'test/mutation/vitest.ts', dir: `test/${area}`, related: area === 'checks' },
    coverageAnalysis: area === 'checks' ? 'all' : 'perTest',
    tsconfigFile: 'none.json',
    timeoutMS: 20_000,
    timeoutFactor: 0.2,
    dryRunTimeoutMinutes: 30,
    concurrency: 1,
    reporters: ['clear-text', 'json'],
    clearTextReporter: { allowColor: false, logTests: false },
    jsonReporter: { fileName: `coverage/mutation-${area}.json` },
    thresholds: { high: 95, low: 90, break: 90 },
    tempDirName: 'coverage/stryker',
  });
  await stryker.runMutationTest();
}

const areas = Object.keys(MUTATED) as (keyof typeof MUTATED)[];
const asked = process.argv.slice(2);
for (const area of areas) {
  if (asked.length === 0 || asked.includes(area)) await mutate(area);
}
