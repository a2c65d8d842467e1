// Everything that guards the project, in the order of what fails fastest: npm run check
import { spawnSync } from 'node:child_process';

/** The tests that cover what must be covered whole (vitest.config.ts); counting coverage would slow the others by a fifth. */
const COVERING = ['checks', 'config', 'core', 'network', 'policy'].map((name) => `test/${name}/`);

const GUARDS: readonly (readonly string[])[] = [
  ['infra/generate.ts', '--check'],
  ['tsc'],
  ['oxlint'],
  ['prettier', '--check', '--log-level=warn', '.'],
  ['knip'],
  ['infra/advisories.ts'],
  ['vitest', 'run', '--coverage', ...COVERING],
  ['vitest', 'run', ...COVERING.flatMap((folder) => ['--exclude', `${folder}**`])],
];

for (const [command, ...options] of GUARDS) {
  const name = [command, ...options].join(' ');
  const started = performance.now();
  const { status } = command!.endsWith('.ts')
    ? spawnSync(process.execPath, [command!, ...options], { stdio: 'inherit' })
    : spawnSync(command!, options, { stdio: 'inherit' });
  console.log(`${status === 0 ? 'ok    ' : 'FAILED'}  ${name}  ${((performance.now() - started) / 1000).toFixed(1)} s`);
  if (status !== 0) process.exit(1);
}
