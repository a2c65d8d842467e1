import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Verified } from '../../lib/run/verify.ts';
import { changedWorld } from '../emulator/changes.ts';
import { type Emulator, startEmulator } from '../emulator/server.ts';
import { EXAMPLE } from '../emulator/world.ts';
import { useEmulator } from '../support/audited.ts';
import { ronda } from '../support/command.ts';

const KEYS = { AWS_ACCESS_KEY_ID: 'x', AWS_SECRET_ACCESS_KEY: 'x' };
const AT_ONCE = { credentialReportPolls: 0 };
let emulator: Emulator;
let changed: Emulator | undefined;
let folder: string;
beforeAll(async () => {
  emulator = await startEmulator({ profile: AT_ONCE });
});
beforeEach(async () => {
  useEmulator(emulator);
  emulator.setProfile(AT_ONCE);
  Object.assign(process.env, KEYS);
  folder = await mkdtemp(join(tmpdir(), 'ronda-verify-'));
});
afterEach(async () => {
  await changed?.close();
  changed = undefined;
  await rm(folder, { recursive: true });
});
afterAll(() => emulator.close());

const audit = (...args: string[]) => ronda('audit', '--regions', 'eu-west-1', '--out', folder, ...args);
const verify = (id: string, ...args: string[]) => ronda('verify', id, '--in', folder, ...args);
const verified = async (id: string, ...args: string[]) =>
  JSON.parse((await verify(id, '--json', ...args)).out) as Verified;

/** Audits, and answers with the id of a check's finding about a resource. */
async function idOf(check: string, resource: string): Promise<string> {
  const { out } = await audit('--checks', check, '--json');
  const { findings } = JSON.parse(out) as { findings: { id: string; check: string; resource: { id: string } }[] };
  return findings.find((one) => one.check === check && one.resource.id === resource)!.id;
}

const BUCKETS = ['accounts', '111122223333', 's3', 'Buckets'];
/** The account is another one from now on. */
async function happened(...changes: object[]): Promise<void> {
  const path = join(folder, '..', `${folder.split('/').at(-1)}.json`);
  await writeFile(path, JSON.stringify({ changes }));
  changed = await startEmulator({ profile: AT_ONCE, world: changedWorld(EXAMPLE, path) });
  await rm(path);
  useEmulator(changed);
}
const closeAcl = { at: [...BUCKETS, { Name: 'harbour-media-uploads' }, 'Grants'], to: [] };
const deleteBucket = { at: [...BUCKETS, { Name: 'harbour-media-uploads' }], remove: true };

async function contents(): Promise<Record<string, string>> {
  const names = (await readdir(folder, { recursive: true, withFileTypes: true })).filter((entry) => entry.isFile());
  const paths = names.map((entry) => join(entry.parentPath, entry.name));
  return Object.fromEntries(await Promise.all(paths.map(async (path) => [path, await readFile(path, 'base64')])));
}

