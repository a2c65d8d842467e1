import {
  GetBucketAclCommand,
  GetBucketCorsCommand,
  GetBucketEncryptionCommand,
  GetBucketLifecycleConfigurationCommand,
  GetBucketLoggingCommand,
  GetBucketOwnershipControlsCommand,
  GetBucketPolicyCommand,
  GetBucketPolicyStatusCommand,
  GetBucketTaggingCommand,
  GetBucketVersioningCommand,
  GetObjectLockConfigurationCommand,
  GetPublicAccessBlockCommand,
  type LifecycleRule,
  ListBucketsCommand,
  type ObjectLockConfiguration,
  S3Client,
} from '@aws-sdk/client-s3';
import {
  GetAccessPointCommand,
  GetAccessPointPolicyStatusCommand,
  GetMultiRegionAccessPointPolicyStatusCommand,
  GetPublicAccessBlockCommand as GetAccountPublicAccessBlockCommand,
  ListAccessPointsCommand,
  ListMultiRegionAccessPointsCommand,
  S3ControlClient,
} from '@aws-sdk/client-s3-control';
import { beforeEach, describe, expect, it } from 'vitest';
import { bucket } from '../../../checks/s3/collect.ts';
import { collect } from '../../../lib/aws/collect.ts';
import type { Row } from '../../../lib/core/model.ts';
import { OFF, ON, POLICY } from '../../policy/_bucket-access.ts';
import { awsError, collector } from '../../support/collected.ts';

const { aws, collected } = collector(bucket);
const s3 = () => aws(S3Client);
const control = () => aws(S3ControlClient);
const AccountId = '111122223333';
const SETTINGS = {
  BlockPublicAcls: true,
  IgnorePublicAcls: true,
  BlockPublicPolicy: true,
  RestrictPublicBuckets: true,
};
const NONE_SET = 'NoSuchPublicAccessBlockConfiguration';

/** One bucket with a policy; the account blocks nothing. */
beforeEach(() => {
  s3()
    .on(ListBucketsCommand)
    .resolves({ Buckets: [{ Name: 'b', BucketRegion: 'eu-west-1' }] });
  s3().on(GetBucketPolicyCommand).resolves({ Policy: POLICY.accessPoints });
  control().on(GetAccountPublicAccessBlockCommand).rejects(awsError(NONE_SET));
});

function accountBlocks(settings: Partial<typeof SETTINGS>) {
  const PublicAccessBlockConfiguration = {
    BlockPublicAcls: false,
    IgnorePublicAcls: false,
    BlockPublicPolicy: false,
    RestrictPublicBuckets: false,
    ...settings,
  };
  control().on(GetAccountPublicAccessBlockCommand).resolves({ PublicAccessBlockConfiguration });
}

async function facet(name: string): Promise<object | undefined> {
  return (await collected([name])).rows[0]?.facets[name];
}

/** A versioned bucket with a lock. */
function locks(ObjectLockConfiguration: ObjectLockConfiguration) {
  s3().on(GetBucketVersioningCommand).resolves({ Status: 'Enabled' });
  s3().on(GetObjectLockConfigurationCommand).resolves({ ObjectLockConfiguration });
}
const encryptionRule = (rule: object) => ({ ServerSideEncryptionConfiguration: { Rules: [rule] } }) as never;
const pointStatus = (Name: string) => control().on(GetAccessPointPolicyStatusCommand, { AccountId, Name });
const point = (Name: string, NetworkOrigin: 'Internet' | 'VPC' = 'Internet', Bucket = 'b') => ({
  Name,
  NetworkOrigin,
  Bucket,
});
const report = (Name: string, RestrictPublicBuckets: boolean | undefined, ...buckets: string[]) => ({
  Name,
  PublicAccessBlock: { ...SETTINGS, RestrictPublicBuckets },
  Regions: buckets.map((Bucket) => ({ Bucket, Region: 'eu-west-1' })),
});
const multiRegionStatus = (Name: string) =>
  control().on(GetMultiRegionAccessPointPolicyStatusCommand, { AccountId, Name });
const notAsked = (because: string) => ({ value: { kind: 'not-asked', because } });

