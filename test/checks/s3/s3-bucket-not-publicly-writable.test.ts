import { expect, it } from 'vitest';
import notWritable from '../../../checks/s3/s3-bucket-not-publicly-writable.ts';
import { attempt, viewer } from '../../../lib/core/view.ts';
import type { BucketAccess } from '../../../lib/policy/public-bucket.ts';
import {
  DELEGATING,
  ON,
  OPEN_ACCESS_POINT,
  OPEN_ACL,
  OPEN_MULTI_REGION,
  OPEN_POLICY,
  PRIVATE,
  SHUT_BY_ACCOUNT,
} from '../../policy/_bucket-access.ts';
import { cases } from '../../support/cases.ts';

const statement = {
  Sid: 'Web',
  Effect: 'Allow',
  Principal: '*',
  Action: 's3:GetObject',
  Resource: 'arn:aws:s3:::bucket/*',
};
const policyOf = (...statements: object[]) => JSON.stringify({ Version: '2012-10-17', Statement: statements });
const open = (difference: object): BucketAccess => ({
  ...OPEN_POLICY,
  policy: policyOf({ ...statement, ...difference }),
});
const granted = (permission: string, group = 'AllUsers'): BucketAccess => ({
  ...OPEN_ACL,
  acl: { kind: 'known', grants: [{ grantee: `http://acs.amazonaws.com/groups/global/${group}`, permission }] },
});
const through = (bucket: BucketAccess, Action: string): BucketAccess => ({
  ...bucket,
  policy: policyOf({
    ...statement,
    Action,
    Condition: { StringEquals: { 's3:DataAccessPointAccount': '111122223333' } },
  }),
});
const own = { AWS: 'arn:aws:iam::111122223333:root' };
/** Statements that S3 calls public, and that our own reading does not. */
const unexplained = (Action: string): BucketAccess => ({
  ...OPEN_POLICY,
  policy: policyOf({ ...statement, Principal: own, Action }, { ...statement, Effect: 'Deny', Action: 's3:PutObject' }),
});

cases(notWritable, {
  pass: [
    { name: 'private', resource: PRIVATE, message: 'cannot write' },
    { name: 'an account that blocks all', resource: SHUT_BY_ACCOUNT },
    { name: 'a policy that lets everyone read', resource: OPEN_POLICY },
    { name: 'all reads', resource: open({ Action: ['s3:Get*', 's3:List*'] }) },
    {
      name: 'everyone reads, the own account writes',
      resource: { ...OPEN_POLICY, policy: policyOf(statement, { ...statement, Principal: own, Action: 's3:*' }) },
    },
    {
      name: 'all but writing',
      resource: open({ Action: undefined, NotAction: ['s3:P*', 's3:D*', 's3:R*', 's3:Abort*'] }),
    },
    {
      name: 'a policy that lets everyone write, and is shut',
      resource: { ...open({ Action: 's3:*' }), publicAccessBlock: { kind: 'known', ...ON } },
    },
    { name: 'an ACL that lets everyone read', resource: OPEN_ACL },
    { name: 'an ACL that lets everyone read the ACL', resource: granted('READ_ACP') },
    {
      name: 'an ACL that lets the log group write',
      resource: {
        ...OPEN_ACL,
        acl: {
          kind: 'known',
          grants: [{ grantee: 'http://acs.amazonaws.com/groups/s3/LogDelivery', permission: 'WRITE' }],
        },
      },
    },
    {
      name: 'a grant without a permission',
      resource: {
        ...OPEN_ACL,
        acl: {
          kind: 'known',
          grants: [{ grantee: 'http://acs.amazonaws.com/groups/global/AllUsers', permission: null }],
        },
      },
    },
    { name: 'an access point that passes on reads alone', resource: through(OPEN_ACCESS_POINT, 's3:GetObject') },
    { name: 'writes are left to access points, none of which is open', resource: through(DELEGATING, 's3:*') },
    { name: 'S3 calls it public, and nothing in it writes', resource: unexplained('s3:GetObject') },
  ],
  fail: [
    {
      name: 'everyone puts objects',
      resource: open({ Action: 's3:PutObject' }),
      message: /^the public can write through bucket policy$/,
      evidence: {
        ways: ['bucket policy'],
        publicStatements: ['Web'],
        denyStatements: [],
        grants: [],
        accessPoints: [],
        multiRegionAccessPoints: [],
      },
    },
    ...[
      's3:PutObjectAcl',
      's3:PutBucketPolicy',
      's3:PutBucketAcl',
      's3:DeleteObject',
      's3:DeleteObjectVersion',
      's3:DeleteBucket',
      's3:DeleteBucketPolicy',
      's3:RestoreObject',
      's3:AbortMultipartUpload',
      's3:ReplicateObject',
      's3:put*',
      's3:Pu?Object',
      's3:P*',
      's3:*',
      '*',
    ].map((Action) => ({ name: Action, resource: open({ Action }) })),
    { name: 'all but reading', resource: open({ Action: undefined, NotAction: 's3:Get*' }) },
    { name: 'NotPrincipal', resource: open({ Principal: undefined, NotPrincipal: own, Action: 's3:PutObject' }) },
    {
      name: 'one statement reads, another writes',
      resource: { ...OPEN_POLICY, policy: policyOf(statement, { ...statement, Action: 's3:PutObject' }) },
    },
    { name: 'an ACL: WRITE', resource: granted('WRITE'), message: /through ACL$/ },
    { name: 'an ACL: WRITE_ACP', resource: granted('WRITE_ACP') },
    {
      name: 'an ACL: FULL_CONTROL, for anyone with an account',
      resource: granted('FULL_CONTROL', 'AuthenticatedUsers'),
    },
    {
      name: 'by policy, whatever access points let through',
      resource: {
        ...OPEN_ACCESS_POINT,
        policy: policyOf({ ...statement, Action: 's3:*' }),
        policyStatus: { kind: 'known', isPublic: true },
      },
      message: /through bucket policy$/,
    },
  ],
  unknown: [
    {
      name: 'what a public access point lets everyone do, its own policy says',
      resource: through(OPEN_ACCESS_POINT, 's3:*'),
      message: 'in its own policy',
    },
    { name: 'likewise a multi-Region one', resource: through(OPEN_MULTI_REGION, 's3:PutObject') },
    { name: 'a policy that cannot be read', resource: { ...OPEN_POLICY, policy: '{' } },
  ],
});

it.each([
  ['accessPoints', open({ Action: 's3:*' })],
  ['acl', open({ Action: 's3:*' })],
  ['policyStatus', open({ Action: 's3:*' })],
  ['policy', granted('WRITE')],
])('a bucket that everyone can write to fails even if %s is denied', (denied, bucket) => {
  const gap = { reason: 'denied', operation: 'test:Denied', detail: 'access denied' } as const;
  const facets = Object.entries(bucket).map(([name, value]) => [name, name === denied ? { gap } : { value }]);
  const identity = {
    type: 'AWS::S3::Bucket',
    id: 'b',
    arn: 'arn:aws:s3:::b',
    account: '111122223333',
    region: 'eu-west-1',
  };
  const view = viewer(notWritable.needs)({ identity, at: '', base: {}, facets: Object.fromEntries(facets) });
  expect(attempt(() => notWritable.evaluate(view as never, {} as never))).toMatchObject({ status: 'FAIL' });
});

it('is unknown where S3 calls a policy public that lets somebody write, and does not say for what', () => {
  const verdict = attempt(() => notWritable.evaluate(unexplained('s3:PutObject') as never, {} as never));
  expect(verdict).toMatchObject({ gap: { operation: 's3:GetBucketPolicyStatus' } });
});
