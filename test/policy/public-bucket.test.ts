import { assert, boolean, constantFrom, oneof, property, record, subarray } from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Gap } from '../../lib/core/model.ts';
import { attempt, Unknown } from '../../lib/core/view.ts';
import {
  blockedWays,
  BLOCK_SETTINGS,
  BUCKET_ACCESS,
  type BucketAccess,
  bucketPolicy,
  isInForce,
  publicAccessEvidence,
  publicWays,
  publicWriteWays,
} from '../../lib/policy/public-bucket.ts';
import {
  DELEGATING,
  OFF,
  ON,
  OPEN_ACCESS_POINT,
  OPEN_ACL,
  OPEN_MULTI_REGION,
  OPEN_POLICY,
  POLICY,
  PRIVATE,
  SHUT_BY_ACCOUNT,
} from './_bucket-access.ts';

const GAP: Gap = { reason: 'denied', operation: 'test:Denied', detail: 'access denied' };
const known = { kind: 'known' } as const;
const bucketBlock = (on: object) => ({ publicAccessBlock: { ...known, ...OFF, ...on } });
const accountBlock = (on: object) => ({ accountPublicAccessBlock: { ...OFF, ...on } });
const grants = (...grantees: (string | null)[]) => ({
  acl: { ...known, grants: grantees.map((grantee) => ({ grantee, permission: 'READ' })) },
});

/** The bucket with some facets that could not be read. */
function without(bucket: BucketAccess, ...names: readonly (keyof BucketAccess)[]): BucketAccess {
  const view = { ...bucket };
  for (const name of names) {
    Object.defineProperty(view, name, {
      get() {
        throw new Unknown(GAP);
      },
    });
  }
  return view;
}