it('lists buckets with their regions, a page of the largest size at a time', async () => {
  s3()
    .on(ListBucketsCommand)
    .resolvesOnce({ Buckets: [{ Name: 'b', BucketRegion: 'eu-west-1' }], ContinuationToken: 't' })
    .resolvesOnce({ Buckets: [{ Name: 'c', BucketRegion: 'us-east-1' }] });
  expect(await collected([])).toMatchObject({
    rows: [
      { identity: { id: 'b', arn: 'arn:aws:s3:::b', region: 'eu-west-1' } },
      { identity: { id: 'c', arn: 'arn:aws:s3:::c', region: 'us-east-1' } },
    ],
    cell: { region: 'global', rows: 2 },
  });
  expect(
    s3()
      .commandCalls(ListBucketsCommand)
      .map(({ args }) => args[0].input),
  ).toMatchObject([{ MaxBuckets: 10_000 }, { MaxBuckets: 10_000, ContinuationToken: 't' }]);
});

it('a denied list is a gap, not an account without buckets', async () => {
  s3().on(ListBucketsCommand).rejects(awsError('AccessDenied'));
  expect((await collected([])).cell).toMatchObject({
    rows: 0,
    gap: { reason: 'denied', operation: 's3:ListAllMyBuckets' },
  });
});

it('a bucket without a name is a gap of the list', async () => {
  s3()
    .on(ListBucketsCommand)
    .resolves({ Buckets: [{ BucketRegion: 'eu-west-1' }] });
  expect(await collected([])).toMatchObject({
    rows: [],
    cell: { gap: { detail: expect.stringContaining('no identifier') as string } },
  });
});

it('a bucket deleted since it was listed is left out', async () => {
  s3().on(GetBucketVersioningCommand).rejects(awsError('NoSuchBucket'));
  expect(await collected(['versioning'])).toMatchObject({ rows: [], cell: { rows: 0 } });
});

