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

/** The SDK clients inside a handler. */
function clientsIn(name: string): string[] {
  const { inputs } = handlers.outputs[`dist/${name}/index.mjs`]!;
  return [
    ...new Set(Object.keys(inputs).flatMap((file) => /@aws-sdk\/(client-[^/]+)/.exec(file)?.[1] ?? [])),
  ].toSorted();
}

it.each<[string, string[]]>([
  ['evaluate', ['client-s3']],
  ['publish', ['client-s3', 'client-sns']],
  ['slack', ['client-secrets-manager', 'client-ssm']],
])('%s holds no other client than it uses', (name, expected) => {
  expect(clientsIn(name)).toEqual(expected);
});

it('no handler is larger than 1.5 MB', () => {
  for (const { bytes } of Object.values(handlers.outputs)) expect(bytes).toBeLessThan(1_500_000);
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