describe('publicWays', () => {
  it.each<[string, BucketAccess, readonly string[]]>([
    ['nothing opens it', PRIVATE, []],
    ['the account shuts all', SHUT_BY_ACCOUNT, []],
    ['a public policy', OPEN_POLICY, ['bucket policy']],
    [
      'a Deny does not change what S3 calls public',
      { ...OPEN_POLICY, policy: POLICY.everyoneButPlainHttp },
      ['bucket policy'],
    ],
    ['a policy that S3 calls private', { ...OPEN_POLICY, policyStatus: { ...known, isPublic: false } }, []],
    ['S3 knows better than the text', { ...OPEN_POLICY, policy: POLICY.ownAccount }, ['bucket policy']],
    [
      'a public policy, restricted at the bucket',
      { ...OPEN_POLICY, ...bucketBlock({ restrictPublicBuckets: true }) },
      [],
    ],
    [
      'a public policy, restricted at the account',
      { ...OPEN_POLICY, ...accountBlock({ restrictPublicBuckets: true }) },
      [],
    ],
    [
      'settings that stop new policies, or concern ACLs, do not shut a policy',
      {
        ...OPEN_POLICY,
        ...bucketBlock({ ...ON, restrictPublicBuckets: false }),
        ...accountBlock({ ...ON, restrictPublicBuckets: false }),
      },
      ['bucket policy'],
    ],
    ['an ACL for all users', OPEN_ACL, ['ACL']],
    [
      'an ACL for all AWS accounts',
      { ...PRIVATE, ...grants('http://acs.amazonaws.com/groups/global/AuthenticatedUsers') },
      ['ACL'],
    ],
    [
      'an ACL for one account, for S3 log delivery, and for nobody that is named',
      { ...PRIVATE, ...grants('79a59df900b949e55d96a1e698fb', 'http://acs.amazonaws.com/groups/s3/LogDelivery', null) },
      [],
    ],
    ['an ACL for all, ignored at the bucket', { ...OPEN_ACL, ...bucketBlock({ ignorePublicAcls: true }) }, []],
    ['an ACL for all, ignored at the account', { ...OPEN_ACL, ...accountBlock({ ignorePublicAcls: true }) }, []],
    [
      'settings that stop new ACLs, or concern policies, do not shut an ACL',
      {
        ...OPEN_ACL,
        ...bucketBlock({ ...ON, ignorePublicAcls: false }),
        ...accountBlock({ ...ON, ignorePublicAcls: false }),
      },
      ['ACL'],
    ],
    ['an access point with a public policy', OPEN_ACCESS_POINT, ['access point']],
    ['a multi-Region access point with a public policy', OPEN_MULTI_REGION, ['multi-Region access point']],
    [
      'an access point, restricted at the bucket',
      { ...OPEN_ACCESS_POINT, ...bucketBlock({ restrictPublicBuckets: true }) },
      [],
    ],
    [
      'a multi-Region one, restricted at the account',
      { ...OPEN_MULTI_REGION, ...accountBlock({ restrictPublicBuckets: true }) },
      [],
    ],
    [
      'an access point that restricts by itself',
      {
        ...DELEGATING,
        accessPoints: { ...known, points: [{ name: 'p', isPublic: true, restrictPublicBuckets: true }] },
      },
      [],
    ],
    [
      'an access point with a private policy',
      {
        ...DELEGATING,
        accessPoints: { ...known, points: [{ name: 'p', isPublic: false, restrictPublicBuckets: null }] },
      },
      [],
    ],
    [
      'a multi-Region one whose policy was not asked for, as it restricts by itself',
      {
        ...DELEGATING,
        multiRegionAccessPoints: { ...known, points: [{ name: 'p', isPublic: null, restrictPublicBuckets: true }] },
      },
      [],
    ],
    [
      // Catalogue: an open multi-Region access point is enough. S3 asks the bucket's policy as well (Multi-Region Access Points: Permissions).
      'open access points to a bucket whose policy lets the own account in alone',
      {
        ...OPEN_ACCESS_POINT,
        multiRegionAccessPoints: OPEN_MULTI_REGION.multiRegionAccessPoints,
        policy: POLICY.ownAccount,
      },
      [],
    ],
    [
      'open access points to a bucket with a public policy',
      { ...OPEN_ACCESS_POINT, policy: POLICY.everyone, policyStatus: { ...known, isPublic: true } },
      ['bucket policy', 'access point'],
    ],
    ['several ways', { ...OPEN_POLICY, acl: OPEN_ACL.acl }, ['bucket policy', 'ACL']],
  ])('%s', (_name, bucket, ways) => {
    expect(publicWays(bucket)).toEqual(ways);
  });

  it.each<[string, BucketAccess, readonly string[]]>([
    ['the policy, when its status is denied', without(OPEN_POLICY, 'policyStatus'), ['bucket policy']],
    [
      'a policy that is not public, when its status is denied',
      without({ ...OPEN_POLICY, policy: POLICY.ownAccount }, 'policyStatus'),
      [],
    ],
    ['no policy, when its status is denied', without(PRIVATE, 'policyStatus'), []],
    [
      'a public ACL, whatever is denied of policies',
      without(OPEN_ACL, 'policy', 'policyStatus', 'accessPoints'),
      ['ACL'],
    ],
    [
      'a public policy, whatever is denied of access points',
      without(OPEN_POLICY, 'accessPoints', 'multiRegionAccessPoints'),
      ['bucket policy'],
    ],
    [
      'no delegation, whatever is denied of access points',
      without(
        { ...OPEN_POLICY, policy: POLICY.ownAccount, policyStatus: { ...known, isPublic: false } },
        'accessPoints',
        'multiRegionAccessPoints',
      ),
      [],
    ],
    [
      'nothing open, whatever is denied of the blocks',
      without(PRIVATE, 'publicAccessBlock', 'accountPublicAccessBlock'),
      [],
    ],
    [
      'the bucket blocks all, whatever is denied of the account and of ways',
      without(
        { ...OPEN_POLICY, ...bucketBlock(ON) },
        'accountPublicAccessBlock',
        'policyStatus',
        'acl',
        'accessPoints',
      ),
      [],
    ],
    [
      'the account blocks all, whatever is denied of the bucket',
      without(
        { ...OPEN_POLICY, ...accountBlock(ON) },
        'publicAccessBlock',
        'policy',
        'policyStatus',
        'acl',
        'accessPoints',
      ),
      [],
    ],
  ])('still knows: %s', (_name, bucket, ways) => {
    expect(publicWays(bucket)).toEqual(ways);
  });

  it.each<[string, BucketAccess]>([
    ['a public policy and no account block', without(OPEN_POLICY, 'accountPublicAccessBlock')],
    ['a public policy and no block of the bucket', without(OPEN_POLICY, 'publicAccessBlock')],
    ['neither the status of the policy nor its text', without(OPEN_POLICY, 'policyStatus', 'policy')],
    ['no status, and a text that is not a policy', without({ ...OPEN_POLICY, policy: '{' }, 'policyStatus')],
    ['no ACL', without(PRIVATE, 'acl')],
    ['a policy that delegates, and no access points', without(DELEGATING, 'accessPoints')],
    ['a policy that delegates, and no multi-Region access points', without(DELEGATING, 'multiRegionAccessPoints')],
    ['an open access point, and no policy', without(OPEN_ACCESS_POINT, 'policy')],
  ])('does not know: %s', (_name, bucket) => {
    expect(attempt(() => publicWays(bucket))).toBeInstanceOf(Unknown);
  });
});

