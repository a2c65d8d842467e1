import { KMSClient, paginateListKeys, DescribeKeyCommand } from '@aws-sdk/client-kms';
import { GetPublicAccessBlockCommand, S3ControlClient } from '@aws-sdk/client-s3-control';
import { DescribeVpcsCommand, EC2Client } from '@aws-sdk/client-ec2';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { caller } from '../../lib/aws/caller.ts';
import { sessionFor } from '../../lib/aws/clients.ts';
import { callCounts } from '../../lib/aws/counts.ts';
import { CallFailed } from '../../lib/aws/gaps.ts';
import { service } from '../../lib/aws/operations.ts';
import { enabledRegions, whoAmI } from '../../lib/aws/plan.ts';
import { type Emulator, startEmulator } from '../emulator/server.ts';
import { useEmulator } from '../support/audited.ts';

const listKeys = service(KMSClient).pages(paginateListKeys, 'kms:ListKeys');
const describeKey = service(KMSClient).call(DescribeKeyCommand, 'kms:DescribeKey');
const accountBlock = service(S3ControlClient).call(GetPublicAccessBlockCommand, 's3:GetAccountPublicAccessBlock', {
  absent: ['NoSuchPublicAccessBlockConfiguration'],
});
const describeVpcs = service(EC2Client).call(DescribeVpcsCommand, 'ec2:DescribeVpcs');
const PLACE = { account: '111122223333', region: 'eu-west-1', partition: 'aws' };

let emulator: Emulator;
beforeAll(async () => {
  emulator = await startEmulator();
  useEmulator(emulator);
});
beforeEach(() => {
  emulator.setProfile({});
  emulator.resetStats();
});
afterAll(() => emulator.close());

function opened(deadline?: AbortSignal) {
  const counts = callCounts();
  const session = sessionFor({
    credentials: async () => ({ accessKeyId: 'x', secretAccessKey: 'x' }),
    counts,
    deadline,
  });
  const keys = async () =>
    (await Array.fromAsync(caller([listKeys], PLACE, session).pages(listKeys, {}))).flatMap((page) => page.Keys ?? []);
  return { counts, session, keys };
}
const gapOf = async (run: Promise<unknown>) => {
  const error = await run.catch((thrown: unknown) => thrown);
  return error instanceof CallFailed ? error.gap : undefined;
};

it('knows whose account it is, and its regions', async () => {
  const { session } = opened();
  expect(await whoAmI(session, 'eu-west-1')).toMatchObject({ account: '111122223333', partition: 'aws' });
  expect(await enabledRegions(session, '111122223333', 'aws')).toContain('eu-west-1');
});

it('counts every attempt by service, region and operation', async () => {
  const { counts, keys } = opened();
  await keys();
  emulator.setProfile({ faults: [{ service: 'kms', operation: 'ListKeys', kind: 'status', status: 500, times: 2 }] });
  expect((await keys()).length).toBeGreaterThan(0);
  expect(counts.list()).toEqual([
    { service: 'kms', region: 'eu-west-1', operation: 'ListKeys', calls: 4, throttled: 0 },
  ]);
  expect(counts.total()).toBe(4);
});

describe('an answer that cannot be read is a gap, whatever it is', () => {
  it.each(['html', 'garbage', 'truncated', 'status', 'reset'] as const)('%s', async (kind) => {
    emulator.setProfile({ faults: [{ service: 'kms', kind, status: 500 }] });
    expect(await gapOf(opened().keys())).toMatchObject({ reason: 'failed', operation: 'kms:ListKeys' });
  });
  it('denied', async () => {
    emulator.setProfile({ deny: ['kms:ListKeys'] });
    expect(await gapOf(opened().keys())).toEqual({
      reason: 'denied',
      operation: 'kms:ListKeys',
      detail: 'access denied',
    });
  });
  it('denied by the organisation', async () => {
    emulator.setProfile({ blockRegions: ['eu-west-1'] });
    expect(await gapOf(opened().keys())).toMatchObject({ reason: 'blocked' });
  });
  it('an endless list', async () => {
    emulator.setProfile({
      pageSizes: { 'kms:ListKeys': 1 },
      faults: [{ service: 'kms', operation: 'ListKeys', kind: 'repeat-token' }],
    });
    expect(await gapOf(opened().keys())).toMatchObject({ reason: 'failed', detail: 'AWS repeated a page token' });
  });
});

it('throttling loses no answer, and slows only its own service', async () => {
  emulator.setProfile({ throttle: { kms: [5, 50] } });
  const { counts, session, keys } = opened();
  const id = (await keys())[0]!.KeyId!;
  const aws = caller([describeKey], PLACE, session);
  const answers = await Promise.all(Array.from({ length: 40 }, () => aws.call(describeKey, { KeyId: id })));
  expect(answers.every((answer) => answer?.KeyMetadata?.KeyId === id)).toBe(true);
  const { calls, throttled } = counts.list().find(({ operation }) => operation === 'DescribeKey')!;
  expect(throttled).toBeGreaterThan(0);
  expect(calls).toBe(40 + throttled);
});

it('S3 Control is reached although an IP address cannot carry the account id', async () => {
  const { session } = opened();
  const aws = caller([accountBlock], { ...PLACE, region: 'global' }, session);
  await expect(aws.call(accountBlock, { AccountId: PLACE.account })).resolves.toBeDefined();
});

it('a deadline ends calls that hang', async () => {
  emulator.setProfile({ hangRegions: ['eu-west-1'] });
  const deadline = new AbortController();
  const pending = gapOf(opened(deadline.signal).keys());
  await expect
    .poll(() => emulator.stats().requests + emulator.stats().connections, { timeout: 60_000 })
    .toBeGreaterThan(0);
  deadline.abort();
  expect(await pending).toEqual({
    reason: 'not-scanned',
    operation: 'kms:ListKeys',
    detail: 'the time for this run was up',
  });
});

it('a service that cannot be found is asked once, not once per call', async () => {
  const { counts, session } = opened();
  const before = process.env['AWS_ENDPOINT_URL_EC2'];
  process.env['AWS_ENDPOINT_URL_EC2'] = 'http://ec2.nowhere.invalid';
  try {
    const aws = caller([describeVpcs], PLACE, session);
    for (let turn = 0; turn < 3; turn += 1)
      expect(await gapOf(aws.call(describeVpcs, {}))).toMatchObject({ reason: 'failed' });
    expect(counts.total()).toBe(1);
  } finally {
    if (before === undefined) delete process.env['AWS_ENDPOINT_URL_EC2'];
    else process.env['AWS_ENDPOINT_URL_EC2'] = before;
  }
});