describe('what one call tells', () => {
  it.each<[string, string, () => unknown, unknown]>([
    ['policy: its text', 'policy', () => {}, POLICY.accessPoints],
    ['policy: none', 'policy', () => s3().on(GetBucketPolicyCommand).rejects(awsError('NoSuchBucketPolicy')), null],
    [
      'ownership',
      'ownership',
      () =>
        s3()
          .on(GetBucketOwnershipControlsCommand)
          .resolves({ OwnershipControls: { Rules: [{ ObjectOwnership: 'ObjectWriter' }] } }),
      'ObjectWriter',
    ],
    [
      'ownership: never set',
      'ownership',
      () => s3().on(GetBucketOwnershipControlsCommand).rejects(awsError('OwnershipControlsNotFoundError')),
      null,
    ],
    [
      'encryption by S3',
      'encryption',
      () =>
        s3()
          .on(GetBucketEncryptionCommand)
          .resolves(encryptionRule({ ApplyServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' } })),
      { algorithm: 'AES256', keyId: null, blockedTypes: null },
    ],
    [
      'encryption by a key',
      'encryption',
      () =>
        s3()
          .on(GetBucketEncryptionCommand)
          .resolves(
            encryptionRule({
              ApplyServerSideEncryptionByDefault: { SSEAlgorithm: 'aws:kms', KMSMasterKeyID: 'k1' },
              BlockedEncryptionTypes: { EncryptionType: ['SSE-C'] },
            }),
          ),
      { algorithm: 'aws:kms', keyId: 'k1', blockedTypes: ['SSE-C'] },
    ],
    [
      'encryption: none',
      'encryption',
      () => s3().on(GetBucketEncryptionCommand).rejects(awsError('ServerSideEncryptionConfigurationNotFoundError')),
      null,
    ],
    [
      'versioning',
      'versioning',
      () => s3().on(GetBucketVersioningCommand).resolves({ Status: 'Enabled', MFADelete: 'Disabled' }),
      { status: 'Enabled', mfaDelete: 'Disabled' },
    ],
    [
      'versioning: never',
      'versioning',
      () => s3().on(GetBucketVersioningCommand).resolves({}),
      { status: null, mfaDelete: null },
    ],
    [
      'logging',
      'logging',
      () =>
        s3()
          .on(GetBucketLoggingCommand)
          .resolves({ LoggingEnabled: { TargetBucket: 'logs', TargetPrefix: '' } }),
      'logs',
    ],
    ['logging: off', 'logging', () => s3().on(GetBucketLoggingCommand).resolves({}), null],
    [
      'tags',
      'tags',
      () =>
        s3()
          .on(GetBucketTaggingCommand)
          .resolves({ TagSet: [{ Key: 'a', Value: 'b' }] }),
      { a: 'b' },
    ],
    ['tags: none', 'tags', () => s3().on(GetBucketTaggingCommand).rejects(awsError('NoSuchTagSet')), {}],
    ...(
      [
        ['of days', { Mode: 'COMPLIANCE', Days: 90 }, { mode: 'COMPLIANCE', days: 90 }],
        ['of years', { Mode: 'GOVERNANCE', Years: 2 }, { mode: 'GOVERNANCE', days: 730 }],
        ['of none', undefined, null],
      ] as const
    ).map(([name, DefaultRetention, retention]): [string, string, () => unknown, unknown] => [
      `a lock with a retention ${name}`,
      'objectLock',
      () => locks({ ObjectLockEnabled: 'Enabled', Rule: { DefaultRetention } }),
      { status: 'Enabled', retention },
    ]),
    [
      'a lock without a rule',
      'objectLock',
      () => locks({ ObjectLockEnabled: 'Enabled' }),
      { status: 'Enabled', retention: null },
    ],
    [
      'a versioned bucket without a lock',
      'objectLock',
      () => {
        s3().on(GetBucketVersioningCommand).resolves({ Status: 'Enabled' });
        s3().on(GetObjectLockConfigurationCommand).rejects(awsError('ObjectLockConfigurationNotFoundError'));
      },
      null,
    ],
    [
      'lifecycle: none',
      'lifecycle',
      () => s3().on(GetBucketLifecycleConfigurationCommand).rejects(awsError('NoSuchLifecycleConfiguration')),
      null,
    ],
    [
      'cors',
      'cors',
      () =>
        s3()
          .on(GetBucketCorsCommand)
          .resolves({
            CORSRules: [
              { AllowedOrigins: ['*'], AllowedMethods: ['GET'], ExposeHeaders: ['ETag'] },
              { AllowedOrigins: ['https://a.example.com'], AllowedMethods: ['PUT'] },
            ],
          }),
      [
        { origins: ['*'], methods: ['GET'], exposedHeaders: ['ETag'] },
        { origins: ['https://a.example.com'], methods: ['PUT'], exposedHeaders: [] },
      ],
    ],
    ['cors: none', 'cors', () => s3().on(GetBucketCorsCommand).rejects(awsError('NoSuchCORSConfiguration')), null],
    [
      'the block of the account',
      'accountPublicAccessBlock',
      () => accountBlocks({ IgnorePublicAcls: true }),
      { ...OFF, ignorePublicAcls: true },
    ],
    ['the block of the account: none', 'accountPublicAccessBlock', () => {}, OFF],
    [
      'the block of the bucket',
      'publicAccessBlock',
      () =>
        s3()
          .on(GetPublicAccessBlockCommand)
          .resolves({ PublicAccessBlockConfiguration: { ...SETTINGS, BlockPublicAcls: false } }),
      { kind: 'known', ...ON, blockPublicAcls: false },
    ],
    [
      'the block of the bucket: none',
      'publicAccessBlock',
      () => s3().on(GetPublicAccessBlockCommand).rejects(awsError(NONE_SET)),
      { kind: 'known', ...OFF },
    ],
    [
      'the status of the policy',
      'policyStatus',
      () =>
        s3()
          .on(GetBucketPolicyStatusCommand)
          .resolves({ PolicyStatus: { IsPublic: true } }),
      { kind: 'known', isPublic: true },
    ],
    [
      'the status of a policy that was deleted meanwhile',
      'policyStatus',
      () => s3().on(GetBucketPolicyStatusCommand).rejects(awsError('NoSuchBucketPolicy')),
      { kind: 'not-asked', because: 'no-bucket-policy' },
    ],
  ])('%s', async (_name, name, given, value) => {
    given();
    expect(await facet(name)).toEqual({ value });
  });

  it.each<[string, string, () => unknown]>([
    ['policy', 'policy', () => s3().on(GetBucketPolicyCommand).resolves({})],
    [
      'ownership',
      'ownership',
      () =>
        s3()
          .on(GetBucketOwnershipControlsCommand)
          .resolves({ OwnershipControls: { Rules: [] } }),
    ],
    ['encryption without a rule', 'algorithm', () => s3().on(GetBucketEncryptionCommand).resolves({})],
    [
      'encryption without an algorithm',
      'algorithm',
      () =>
        s3()
          .on(GetBucketEncryptionCommand)
          .resolves(encryptionRule({ BucketKeyEnabled: true })),
    ],
    [
      'logging',
      'logging',
      () =>
        s3()
          .on(GetBucketLoggingCommand)
          .resolves({ LoggingEnabled: {} as never }),
    ],
    ['tags', 'tags', () => s3().on(GetBucketTaggingCommand).resolves({})],
    ['objectLock', 'status', () => locks({})],
    [
      'objectLock without a period',
      'retention',
      () => locks({ ObjectLockEnabled: 'Enabled', Rule: { DefaultRetention: { Mode: 'COMPLIANCE' } } }),
    ],
    [
      'objectLock without a mode',
      'retention',
      () => locks({ ObjectLockEnabled: 'Enabled', Rule: { DefaultRetention: { Days: 1 } } }),
    ],
    ['lifecycle', 'lifecycle', () => s3().on(GetBucketLifecycleConfigurationCommand).resolves({})],
    [
      'lifecycle of a rule',
      'lifecycle',
      () =>
        s3()
          .on(GetBucketLifecycleConfigurationCommand)
          .resolves({ Rules: [{ Expiration: { Days: 1 }, Status: undefined }] }),
    ],
    ['cors', 'cors', () => s3().on(GetBucketCorsCommand).resolves({})],
    [
      'cors of a rule',
      'cors',
      () =>
        s3()
          .on(GetBucketCorsCommand)
          .resolves({ CORSRules: [{ AllowedOrigins: ['*'], AllowedMethods: undefined }] }),
    ],
    // AWS documents no default for a setting that is left out.
    [
      'accountPublicAccessBlock',
      'blockPublicPolicy',
      () =>
        control()
          .on(GetAccountPublicAccessBlockCommand)
          .resolves({ PublicAccessBlockConfiguration: { ...SETTINGS, BlockPublicPolicy: undefined } }),
    ],
    ['publicAccessBlock', 'blockPublicAcls', () => s3().on(GetPublicAccessBlockCommand).resolves({})],
    ['policyStatus', 'isPublic', () => s3().on(GetBucketPolicyStatusCommand).resolves({ PolicyStatus: {} })],
  ])('an answer without %s is a gap', async (name, part, given) => {
    given();
    expect(await facet(name.split(' ', 1)[0]!)).toMatchObject({ gap: { detail: `the answer lacks ${part}` } });
  });
});

it.each(['Suspended', undefined] as const)('does not ask for the lock where versioning is %s', async (Status) => {
  s3()
    .on(GetBucketVersioningCommand)
    .resolves(Status ? { Status } : {});
  expect(await facet('objectLock')).toEqual({ value: null });
  expect(s3().commandCalls(GetObjectLockConfigurationCommand)).toHaveLength(0);
});

describe('a lifecycle rule', () => {
  const plain = {
    id: null,
    isEnabled: true,
    prefix: '',
    isNarrowed: false,
    days: null,
    date: null,
    noncurrentDays: null,
    newerNoncurrentVersions: null,
  };

  it.each<[string, Partial<LifecycleRule>, object]>([
    ['by id', { ID: 'expire' }, { id: 'expire' }],
    ['disabled', { Status: 'Disabled' }, { isEnabled: false }],
    ['days', { Expiration: { Days: 30 } }, { days: 30 }],
    ['a date', { Expiration: { Date: new Date('2026-02-01T00:00:00Z') } }, { date: '2026-02-01T00:00:00.000Z' }],
    ['delete markers', { Expiration: { ExpiredObjectDeleteMarker: true } }, {}],
    [
      'versions',
      { NoncurrentVersionExpiration: { NoncurrentDays: 7, NewerNoncurrentVersions: 2 } },
      { noncurrentDays: 7, newerNoncurrentVersions: 2 },
    ],
    ['uploads', { AbortIncompleteMultipartUpload: { DaysAfterInitiation: 1 } }, {}],
    ['the prefix of old', { Prefix: 'a/' }, { prefix: 'a/' }],
    ['a prefix', { Filter: { Prefix: 'a/' } }, { prefix: 'a/' }],
    ['a tag', { Filter: { Tag: { Key: 'a', Value: 'b' } } }, { isNarrowed: true }],
    ['a size at least', { Filter: { ObjectSizeGreaterThan: 0 } }, { isNarrowed: true }],
    ['a size at most', { Filter: { ObjectSizeLessThan: 1 } }, { isNarrowed: true }],
    [
      'a prefix and tags',
      { Filter: { And: { Prefix: 'a/', Tags: [{ Key: 'a', Value: 'b' }] } } },
      { prefix: 'a/', isNarrowed: true },
    ],
    ['sizes', { Filter: { And: { ObjectSizeGreaterThan: 0 } } }, { isNarrowed: true }],
    ['sizes at most', { Filter: { And: { ObjectSizeLessThan: 1 } } }, { isNarrowed: true }],
  ])('%s', async (_name, rule, expected) => {
    s3()
      .on(GetBucketLifecycleConfigurationCommand)
      .resolves({ Rules: [{ Status: 'Enabled', ...rule }] });
    expect(await facet('lifecycle')).toEqual({ value: [{ ...plain, ...expected }] });
  });
});

describe('the ACL', () => {
  const URI = 'http://acs.amazonaws.com/groups/global/AllUsers';

  it('is read where ACLs are enabled', async () => {
    s3().on(GetBucketOwnershipControlsCommand).rejects(awsError('OwnershipControlsNotFoundError'));
    s3()
      .on(GetBucketAclCommand)
      .resolves({
        Grants: [
          { Grantee: { Type: 'Group', URI }, Permission: 'READ' },
          { Grantee: { Type: 'CanonicalUser', ID: 'id' }, Permission: 'FULL_CONTROL' },
          { Grantee: { Type: 'AmazonCustomerByEmail', EmailAddress: 'a@x.example' }, Permission: 'READ' },
        ],
      });
    expect(await facet('acl')).toEqual({
      value: {
        kind: 'known',
        grants: [
          { grantee: URI, permission: 'READ' },
          { grantee: 'id', permission: 'FULL_CONTROL' },
          { grantee: null, permission: 'READ' },
        ],
      },
    });
  });

  it.each([{}, { Grantee: { Type: 'Group' }, Permission: 'READ' }, { Grantee: { Type: 'Group', URI } }])(
    'is a gap where it does not tell who is granted what: %j',
    async (grant) => {
      s3().on(GetBucketOwnershipControlsCommand).rejects(awsError('OwnershipControlsNotFoundError'));
      s3()
        .on(GetBucketAclCommand)
        .resolves({ Grants: [grant as never] });
      expect(await facet('acl')).toMatchObject({ gap: { detail: 'the answer lacks grants' } });
    },
  );

  it('is not asked where ACLs are disabled', async () => {
    s3()
      .on(GetBucketOwnershipControlsCommand)
      .resolves({ OwnershipControls: { Rules: [{ ObjectOwnership: 'BucketOwnerEnforced' }] } });
    expect(await facet('acl')).toEqual({ value: { kind: 'not-asked', because: 'acls-disabled' } });
    expect(s3().commandCalls(GetBucketAclCommand)).toHaveLength(0);
  });

  it('is not asked where the account ignores public ones, nor is the ownership', async () => {
    accountBlocks({ IgnorePublicAcls: true });
    expect(await facet('acl')).toEqual({ value: { kind: 'not-asked', because: 'account-block' } });
    expect(s3().commandCalls(GetBucketOwnershipControlsCommand)).toHaveLength(0);
  });

  it('is a gap without its grants', async () => {
    s3()
      .on(GetBucketOwnershipControlsCommand)
      .resolves({ OwnershipControls: { Rules: [{ ObjectOwnership: 'ObjectWriter' }] } });
    s3().on(GetBucketAclCommand).resolves({});
    expect(await facet('acl')).toMatchObject({ gap: { detail: 'the answer lacks grants' } });
  });
});

describe('access points', () => {
  it('reads those of the bucket that are open to the internet, and the block of those with a public policy', async () => {
    control()
      .on(ListAccessPointsCommand)
      .resolvesOnce({
        AccessPointList: [point('public'), point('inside', 'VPC'), point('other', 'Internet', 'c')],
        NextToken: 't',
      })
      .resolvesOnce({ AccessPointList: [point('private'), point('plain'), point('gone')] });
    pointStatus('public').resolves({ PolicyStatus: { IsPublic: true } });
    control()
      .on(GetAccessPointCommand, { AccountId, Name: 'public' })
      .resolves({ PublicAccessBlockConfiguration: { ...SETTINGS, RestrictPublicBuckets: false } });
    pointStatus('private').resolves({ PolicyStatus: { IsPublic: false } });
    pointStatus('plain').rejects(awsError('NoSuchAccessPointPolicy'));
    pointStatus('gone').resolves({ PolicyStatus: { IsPublic: true } });
    control().on(GetAccessPointCommand, { AccountId, Name: 'gone' }).rejects(awsError('NoSuchAccessPoint'));
    expect(await facet('accessPoints')).toEqual({
      value: {
        kind: 'known',
        points: [
          { name: 'public', isPublic: true, restrictPublicBuckets: false },
          { name: 'private', isPublic: false, restrictPublicBuckets: null },
          { name: 'plain', isPublic: false, restrictPublicBuckets: null },
        ],
      },
    });
    expect(
      control()
        .commandCalls(ListAccessPointsCommand)
        .map(({ args }) => args[0].input),
    ).toMatchObject([
      { AccountId, MaxResults: 1000 },
      { AccountId, MaxResults: 1000, NextToken: 't' },
    ]);
    expect(control().commandCalls(GetAccessPointCommand)).toHaveLength(2);
  });

  it.each<[string, () => unknown]>([
    ['no list', () => control().on(ListAccessPointsCommand).rejects(awsError('AccessDenied'))],
    [
      'no origin',
      () =>
        control()
          .on(ListAccessPointsCommand)
          .resolves({ AccessPointList: [{ ...point('p'), NetworkOrigin: undefined }] }),
    ],
    [
      'no bucket',
      () =>
        control()
          .on(ListAccessPointsCommand)
          .resolves({ AccessPointList: [{ ...point('p'), Bucket: undefined }] }),
    ],
    [
      'no name',
      () =>
        control()
          .on(ListAccessPointsCommand)
          .resolves({ AccessPointList: [{ ...point('p'), Name: undefined }] }),
    ],
    [
      'no status',
      () => (
        control()
          .on(ListAccessPointsCommand)
          .resolves({ AccessPointList: [point('p')] }),
        pointStatus('p').rejects(awsError('AccessDenied'))
      ),
    ],
    [
      'an empty status',
      () => (
        control()
          .on(ListAccessPointsCommand)
          .resolves({ AccessPointList: [point('p')] }),
        pointStatus('p').resolves({}),
        control().on(GetAccessPointCommand).resolves({ PublicAccessBlockConfiguration: SETTINGS })
      ),
    ],
    [
      'no block',
      () => (
        control()
          .on(ListAccessPointsCommand)
          .resolves({ AccessPointList: [point('p')] }),
        pointStatus('p').resolves({ PolicyStatus: { IsPublic: true } }),
        control().on(GetAccessPointCommand).resolves({})
      ),
    ],
    [
      'no region of the bucket',
      () =>
        s3()
          .on(ListBucketsCommand)
          .resolves({ Buckets: [{ Name: 'b' }] }),
    ],
  ])('%s is a gap', async (_name, given) => {
    given();
    expect(await facet('accessPoints')).toHaveProperty('gap');
  });

  it('a list without access points is none', async () => {
    control().on(ListAccessPointsCommand).resolves({});
    expect(await facet('accessPoints')).toEqual({ value: { kind: 'known', points: [] } });
  });
});

describe('multi-Region access points', () => {
  it('reads those of the bucket, and the policy of those that restrict nothing', async () => {
    control()
      .on(ListMultiRegionAccessPointsCommand)
      .resolves({
        AccessPoints: [
          report('shut', true, 'b'),
          report('open', false, 'x', 'b'),
          report('gone', false, 'b'),
          report('other', false, 'c'),
        ],
      });
    multiRegionStatus('open').resolves({ Established: { IsPublic: true } });
    multiRegionStatus('gone').rejects(awsError('NoSuchMultiRegionAccessPoint'));
    expect(await facet('multiRegionAccessPoints')).toEqual({
      value: {
        kind: 'known',
        points: [
          { name: 'shut', isPublic: null, restrictPublicBuckets: true },
          { name: 'open', isPublic: true, restrictPublicBuckets: false },
        ],
      },
    });
    expect(control().commandCalls(GetMultiRegionAccessPointPolicyStatusCommand)).toHaveLength(2);
  });

  it.each<[string, () => unknown]>([
    ['no list', () => control().on(ListMultiRegionAccessPointsCommand).rejects(awsError('AccessDenied'))],
    [
      'no name',
      () =>
        control()
          .on(ListMultiRegionAccessPointsCommand)
          .resolves({ AccessPoints: [{ ...report('p', true, 'b'), Name: undefined }] }),
    ],
    [
      'no buckets',
      () =>
        control()
          .on(ListMultiRegionAccessPointsCommand)
          .resolves({ AccessPoints: [{ ...report('p', true, 'b'), Regions: undefined }] }),
    ],
    [
      'no block',
      () => (
        control()
          .on(ListMultiRegionAccessPointsCommand)
          .resolves({ AccessPoints: [{ ...report('p', true, 'b'), PublicAccessBlock: undefined }] }),
        multiRegionStatus('p').resolves({ Established: { IsPublic: true } })
      ),
    ],
    [
      'no status',
      () => (
        control()
          .on(ListMultiRegionAccessPointsCommand)
          .resolves({ AccessPoints: [report('p', false, 'b')] }),
        multiRegionStatus('p').resolves({})
      ),
    ],
  ])('%s is a gap', async (_name, given) => {
    given();
    expect(await facet('multiRegionAccessPoints')).toHaveProperty('gap');
  });

  it('a list without access points is none', async () => {
    control().on(ListMultiRegionAccessPointsCommand).resolves({});
    expect(await facet('multiRegionAccessPoints')).toEqual({ value: { kind: 'known', points: [] } });
  });
});

describe('the economy of calls', () => {
  const ACCESS = [
    'accountPublicAccessBlock',
    'publicAccessBlock',
    'policyStatus',
    'acl',
    'accessPoints',
    'multiRegionAccessPoints',
  ];

  it('asks the account alone when it blocks all', async () => {
    accountBlocks(SETTINGS);
    s3()
      .on(ListBucketsCommand)
      .resolves({ Buckets: ['b', 'c'].map((Name) => ({ Name, BucketRegion: 'eu-west-1' })) });
    const { rows } = await collected(ACCESS);
    for (const { facets } of rows) {
      const { accountPublicAccessBlock, ...others } = facets;
      expect(accountPublicAccessBlock).toEqual({ value: ON });
      for (const reading of Object.values(others)) expect(reading).toEqual(notAsked('account-block'));
    }
    expect(s3().calls()).toHaveLength(1);
    expect(control().calls()).toHaveLength(1);
  });

  it('asks for the block of the bucket when the account leaves out one setting', async () => {
    accountBlocks({ ...SETTINGS, BlockPublicAcls: false });
    s3().on(GetPublicAccessBlockCommand).rejects(awsError(NONE_SET));
    expect(await facet('publicAccessBlock')).toEqual({ value: { kind: 'known', ...OFF } });
  });

  it('asks neither for the status of a policy nor for access points where there is no policy', async () => {
    s3().on(GetBucketPolicyCommand).rejects(awsError('NoSuchBucketPolicy'));
    const { rows } = await collected(['policyStatus', 'accessPoints', 'multiRegionAccessPoints', 'policy']);
    expect(rows[0]!.facets).toEqual({
      policy: { value: null },
      policyStatus: notAsked('no-bucket-policy'),
      accessPoints: notAsked('no-bucket-policy'),
      multiRegionAccessPoints: notAsked('no-bucket-policy'),
    });
    expect(s3().commandCalls(GetBucketPolicyCommand)).toHaveLength(1);
    expect(control().commandCalls(ListAccessPointsCommand)).toHaveLength(0);
    expect(control().commandCalls(ListMultiRegionAccessPointsCommand)).toHaveLength(0);
  });

  it('a denied account block is a gap of its own, and costs no other answer', async () => {
    control().on(GetAccountPublicAccessBlockCommand).rejects(awsError('AccessDenied'));
    control().on(ListAccessPointsCommand).resolves({});
    control().on(ListMultiRegionAccessPointsCommand).resolves({});
    s3().on(GetPublicAccessBlockCommand).rejects(awsError(NONE_SET));
    s3()
      .on(GetBucketPolicyStatusCommand)
      .resolves({ PolicyStatus: { IsPublic: false } });
    s3().on(GetBucketOwnershipControlsCommand).rejects(awsError('OwnershipControlsNotFoundError'));
    s3().on(GetBucketAclCommand).resolves({ Grants: [] });
    const { accountPublicAccessBlock, ...others } = (await collected(ACCESS)).rows[0]!.facets;
    expect(accountPublicAccessBlock).toMatchObject({
      gap: { reason: 'denied', operation: 's3:GetAccountPublicAccessBlock' },
    });
    for (const reading of Object.values(others)) expect(reading).toMatchObject({ value: { kind: 'known' } });
  });

  it('lists access points once in each region with buckets, multi-Region ones once in us-west-2', async () => {
    const buckets = [
      { Name: 'a', BucketRegion: 'eu-west-1' },
      { Name: 'b', BucketRegion: 'eu-west-1' },
      { Name: 'c', BucketRegion: 'sa-east-1' },
    ];
    expect(await regionsOf('aws', { Buckets: buckets })).toEqual({
      ListBucketsCommand: ['global'],
      GetBucketPolicyCommand: ['eu-west-1', 'eu-west-1', 'sa-east-1'],
      GetPublicAccessBlockCommand: ['global'],
      ListAccessPointsCommand: ['eu-west-1', 'sa-east-1'],
      ListMultiRegionAccessPointsCommand: ['us-west-2'],
    });
  });

  it('other partitions have no multi-Region access points', async () => {
    expect(await regionsOf('aws-cn', { Buckets: [{ Name: 'a', BucketRegion: 'cn-north-1' }] })).toEqual({
      ListBucketsCommand: ['global'],
      GetBucketPolicyCommand: ['cn-north-1'],
      GetPublicAccessBlockCommand: ['global'],
      ListAccessPointsCommand: ['cn-north-1'],
    });
  });
});

/** Collects access points with clients that note in which region each command is sent. */
async function regionsOf(partition: string, listed: object): Promise<Record<string, string[]>> {
  const sent: Record<string, string[]> = {};
  const answers: Record<string, object> = {
    ListBucketsCommand: listed,
    GetBucketPolicyCommand: { Policy: POLICY.accessPoints },
    GetPublicAccessBlockCommand: { PublicAccessBlockConfiguration: {} },
    ListAccessPointsCommand: { AccessPointList: [] },
    ListMultiRegionAccessPointsCommand: { AccessPoints: [] },
  };
  const clients = (operation: { client: new (config: object) => object }, { region }: { region: string }) => {
    const client = new operation.client({ region: 'eu-west-1' });
    const send = (command: object) => {
      (sent[command.constructor.name] ??= []).push(region);
      return Promise.resolve(answers[command.constructor.name]);
    };
    return Object.assign(client, { send });
  };
  const session = { clients: clients as never, sources: new Map() };
  const rows: Row[] = [];
  for await (const item of collect(
    bucket,
    ['accessPoints', 'multiRegionAccessPoints'],
    { account: AccountId, region: 'global', partition },
    session,
    () => new Date(0),
  )) {
    if ('row' in item) rows.push(item.row);
  }
  for (const { facets } of rows) {
    for (const reading of Object.values(facets)) expect(reading).toEqual({ value: { kind: 'known', points: [] } });
  }
  return Object.fromEntries(Object.entries(sent).map(([command, regions]) => [command, regions.toSorted()]));
}