describe('publicWriteWays', () => {
  const statementOf = (Action: string, part: object = {}) => ({
    Effect: 'Allow',
    Principal: '*',
    Action,
    Resource: '*',
    ...part,
  });
  const documentOf = (...Statement: object[]) => JSON.stringify({ Version: '2012-10-17', Statement });
  const policyOf = (Action: string, part: object = {}) => documentOf(statementOf(Action, part));
  const byAcl = (permission: string | null) => ({
    ...PRIVATE,
    acl: { ...known, grants: [{ grantee: 'http://acs.amazonaws.com/groups/global/AllUsers', permission }] },
  });
  const OWN = { Principal: { AWS: '111122223333' } };
  const THROUGH_POINTS = { Condition: { StringEquals: { 's3:DataAccessPointAccount': '111122223333' } } };

  it.each([
    's3:PutObject',
    's3:PutBucketPolicy',
    's3:DeleteObject',
    's3:ReplicateObject',
    's3:RestoreObject',
    's3:AbortMultipartUpload',
    's3:*',
  ])('by a policy on %s', (action) => {
    expect(publicWriteWays({ ...OPEN_POLICY, policy: policyOf(action) })).toEqual(['bucket policy']);
  });
  it.each(['WRITE', 'WRITE_ACP', 'FULL_CONTROL'])('by an ACL of %s', (permission) => {
    expect(publicWriteWays(byAcl(permission))).toEqual(['ACL']);
  });

  it.each<[string, BucketAccess, readonly string[]]>([
    ['nothing opens it', PRIVATE, []],
    ['a policy for reading', OPEN_POLICY, []],
    [
      'a policy for writing, restricted',
      { ...OPEN_POLICY, policy: policyOf('s3:*'), ...bucketBlock({ restrictPublicBuckets: true }) },
      [],
    ],
    ['a policy for writing that S3 calls private', { ...DELEGATING, policy: policyOf('s3:*') }, []],
    ['S3 knows better than the text, which lets write nobody', { ...OPEN_POLICY, policy: POLICY.ownAccount }, []],
    [
      'S3 knows better than the text, which denies to write',
      { ...OPEN_POLICY, policy: policyOf('s3:*', { Effect: 'Deny' }) },
      [],
    ],
    ['S3 knows of a policy that is not there', { ...OPEN_POLICY, policy: null }, []],
    ['an ACL for reading', OPEN_ACL, []],
    ['an ACL for reading the ACL', byAcl('READ_ACP'), []],
    ['an ACL without a permission', byAcl(null), []],
    ['an ACL for writing, ignored', { ...byAcl('WRITE'), ...accountBlock({ ignorePublicAcls: true }) }, []],
    ['an ACL for writing, by one account', { ...PRIVATE, ...grants('79a59df900b949e55d96a1e698fb') }, []],
    ['an access point, through a policy for reading', OPEN_ACCESS_POINT, []],
    ['a multi-Region one, through a policy for reading', OPEN_MULTI_REGION, []],
    [
      'an access point, and S3 knows of a policy that is not there',
      { ...OPEN_ACCESS_POINT, policy: null, policyStatus: { ...known, isPublic: true } },
      [],
    ],
    [
      'one of several statements',
      { ...OPEN_POLICY, policy: documentOf(statementOf('s3:GetObject'), statementOf('s3:PutObject')) },
      ['bucket policy'],
    ],
    ['an ACL, whatever is denied of policies', without(byAcl('WRITE'), 'policy', 'policyStatus'), ['ACL']],
  ])('%s', (_name, bucket, ways) => {
    expect(publicWriteWays(bucket)).toEqual(ways);
  });

  it.each<[string, string, BucketAccess]>([
    [
      'what S3 calls public lets only the own account write as far as is known',
      's3:GetBucketPolicyStatus',
      { ...OPEN_POLICY, policy: documentOf(statementOf('s3:GetObject', OWN), statementOf('s3:*', OWN)) },
    ],
    [
      'an access point may let everyone write',
      's3:GetAccessPointPolicy',
      { ...OPEN_ACCESS_POINT, policy: policyOf('s3:*', THROUGH_POINTS) },
    ],
    [
      'a multi-Region one may let everyone write',
      's3:GetAccessPointPolicy',
      { ...OPEN_MULTI_REGION, policy: policyOf('s3:*', THROUGH_POINTS) },
    ],
  ])('does not know: %s', (_name, operation, bucket) => {
    expect(attempt(() => publicWriteWays(bucket))).toMatchObject({ gap: { reason: 'not-scanned', operation } });
  });
  it('does not know what was denied', () => {
    expect(attempt(() => publicWriteWays(without(OPEN_POLICY, 'policy')))).toMatchObject({ gap: GAP });
    expect(attempt(() => publicWriteWays(without(PRIVATE, 'acl')))).toMatchObject({ gap: GAP });
  });
});

