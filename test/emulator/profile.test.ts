import { isClockSkewError, isThrottlingError } from '@smithy/core/retry';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import { beforeEach, describe, expect, it } from 'vitest';
import { ACCOUNT, kit, SANDBOX } from './_kit.ts';
import { latencyOf, type Fault } from './profile.ts';

let time = 0;
const { call, failure, emulator } = await kit({ clock: () => time });
beforeEach(() => {
  emulator.setProfile({});
  emulator.resetStats();
});
const bucket = { Bucket: 'harbour-orders-exports' };

/** One operation of each protocol. */
const CALLS = [
  ['iam', 'ListUsers', {}],
  ['sns', 'GetTopicAttributes', { TopicArn: `arn:aws:sns:eu-west-1:${ACCOUNT}:ronda` }],
  ['ec2', 'DescribeVpcs', {}],
  ['s3', 'GetBucketEncryption', bucket],
  ['s3control', 'ListAccessPoints', { AccountId: ACCOUNT }],
  ['cloudtrail', 'ListTrails', {}],
] as const;
const DENIED = {
  iam: ['AccessDenied', 403],
  sns: ['AuthorizationErrorException', 403],
  ec2: ['UnauthorizedOperation', 403],
  s3: ['AccessDenied', 403],
  s3control: ['AccessDenied', 403],
  cloudtrail: ['AccessDeniedException', 400],
};
const THROTTLED = {
  iam: ['Throttling', 400],
  sns: ['Throttling', 400],
  ec2: ['RequestLimitExceeded', 503],
  s3: ['SlowDown', 503],
  s3control: ['SlowDown', 503],
  cloudtrail: ['ThrottlingException', 400],
};
const ACTIONS = {
  iam: 'iam:ListUsers',
  sns: 'sns:GetTopicAttributes',
  ec2: 'ec2:DescribeVpcs',
  s3: 's3:GetEncryptionConfiguration',
  s3control: 's3:ListAccessPoints',
  cloudtrail: 'cloudtrail:ListTrails',
};

describe.each(CALLS)('%s:%s', (service, operation, input) => {
  it.each([
    ['its IAM action', { deny: [ACTIONS[service]] }, /with an explicit deny in an identity-based policy$/],
    ['its name', { deny: [`${service}:${operation}`] }, /explicit deny/],
    ['a wildcard', { deny: [`${ACTIONS[service].slice(0, -4)}*`] }, /explicit deny/],
    ['silence', { allowOnly: ['x:Y'] }, /because no identity-based policy allows the .* action$/],
  ])('is denied by %s', async (_how, profile, words) => {
    emulator.setProfile(profile);
    const error = await failure(service, operation, input);
    expect([error.name, error.$metadata.httpStatusCode]).toEqual(DENIED[service]);
    expect(error.message).toMatch(words);
    expect(error.message).toContain(
      `assumed-role/security-audit/night is not authorized to perform: ${ACTIONS[service]} on resource: `,
    );
  });
  it('is allowed by name', async () => {
    emulator.setProfile({ allowOnly: [ACTIONS[service]] });
    expect(await call(service, operation, input)).toBeDefined();
  });
  it('is throttled in a way that the SDK understands', async () => {
    emulator.setProfile({ throttle: { [service]: [1, 0] } });
    await call(service, operation, input);
    const error = await failure(service, operation, input);
    expect([error.name, error.$metadata.httpStatusCode]).toEqual(THROTTLED[service]);
    expect(isThrottlingError(error)).toBe(true);
    expect(emulator.stats().throttled).toBe(1);
  });
});

it('nobody can be denied to ask who they are', async () => {
  emulator.setProfile({ allowOnly: ['x:Y'], blockRegions: ['eu-west-1'] });
  expect(await call('sts', 'GetCallerIdentity')).toMatchObject({ Account: ACCOUNT });
});

describe('Regions', () => {
  it('that a service control policy denies', async () => {
    emulator.setProfile({ blockRegions: ['ap-south-1', 'us-east-1'] });
    const error = await failure('ec2', 'DescribeVpcs', {}, { region: 'ap-south-1' });
    expect([error.name, error.message]).toEqual([
      'UnauthorizedOperation',
      expect.stringMatching(/with an explicit deny in a service control policy$/),
    ]);
    expect(await call('ec2', 'DescribeVpcs')).toBeDefined();
  });
  it.each([
    ['iam', 'ListUsers', {}],
    ['ec2', 'DescribeRegions', {}],
    ['s3', 'ListBuckets', {}],
    ['s3control', 'GetPublicAccessBlock', { AccountId: SANDBOX }],
  ])('whose denial leaves %s:%s alone', async (service, operation, input) => {
    emulator.setProfile({ blockRegions: ['us-east-1'] });
    const where = { region: 'us-east-1', accessKeyId: `AKIA${SANDBOX}` };
    expect(await call(service, operation, input, where)).toBeDefined();
  });
  it.each([
    ['ec2', 'DescribeVpcs', 'AuthFailure', 401],
    ['rds', 'DescribeDBInstances', 'InvalidClientTokenId', 403],
    ['kms', 'ListKeys', 'UnrecognizedClientException', 400],
  ])('that are not enabled refuse %s:%s with %s', async (service, operation, name, status) => {
    const error = await failure(service, operation, {}, { region: 'me-south-1' });
    expect([error.name, error.$metadata.httpStatusCode]).toEqual([name, status]);
  });
  it('that hang never answer', async () => {
    emulator.setProfile({ hangRegions: ['eu-west-2'] });
    const config = { requestHandler: new NodeHttpHandler({ requestTimeout: 50, throwOnRequestTimeout: true }) };
    expect((await failure('ec2', 'DescribeVpcs', {}, { region: 'eu-west-2', config })).name).toBe('TimeoutError');
  });
});

