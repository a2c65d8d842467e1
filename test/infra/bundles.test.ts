import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Metafile } from 'esbuild';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { bundleFunctions } from '../../infra/build.ts';
import { root, run } from './_stack.ts';

let handlers: Metafile;
let folder: string;
beforeAll(async () => {
  handlers = await bundleFunctions();
  folder = await mkdtemp(join(tmpdir(), 'ronda-pack-'));
}, 300_000);
afterAll(() => rm(folder, { recursive: true }));

/** The files that a handler loads when it starts: itself, and the parts that it does not put off. */
function startOf(file: string, seen = new Set<string>()): Set<string> {
  if (seen.has(file)) return seen;
  seen.add(file);
  const others = handlers.outputs[file]!.imports.filter(
    ({ kind, external }) => kind === 'import-statement' && !external,
  );
  for (const { path } of others) startOf(path, seen);
  return seen;
}
const handlerOf = (name: string): string => `dist/${name}/index.mjs`;
/** The packages of one kind inside files. */
const packagesIn = (files: Iterable<string>, kind: RegExp): string[] =>
  [
    ...new Set(
      [...files].flatMap((file) =>
        Object.keys(handlers.outputs[file]!.inputs).flatMap((input) => kind.exec(input)?.[1] ?? []),
      ),
    ),
  ].toSorted();
const CLIENT = /@aws-sdk\/(client-[^/]+)/;

it.each<[string, string[]]>([
  ['evaluate', ['client-s3']],
  ['publish', ['client-s3', 'client-sns']],
  ['slack', ['client-secrets-manager', 'client-ssm']],
])('%s holds no other client than it uses', (name, expected) => {
  expect(packagesIn(startOf(handlerOf(name)), CLIENT)).toEqual(expected);
});

it('publish loads further formats and Security Hub when they are asked for', () => {
  const start = startOf(handlerOf('publish'));
  const parts = Object.keys(handlers.outputs).filter((file) => file.startsWith('dist/publish/') && !start.has(file));
  expect(packagesIn(parts, CLIENT)).toEqual(['client-securityhub']);
  expect(packagesIn(parts, /(xmlbuilder2)/)).toEqual(['xmlbuilder2']);
  expect(packagesIn(start, /(xmlbuilder2)/)).toEqual([]);
});

it('no handler is larger than 1.5 MB, and the gate and the doctor, which do much in one, than 2.4 MB', () => {
  const starts = Object.keys(handlers.outputs).filter((file) => file.endsWith('/index.mjs'));
  const bytesOf = (file: string) => [...startOf(file)].reduce((sum, part) => sum + handlers.outputs[part]!.bytes, 0);
  const limitOf = (file: string) => (/^dist\/(gate|doctor)\//.test(file) ? 2_400_000 : 1_500_000);
  expect(starts.filter((file) => bytesOf(file) >= limitOf(file))).toEqual([]);
});

it('what nobody calls is left out of a large client', () => {
  const { inputs } = handlers.outputs['dist/collect/index.mjs']!;
  const [, { bytesInOutput }] = Object.entries(inputs).find(([file]) => /client-ec2\/.*schemas_0\.js/.test(file))!;
  expect(bytesInOutput).toBeLessThan(200_000);
});

it('the packed command line runs with nothing else installed', { timeout: 300_000 }, async () => {
  await run('npm', ['pack', '--pack-destination', folder, '--loglevel=error'], { cwd: root });
  const archive = (await readdir(folder)).find((name) => name.endsWith('.tgz'))!;
  await run('tar', ['-xzf', archive], { cwd: folder });
  const ronda = (...options: string[]) =>
    run(process.execPath, ['package/dist/cli/ronda.mjs', ...options], {
      cwd: folder,
      env: { PATH: process.env['PATH'] },
    });
  expect((await ronda('checks', 'list')).stdout).toMatch(/^\S+ +(critical|high|medium|low|informational) .+/);
  expect((await ronda('--help')).stdout).toContain('Usage: ronda');
  // Needs every collector, and with them every SDK client.
  expect(JSON.parse((await ronda('role')).stdout).Statement[0].Action).toContain('ec2:DescribeRegions');
});
