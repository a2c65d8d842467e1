import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Emulator, startEmulator } from '../emulator/server.ts';
import { useEmulator } from '../support/audited.ts';
import { ronda } from '../support/command.ts';

let emulator: Emulator;
let folder: string;
beforeAll(async () => {
  emulator = await startEmulator();
  useEmulator(emulator);
  Object.assign(process.env, { AWS_ACCESS_KEY_ID: 'x', AWS_SECRET_ACCESS_KEY: 'x' });
});
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ronda-redact-'));
  await ronda('audit', '--services', 's3', 'kms', '--regions', 'eu-west-1', '--out', join(folder, 'runs'));
});
afterEach(() => rm(folder, { recursive: true }));
afterAll(() => emulator.close());

const OWN = /harbour|111122223333/;
const report = (...args: string[]) => ronda('report', join(folder, 'runs'), ...args);
const exported = async (name: string, ...args: string[]) => {
  const out = join(folder, name);
  const { code, err } = await report('--out', out, ...args);
  expect({ code, err }).toEqual({ code: 0, err: '' });
  return readFile(join(out, 'findings.csv'), 'utf8');
};

describe('report --redact', () => {
  it('writes every format without a name of the account', async () => {
    const out = join(folder, 'out');
    const { code, out: screen } = await report(
      '--redact',
      '--out',
      out,
      '--formats',
      'sarif',
      'junit',
      'ocsf',
      'asff',
      'markdown',
      'ndjson',
    );
    expect(code).toBe(0);
    const names = await readdir(out);
    expect(names.length).toBeGreaterThan(8);
    for (const name of names) expect(await readFile(join(out, name), 'utf8')).not.toMatch(OWN);
    expect(screen).not.toMatch(OWN);
    expect(await readFile(join(out, 'findings.csv'), 'utf8')).toContain('s3-bucket-not-public');
  });
  it('leaves the run as it is', async () => {
    const stored = (await readdir(join(folder, 'runs'), { recursive: true })).find((path) =>
      path.endsWith('findings.csv'),
    )!;
    const before = await readFile(join(folder, 'runs', stored), 'utf8');
    await exported('out', '--redact');
    expect(await readFile(join(folder, 'runs', stored), 'utf8')).toBe(before);
    expect(before).toMatch(OWN);
  });
  it('--json prints it', async () => {
    const { code, out } = await report('--redact', '--json');
    expect(code).toBe(0);
    expect(JSON.parse(out)).toHaveProperty('findings');
    expect(out).not.toMatch(OWN);
  });
  it('makes new pseudonyms each time, and the same ones with a key', async () => {
    const key = join(folder, 'key');
    await writeFile(key, `${'0123456789abcdef'.repeat(4)}\n`);
    const [a, b, c, d] = [
      await exported('a', '--redact'),
      await exported('b', '--redact'),
      await exported('c', '--redact-key', key),
      await exported('d', '--redact', '--redact-key', key),
    ];
    expect(a).not.toBe(b);
    expect(c).toBe(d);
  });
});

describe('report --redact refuses with exit code 3', () => {
  it('to replace the reports of the run', async () =>
    expect(await report('--redact')).toMatchObject({
      code: 3,
      err: expect.stringMatching(/--redact needs --out <place> or --json/),
    }));
  it.each<[string, string | undefined, RegExp]>([
    ['is not there', undefined, /cannot read the key \S+: ENOENT\. Make one: openssl rand -hex 32/],
    ['is empty', '\n\n', /has fewer than 16 bytes/],
    ['is short', 'secret', /has fewer than 16 bytes/],
  ])('a key that %s', async (_name, text, message) => {
    const key = join(folder, 'key');
    if (text !== undefined) await writeFile(key, text);
    const { code, err } = await report('--redact-key', key, '--json');
    expect(err).toMatch(message);
    expect(code).toBe(3);
  });
});

it('report --help says what stays readable', async () =>
  expect((await ronda('report', '--help')).out).toMatch(/--redact-key <file>[^]*stay readable[^]*keep it secret/));