/** How many of 60 calls at once are answered. */
async function acceptedOf60(input: object): Promise<number> {
  const calls = Array.from({ length: 60 }, () => call('ec2', 'DescribeInstances', input));
  return (await Promise.allSettled(calls)).filter(({ status }) => status === 'fulfilled').length;
}

describe('token buckets', () => {
  it('are half as deep for EC2 without pagination, and fill up again', async () => {
    emulator.setProfile({ throttle: 'aws' });
    expect(await acceptedOf60({})).toBe(50);
    expect(await acceptedOf60({ MaxResults: 1000 })).toBe(60);
    time += 1000;
    expect(await acceptedOf60({})).toBe(10);
  });
  it('are per operation and Region', async () => {
    emulator.setProfile({ throttle: { '*': [1, 0] } });
    await call('ec2', 'DescribeVpcs');
    await call('ec2', 'DescribeSubnets');
    await call('ec2', 'DescribeVpcs', {}, { region: 'us-east-1' });
    await call('ec2', 'DescribeVpcs', {}, { accessKeyId: 'AKIA444455556666' });
    expect((await failure('ec2', 'DescribeVpcs')).name).toBe('RequestLimitExceeded');
  });
  it('leave the rest alone', async () => {
    emulator.setProfile({ throttle: { 'ec2:DescribeVpcs': [0, 0] } });
    expect(await call('ec2', 'DescribeSubnets')).toBeDefined();
    expect((await failure('ec2', 'DescribeVpcs')).name).toBe('RequestLimitExceeded');
  });
});

function strike(fault: Partial<Fault>): void {
  emulator.setProfile({ faults: [{ service: 'ec2', operation: 'DescribeVpcs', kind: 'status', ...fault }] });
}

describe.each(CALLS)('a clock that is ahead refuses %s:%s', (service, operation, input) => {
  it('what was signed too long ago, in a way that the SDK understands', async () => {
    emulator.setProfile({ clockAhead: 20 * 60_000 });
    expect(isClockSkewError(await failure(service, operation, input))).toBe(true);
    // The client has learnt what time it is.
    expect(await call(service, operation, input)).toBeDefined();
  });
});

