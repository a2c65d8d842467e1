import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { root, run } from './_stack.ts';

const NEEDED = [
  'LICENSE',
  'README.md',
  'checks',
  'functions',
  'infra',
  'lib',
  'package.json',
  'package-lock.json',
  'schemas',
];

const folder = await mkdtemp(join(tmpdir(), 'ronda-same-'));
afterAll(() => rm(folder, { recursive: true }));

/** A copy of the repository. The packages are linked file by file: where they lie must not show either. */
async function copied(to: string): Promise<string> {
  const copy = join(folder, to);
  await mkdir(copy, { recursive: true });
  await run('cp', ['-r', ...NEEDED, copy], { cwd: root });
  const link = (how: string) => run('cp', [how, 'node_modules', copy], { cwd: root });
  await link('-al').catch(() => link('-a'));
  return copy;
}

/** Name and digest of every file that is built and of the archive that npm makes of them. */
async function packed(copy: string, zone: string): Promise<Record<string, string>> {
  // Packing builds first.
  await run('npm', ['pack', '--loglevel=error'], {
    cwd: copy,
    env: { PATH: process.env['PATH'], HOME: copy, TZ: zone, LANG: 'C' },
  });
  const names = await readdir(copy, { recursive: true, withFileTypes: true }).then((entries) =>
    entries
      .filter((entry) => entry.isFile())
      .map(({ parentPath, name }) => join(parentPath, name))
      .filter((path) => path.startsWith(join(copy, 'dist')) || path.endsWith('.tgz'))
      .toSorted(),
  );
  const digest = async (path: string) =>
    createHash('sha256')
      .update(await readFile(path))
      .digest('hex');
  return Object.fromEntries(
    await Promise.all(names.map(async (path) => [path.slice(copy.length + 1), await digest(path)] as const)),
  );
}

it('another folder and time zone build the same bytes', { timeout: 300_000 }, async () => {
  const [one, other] = await Promise.all([
    copied('a').then((copy) => packed(copy, 'UTC')),
    copied('elsewhere/deep/er').then((copy) => packed(copy, 'Pacific/Kiritimati')),
  ]);
  const names = Object.keys(one).map((name) => name.replace(/^ronda-.*\.tgz$/, 'archive'));
  expect(names).toEqual(expect.arrayContaining(['archive', 'dist/cli/ronda.mjs', 'dist/collect/index.mjs']));
  expect(other).toEqual(one);
});