describe('blockedWays', () => {
  it.each<[string, BucketAccess, readonly string[]]>([
    ['nothing would open it', PRIVATE, []],
    ['an open way is not a blocked one', OPEN_POLICY, []],
    ['a policy, by the bucket', { ...OPEN_POLICY, ...bucketBlock({ restrictPublicBuckets: true }) }, ['bucket policy']],
    ['an ACL, by the account', { ...OPEN_ACL, ...accountBlock({ ignorePublicAcls: true }) }, ['ACL']],
    ['what was not asked for', SHUT_BY_ACCOUNT, []],
    [
      'what is not known is left out',
      without({ ...OPEN_POLICY, ...bucketBlock(ON), acl: OPEN_ACL.acl }, 'acl'),
      ['bucket policy'],
    ],
  ])('%s', (_name, bucket, ways) => {
    expect(blockedWays(bucket)).toEqual(ways);
  });
});

describe('isInForce', () => {
  it.each(BLOCK_SETTINGS)('%s counts by itself, at the bucket or at the account', (setting) => {
    const isOn = { [setting]: true };
    const allOthers = { ...ON, [setting]: false };
    expect(isInForce({ ...PRIVATE, ...bucketBlock(isOn) }, setting)).toBe(true);
    expect(isInForce({ ...PRIVATE, ...accountBlock(isOn) }, setting)).toBe(true);
    expect(isInForce({ ...PRIVATE, ...bucketBlock(allOthers), ...accountBlock(allOthers) }, setting)).toBe(false);
    expect(isInForce(SHUT_BY_ACCOUNT, setting)).toBe(true);
  });
});