describe('faults', () => {
  it.each([
    ['status', 500, /InternalError/],
    ['html', 502, /./],
    ['garbage', 200, /./],
    ['truncated', 200, /./],
  ] as const)('%s', async (kind, status, name) => {
    strike({ kind });
    const error = await failure('ec2', 'DescribeVpcs');
    expect(String(error)).toMatch(name);
    expect(emulator.requests.map((one) => one.status)).toEqual([status]);
  });
  it('an error of whatever name', async () => {
    strike({ status: 403, code: 'ExpiredToken' });
    expect((await failure('ec2', 'DescribeVpcs')).name).toBe('ExpiredToken');
  });
  it('too many requests', async () => {
    strike({ kind: 'throttle' });
    expect((await failure('ec2', 'DescribeVpcs')).name).toBe('RequestLimitExceeded');
    expect(emulator.stats().throttled).toBe(1);
  });
  it('a next page without its token', async () => {
    const pageSizes = { 'ec2:DescribeVpcs': 1, 'iam:ListUsers': 1, 'kms:ListKeys': 1 };
    emulator.setProfile({ pageSizes, faults: [{ service: '*', kind: 'lost-token' }] });
    expect(Object.keys(await call('ec2', 'DescribeVpcs'))).toEqual(['Vpcs']);
    expect(await call('iam', 'ListUsers')).toEqual({ Users: [expect.anything()], IsTruncated: true });
    expect(await call('kms', 'ListKeys')).toEqual({ Keys: [expect.anything()], Truncated: true });
  });
  it('an empty body is no list', async () => {
    strike({ kind: 'empty' });
    expect(await call('ec2', 'DescribeVpcs')).toEqual({});
  });
  it('a broken connection', async () => {
    strike({ kind: 'reset' });
    expect((await failure('ec2', 'DescribeVpcs')).code).toBe('ECONNRESET');
  });
  it('strike where they should, and so many times', async () => {
    strike({ region: 'eu-west-1', times: 1 });
    expect(await call('ec2', 'DescribeVpcs', {}, { region: 'us-east-1' })).toBeDefined();
    expect(await call('ec2', 'DescribeSubnets')).toBeDefined();
    expect((await failure('ec2', 'DescribeVpcs')).$metadata.httpStatusCode).toBe(500);
    expect(await call('ec2', 'DescribeVpcs')).toHaveProperty('Vpcs');
  });
  it.each([
    ['s3', 'GetBucketPolicy', bucket, 'NoSuchBucket'],
    [
      'ec2',
      'DescribeInstanceAttribute',
      { InstanceId: 'harbour-orders-exports', Attribute: 'userData' },
      'InvalidInstanceID.NotFound',
    ],
    [
      'rds',
      'DescribeDBSnapshotAttributes',
      { DBSnapshotIdentifier: 'harbour-orders-exports' },
      'DBSnapshotNotFoundFault',
    ],
    ['kms', 'DescribeKey', { KeyId: 'harbour-orders-exports' }, 'NotFoundException'],
    ['iam', 'GetLoginProfile', { UserName: 'harbour-orders-exports' }, 'NoSuchEntityException'],
    ['cloudtrail', 'GetTrailStatus', { Name: 'harbour-orders-exports' }, 'TrailNotFoundException'],
  ])('%s:%s: gone between the list and the get', async (service, operation, input, name) => {
    emulator.setProfile({ faults: [{ service, operation, kind: 'gone', resource: 'harbour-orders-exports' }] });
    expect((await failure(service, operation, input)).name).toBe(name);
  });
  it('spare the first requests, or strike every service', async () => {
    emulator.setProfile({ faults: [{ service: '*', kind: 'status', after: 1 }] });
    expect(await call('ec2', 'DescribeVpcs')).toBeDefined();
    expect((await failure('iam', 'ListUsers')).$metadata.httpStatusCode).toBe(500);
  });
  it('strike one resource', async () => {
    emulator.setProfile({
      faults: [{ service: 's3', operation: 'GetBucketPolicy', kind: 'gone', resource: bucket.Bucket }],
    });
    expect((await failure('s3', 'GetBucketPolicy', bucket)).name).toBe('NoSuchBucket');
    expect(await call('s3', 'GetBucketPolicy', { Bucket: 'harbour-hr-records' })).toHaveProperty('Policy');
  });
  it('leave nothing behind', async () => {
    strike({ kind: 'garbage' });
    await failure('ec2', 'DescribeVpcs');
    emulator.setProfile({});
    expect(await call('ec2', 'DescribeVpcs')).toHaveProperty('Vpcs');
  });
});

describe('latency', () => {
  it.each([
    [{}, 'eu-west-1', 0],
    [{ latency: 20 }, 'eu-west-1', 20],
    [{ latency: 'world' }, 'us-east-1', 2],
    [{ latency: 'world' }, 'us-west-2', 65],
    [{ latency: 'world' }, 'eu-west-1', 80],
    [{ latency: 'world', home: 'eu-west-1' }, 'eu-west-1', 2],
    [{ latency: 'world' }, 'ap-southeast-2', 220],
    [{ latency: { '*': 5, eu: 7, 'eu-west-1': 9 } }, 'eu-west-1', 9],
    [{ latency: { '*': 5, eu: 7 } }, 'eu-north-1', 7],
    [{ latency: { '*': 5, eu: 7 } }, 'sa-east-1', 5],
    [{ latency: { eu: 7 } }, 'sa-east-1', 0],
  ] as const)('%j: %s is %i ms away', (profile, region, expected) => {
    expect(latencyOf(profile, region)).toBe(expected);
  });
  it('delays answers', async () => {
    emulator.setProfile({ latency: 1 });
    expect(await call('ec2', 'DescribeVpcs')).toHaveProperty('Vpcs');
  });
});

describe('what is counted', () => {
  it('calls, connections and requests in flight', async () => {
    await Promise.all(Array.from({ length: 5 }, () => call('ec2', 'DescribeVpcs', {}, { region: 'sa-east-1' })));
    await call('s3', 'GetBucketPolicy', bucket);
    const { calls, requests, connections, maxInFlight } = emulator.stats();
    expect(calls).toEqual({ 'ec2:DescribeVpcs': 5, 's3:GetBucketPolicy': 1 });
    expect(requests).toBe(6);
    expect(connections).toBeGreaterThanOrEqual(1);
    expect(maxInFlight).toBeGreaterThanOrEqual(1);
    expect(emulator.requests[5]).toMatchObject({
      service: 's3',
      region: 'eu-west-1',
      operation: 'GetBucketPolicy',
      account: ACCOUNT,
      status: 200,
    });
  });
});

it('a request without a signature is refused', async () => {
  const answer = await fetch(emulator.endpoint, { method: 'POST', body: 'Action=ListUsers' });
  expect([answer.status, await answer.text()]).toEqual([403, expect.stringContaining('MissingAuthenticationToken')]);
});