describe('verify', () => {
  it('says what was repaired, with what is different, and exits with 0', async () => {
    const id = await idOf('s3-bucket-not-public', 'harbour-media-uploads');
    await happened(closeAcl);
    const { code, out } = await verify(id);
    expect(out).toMatch(
      /^s3-bucket-not-public  critical  [0-9a-f]{16}\n  111122223333 eu-west-1  harbour-media-uploads\n  before  FAIL \w+  public through ACL/,
    );
    expect(out).toMatch(/\n {2}now {5}PASS {2}not public\n {2}because the resource was changed\n/);
    expect(out).toMatch(/\n {4}ways: \["ACL"\] → none\n {4}grants: .*AllUsers.* → none\nIt does/);
    expect(out).toMatch(/\nIt does not fail now\. \(\d+ calls, \d+\.\d s\)\n$/);
    expect(code).toBe(0);
  });
  it('of what is as it was says no cause, and exits with 1', async () => {
    const id = await idOf('s3-bucket-not-public', 'harbour-media-uploads');
    const { code, out } = await verify(id);
    expect(code).toBe(1);
    expect(out).toContain('It still fails.');
    expect(out).not.toContain('because');
    expect(await verified(id)).toMatchObject({ outcome: 'fails', before: { id }, after: { id, status: 'FAIL' } });
  });
  it('of a resource that is gone exits with 0', async () => {
    const id = await idOf('s3-bucket-not-public', 'harbour-media-uploads');
    await happened(deleteBucket);
    expect(await verify(id)).toMatchObject({ code: 0, out: expect.stringContaining('The resource is gone.') });
    const result = await verified(id);
    expect(result).toMatchObject({ outcome: 'gone', cause: { kind: 'resource-deleted' } });
    expect(result.after).toBeUndefined();
  });
  it.each([
    ['the resource cannot be read', ['s3:GetBucketPublicAccessBlock']],
    ['its list cannot be read: it may still be there', ['s3:ListAllMyBuckets']],
  ])('exits with 2 where %s', async (_name, deny) => {
    const id = await idOf('s3-bucket-not-public', 'harbour-media-uploads');
    emulator.setProfile({ ...AT_ONCE, deny });
    expect(await verify(id)).toMatchObject({ code: 2, out: expect.stringContaining('It cannot be judged.') });
    expect(await verified(id)).toMatchObject({
      outcome: 'unknown',
      after: { status: 'UNKNOWN', gap: { reason: 'denied', operation: deny[0] } },
      cause: { kind: 'coverage-lost' },
    });
  });
  it('reads the one resource alone', async () => {
    const id = await idOf('s3-bucket-not-public', 'harbour-media-uploads');
    emulator.resetStats();
    const { calls } = await verified(id);
    const asked = emulator.stats();
    expect(asked.requests).toBe(calls);
    expect(asked.calls).toMatchObject({ 's3:ListBuckets': 1, 's3:GetBucketAcl': 1 });
    expect(Math.max(...Object.values(asked.calls))).toBe(1);
  });
  it('reads of what the check looks up only what it looks at', async () => {
    const id = await idOf('cloudtrail-log-bucket-not-public', 'harbour-events');
    emulator.resetStats();
    await verified(id);
    expect(emulator.stats().calls).toMatchObject({ 's3:ListBuckets': 1, 's3:GetBucketPolicy': 1 });
  });
  it('of a list that could not be read judges all that is in it', async () => {
    emulator.setProfile({ ...AT_ONCE, deny: ['kms:ListKeys'] });
    const id = await idOf('kms-key-rotation-enabled', 'AWS::KMS::Key in eu-west-1');
    expect(await verified(id)).toMatchObject({ outcome: 'unknown' });
    emulator.setProfile(AT_ONCE);
    const result = await verified(id);
    expect(result).toMatchObject({ outcome: 'fails', cause: { kind: 'coverage-regained' }, verdicts: { FAIL: 1 } });
    expect(await verify(id)).toMatchObject({ code: 1, out: expect.stringContaining('the list can be read: 1 fail') });
  });
  it('judges with the params in force now, and says so', async () => {
    const { out: audited } = await ronda('audit', '--checks', 'kms-key-rotation-enabled', '--out', folder, '--json');
    const { findings } = JSON.parse(audited) as { findings: { id: string; message: string }[] };
    const { id } = findings.find(({ message }) => message.startsWith('rotates every 2560'))!;
    const config = join(folder, 'ronda.yml');
    await writeFile(config, 'checks: ["s3-*"]\nparams:\n  kms-key-rotation-enabled:\n    maxPeriodDays: 3000\n');
    const { code, out } = await verify(id, '--config', config);
    expect(out).toContain(
      'because a parameter of the check was changed: {"maxPeriodDays":365} → {"maxPeriodDays":3000}',
    );
    expect(code).toBe(0);
  });
  it('says of a waiver that it covers what still fails', async () => {
    const id = await idOf('s3-bucket-not-public', 'harbour-media-uploads');
    const waivers = join(folder, 'waivers.yml');
    await writeFile(
      waivers,
      `waivers:\n- {check: s3-bucket-not-public, resource: '*media*', owner: web, reason: meant, expires: '${tomorrow()}'}\n`,
    );
    const { code, out } = await verify(id, '--waivers', waivers);
    expect(out).toContain(`accepted by web until ${tomorrow()}`);
    expect(out).toContain('because a waiver began');
    expect(code).toBe(1);
  });
  it('changes nothing in the store', async () => {
    const id = await idOf('s3-bucket-not-public', 'harbour-media-uploads');
    const before = await contents();
    await happened(closeAcl);
    await verify(id);
    expect(await contents()).toEqual(before);
  });
  it('finds the run in a bucket, and takes a run by its day', async () => {
    const place = 's3://ronda-reports-111122223333/verified';
    const { out } = await ronda(
      'audit',
      '--checks',
      's3-bucket-not-public',
      '--regions',
      'eu-west-1',
      '--out',
      place,
      '--json',
    );
    const { findings, date } = JSON.parse(out) as { date: string; findings: { id: string; status: string }[] };
    const { id } = findings.find(({ status }) => status === 'FAIL')!;
    expect(await ronda('verify', id, '--in', place, '--run', date)).toMatchObject({ code: 1, err: '' });
  });
});

describe('verify refuses with exit code 3', () => {
  it('credentials of another account, by name', async () => {
    const id = await idOf('s3-bucket-not-public', 'harbour-media-uploads');
    process.env['AWS_ACCESS_KEY_ID'] = 'AKIA444455556666AAAA';
    emulator.resetStats();
    const { code, err } = await verify(id);
    expect(code).toBe(3);
    expect(err).toMatch(
      /is about account 111122223333, and these credentials \(arn:aws:\S+\) belong to 444455556666\. Choose others with --profile or --role\./,
    );
    expect(emulator.stats().requests).toBe(1);
  });
  it('credentials that AWS does not know', async () => {
    const id = await idOf('s3-bucket-not-public', 'harbour-media-uploads');
    emulator.setProfile({ faults: [{ service: 'sts', kind: 'status', status: 403 }] });
    expect(await verify(id)).toMatchObject({ code: 3, err: expect.stringContaining('Check the credentials') });
  });
  it('a finding that the run does not have', async () => {
    await idOf('s3-bucket-not-public', 'harbour-media-uploads');
    expect(await verify('0000000000000000')).toMatchObject({
      code: 3,
      err: expect.stringMatching(/has no finding "0000000000000000": .*--run chooses another run/),
    });
  });
  it('a place without runs', async () =>
    expect(await verify('0000000000000000')).toMatchObject({ code: 3, err: expect.stringContaining('holds no run') }));
});

it('--help names the exit codes', async () =>
  expect((await ronda('verify', '--help')).out).toMatch(
    /--external-id[^]*Exit codes of verify[^]*2 {2}it cannot be judged/,
  ));

const tomorrow = (): string => new Date(Date.now() + 86_400_000).toISOString().slice(0, 10);