describe('publicAccessEvidence', () => {
  it('names what opens the bucket, and the Deny statements that may narrow it', () => {
    const acl = {
      ...known,
      grants: [{ grantee: 'http://acs.amazonaws.com/groups/global/AllUsers', permission: 'WRITE' }],
    };
    const bucket = {
      ...OPEN_ACCESS_POINT,
      acl,
      policy: POLICY.everyoneButPlainHttp,
      policyStatus: { ...known, isPublic: true },
    };
    expect(
      publicAccessEvidence({ ...bucket, multiRegionAccessPoints: OPEN_MULTI_REGION.multiRegionAccessPoints }),
    ).toEqual({
      ways: ['bucket policy', 'ACL', 'access point', 'multi-Region access point'],
      publicStatements: ['Web'],
      denyStatements: ['#2'],
      grants: ['WRITE to http://acs.amazonaws.com/groups/global/AllUsers'],
      accessPoints: ['open-point'],
      multiRegionAccessPoints: ['open-point'],
    });
  });

  it('has null for what is not known, and nothing for what is not there', () => {
    expect(publicAccessEvidence(without(OPEN_ACL, 'policy', 'accessPoints', 'multiRegionAccessPoints'))).toMatchObject({
      ways: ['ACL'],
      publicStatements: null,
      denyStatements: null,
      accessPoints: null,
      multiRegionAccessPoints: null,
    });
    expect(publicAccessEvidence(without(OPEN_POLICY, 'acl'))).toMatchObject({ grants: null });
    expect(publicAccessEvidence(OPEN_ACL)).toMatchObject({ publicStatements: [], denyStatements: [] });
  });
});

describe('bucketPolicy', () => {
  it('is null where there is none', () => {
    expect(bucketPolicy(null)).toBeNull();
  });

  it('is unknown where it cannot be read, and says why', () => {
    const answer = attempt(() => bucketPolicy('<html>'));
    expect(answer).toMatchObject({
      gap: { reason: 'failed', operation: 's3:GetBucketPolicy', detail: 'policy document: the text is not JSON' },
    });
  });
});

/** Any state of a bucket in which S3's verdict and the text of the policy agree. */
const anyBucket = record({
  accountPublicAccessBlock: constantFrom(
    OFF,
    ON,
    { ...OFF, restrictPublicBuckets: true },
    { ...OFF, ignorePublicAcls: true },
  ),
  publicAccessBlock: constantFrom(OFF, ON, { ...OFF, restrictPublicBuckets: true }),
  policy: constantFrom(null, ...Object.values(POLICY)),
  isAcl: boolean(),
  points: oneof(constantFrom([]), constantFrom(OPEN_ACCESS_POINT.accessPoints)),
}).map(({ accountPublicAccessBlock, publicAccessBlock, policy, isAcl, points }): BucketAccess => ({
  accountPublicAccessBlock,
  publicAccessBlock: { ...known, ...publicAccessBlock },
  policy,
  policyStatus:
    policy === null
      ? PRIVATE.policyStatus
      : { ...known, isPublic: policy === POLICY.everyone || policy === POLICY.everyoneButPlainHttp },
  acl: isAcl ? OPEN_ACL.acl : PRIVATE.acl,
  accessPoints: 'kind' in points ? points : { ...known, points: [] },
  multiRegionAccessPoints: { ...known, points: [] },
}));

it('knowing less never makes a public bucket private, nor a private one public', () => {
  assert(
    property(anyBucket, subarray([...BUCKET_ACCESS]), (bucket, denied) => {
      const answer = attempt(() => publicWays(without(bucket, ...denied)).length > 0);
      expect([publicWays(bucket).length > 0, new Unknown(GAP)]).toContainEqual(answer);
    }),
  );
});

it('a block that is switched on never opens a bucket', () => {
  assert(
    property(anyBucket, constantFrom(...BLOCK_SETTINGS), (bucket, setting) => {
      const accountPublicAccessBlock = { ...bucket.accountPublicAccessBlock, [setting]: true };
      const before = publicWays(bucket);
      expect(before).toEqual(expect.arrayContaining(publicWays({ ...bucket, accountPublicAccessBlock })));
    }),
  );
});
