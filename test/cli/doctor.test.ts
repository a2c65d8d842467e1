import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { DoctorReport, Statement } from '../../lib/run/doctor/model.ts';
import { type Emulator, startEmulator } from '../emulator/server.ts';
import { useEmulator } from '../support/audited.ts';
import { ronda } from '../support/command.ts';

const AT_ONCE = { credentialReportPolls: 0 };
const TOPIC = 'arn:aws:sns:eu-west-1:111122223333:ronda';
let emulator: Emulator;
let folder: string;
beforeAll(async () => {
  emulator = await startEmulator({ profile: AT_ONCE });
});
beforeEach(async () => {
  useEmulator(emulator);
  emulator.setProfile(AT_ONCE);
  Object.assign(process.env, { AWS_ACCESS_KEY_ID: 'x', AWS_SECRET_ACCESS_KEY: 'x' });
  folder = await mkdtemp(join(tmpdir(), 'ronda-doctor-'));
});
afterEach(() => rm(folder, { recursive: true }));
afterAll(() => emulator.close());

const doctor = (...args: string[]) => ronda('doctor', '--checks', 's3-bucket-*', '--out', folder, ...args);
const reported = async (...args: string[]) => JSON.parse((await doctor(...args, '--json')).out) as DoctorReport;
const policyIn = (text: string) =>
  JSON.parse(/^\{ "Version"[^]*?^ {2}\].* \] \}$/m.exec(text)![0]) as { Statement: [Statement] };

describe('ronda doctor', () => {
  it('exits with 0 where all is well, and leaves nothing behind', async () => {
    const { code, out } = await doctor();
    expect(out).toMatch(/^ronda 9\.9\.9 doctor: all is well\n/);
    expect(code).toBe(0);
    expect(await readdir(folder)).toEqual([]);
  });
  it('exits with 1 where something is denied, and prints the policy that mends it', async () => {
    const { actions } = (await reported()).accounts[0]!;
    const names = actions.map(({ action }) => action);
    const allowOnly = names.filter((action) => !action.startsWith('s3:GetBucket'));
    emulator.setProfile({ ...AT_ONCE, allowOnly });
    const { code, out } = await doctor();
    expect(code).toBe(1);
    expect(out).toContain('  denied    s3:GetBucket');
    emulator.setProfile({ ...AT_ONCE, allowOnly: [...allowOnly, ...policyIn(out).Statement[0].Action] });
    expect((await doctor()).code).toBe(0);
  });
  it('is asked of the scope alone', async () => {
    const { accounts, checks } = await reported('--services', 's3');
    expect(checks).toBeLessThan(40);
    expect(accounts[0]!.actions.some(({ action }) => action.startsWith('rds:'))).toBe(false);
  });
  it('looks at the regions that are asked for', async () => {
    const { accounts } = await reported('--checks', 'kms-*', '--regions', 'eu-west-*');
    expect(accounts[0]!.regions.map(({ region }) => region)).toEqual(['eu-west-1', 'eu-west-2', 'eu-west-3']);
  });
  it('tells of a bucket that cannot be written', async () => {
    emulator.setProfile({ ...AT_ONCE, deny: ['s3:PutObject'] });
    const { code, out } = await doctor('--out', 's3://harbour-media-uploads/nights');
    expect(code).toBe(1);
    expect(out).toMatch(
      /\ndenied {4}reports {6}s3:\/\/harbour-media-uploads\/nights cannot be written: s3:PutObject is denied/,
    );
  });
  it('tells of a topic that is not there', async () => {
    const { code, out } = await doctor('--topic', `${TOPIC}-gone`);
    expect(code).toBe(1);
    expect(out).toMatch(/\nmissing {3}topic {8}arn:\S+:ronda-gone cannot be looked at/);
  });
  it('tells what is not allowed to be asked of a topic', async () => {
    const { parts, patch } = await reported('--topic', TOPIC);
    expect(parts.find(({ name }) => name === 'topic')).toMatchObject({ state: 'denied' });
    expect(patch.allow).toEqual([
      {
        accounts: [],
        statement: { Sid: 'KeepAndTell1', Effect: 'Allow', Action: ['sns:ListSubscriptionsByTopic'], Resource: TOPIC },
      },
    ]);
  });
  it('sends no message unless asked to', async () => {
    await doctor('--topic', TOPIC);
    expect(emulator.messages).toEqual([]);
  });
  it('the last step is the same command', async () => {
    emulator.setProfile({ ...AT_ONCE, deny: ['s3:GetBucketPolicy'] });
    const { patch } = await reported('--services', 's3');
    expect(patch.next.at(-1)).toBe(`ronda doctor --out ${folder} --services s3 --checks 's3-bucket-*'`);
  });
  it('enters the accounts of an organization', async () => {
    const { accounts, parts } = await reported('--organization', '--member-role', 'night');
    expect(parts[0]).toMatchObject({ name: 'organization', state: 'works' });
    expect(accounts.map(({ account, closed }) => [account, closed?.operation])).toEqual([
      ['111122223333', undefined],
      ['222233334444', 'sts:AssumeRole'],
      ['444455556666', 'sts:AssumeRole'],
    ]);
  });
  it('tells of a role that cannot be assumed', async () => {
    const { code, out } = await doctor('--role', 'arn:aws:iam::111122223333:role/none');
    expect(code).toBe(1);
    expect(out).toContain('unknown\n  closed    sts:AssumeRole: ');
  });
  it.each([
    [['--send-test'], /--send-test: name a topic with --topic or --stack/],
    [['--services', 'nonsense'], /--services: /],
  ])('%j is a mistake of the caller', async (args, message) => {
    const { code, err } = await doctor(...args);
    expect(err).toMatch(message);
    expect(code).toBe(3);
  });
  it('of a stack that cannot be read is told, and the rest is looked at', async () => {
    const { parts, accounts } = await reported('--stack', 'ronda-dev');
    expect(parts.find(({ name }) => name === 'stack')).toMatchObject({ state: 'failed' });
    expect(accounts[0]!.closed).toBeUndefined();
  });
});
