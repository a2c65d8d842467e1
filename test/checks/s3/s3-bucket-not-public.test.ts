import { expect, it } from 'vitest';
import notPublic from '../../../checks/s3/s3-bucket-not-public.ts';
import { attempt, Unknown, viewer } from '../../../lib/core/view.ts';
import {
  DELEGATING,
  ON,
  OPEN_ACCESS_POINT,
  OPEN_ACL,
  OPEN_MULTI_REGION,
  OPEN_POLICY,
  POLICY,
  PRIVATE,
  SHUT_BY_ACCOUNT,
} from '../../policy/_bucket-access.ts';
import { cases } from '../../support/cases.ts';

const AES = { encryption: { algorithm: 'AES256', keyId: null, blockedTypes: null } } as const;
const KMS = { encryption: { algorithm: 'aws:kms', keyId: null, blockedTypes: null } } as const;
const DSSE = { encryption: { algorithm: 'aws:kms:dsse', keyId: null, blockedTypes: null } } as const;

cases(notPublic, {
  pass: [
    { name: 'private', resource: { ...PRIVATE, ...AES } },
    { name: 'one record for a bucket of an account that blocks all', resource: { ...SHUT_BY_ACCOUNT, ...AES } },
    {
      name: 'a public policy that is neutralised',
      resource: { ...OPEN_POLICY, ...AES, publicAccessBlock: { kind: 'known', ...ON } },
    },
    { name: 'delegates to access points, none of which is open', resource: { ...DELEGATING, ...AES } },
  ],
  fail: [
    {
      name: 'public by policy; a Deny is evidence, no excuse',
      resource: { ...OPEN_POLICY, ...AES, policy: POLICY.everyoneButPlainHttp },
      message: 'public through bucket policy',
      evidence: {
        ways: ['bucket policy'],
        publicStatements: ['Web'],
        denyStatements: ['#2'],
        grants: [],
        accessPoints: [],
        multiRegionAccessPoints: [],
      },
    },
    { name: 'public by ACL', resource: { ...OPEN_ACL, ...AES }, message: /^public through ACL$/ },
    { name: 'public by an access point', resource: { ...OPEN_ACCESS_POINT, ...AES }, message: 'through access point' },
    { name: 'public by a multi-Region one', resource: { ...OPEN_MULTI_REGION, ...AES }, message: 'multi-Region' },
    {
      name: 'no default encryption',
      resource: { ...OPEN_POLICY, encryption: null },
      message: /^public through bucket policy$/,
    },
    {
      name: 'KMS keeps strangers from reading',
      resource: { ...OPEN_POLICY, ...KMS },
      severity: 'high',
      message: 'KMS',
    },
    { name: 'two layers of KMS', resource: { ...OPEN_POLICY, ...DSSE }, severity: 'high' },
  ],
});

it.each([
  ['encryption', OPEN_POLICY],
  ['accessPoints', OPEN_POLICY],
  ['multiRegionAccessPoints', OPEN_ACL],
  ['policyStatus', OPEN_ACL],
])('a public bucket fails even if %s is denied: a FAIL needs no more knowledge', (denied, bucket) => {
  const gap = { reason: 'denied', operation: 'test:Denied', detail: 'access denied' } as const;
  const facets = Object.entries({ ...bucket, ...AES }).map(([name, value]) => [
    name,
    name === denied ? { gap } : { value },
  ]);
  const identity = {
    type: 'AWS::S3::Bucket',
    id: 'b',
    arn: 'arn:aws:s3:::b',
    account: '111122223333',
    region: 'eu-west-1',
  };
  const view = viewer(notPublic.needs)({ identity, at: '', base: {}, facets: Object.fromEntries(facets) });
  const verdict = attempt(() => notPublic.evaluate(view as never, {} as never));
  expect(verdict).toMatchObject({ status: 'FAIL' });
  expect(verdict).not.toHaveProperty('severity');
});

it('a denied access point list leaves a bucket unknown that delegates to access points', () => {
  const { accessPoints: _, ...rest } = { ...DELEGATING, ...AES };
  const view = Object.defineProperty({ ...rest }, 'accessPoints', {
    get: () => {
      throw new Unknown({ reason: 'denied', operation: 's3:ListAccessPoints', detail: 'access denied' });
    },
  });
  expect(attempt(() => notPublic.evaluate(view as never, {} as never))).toBeInstanceOf(Unknown);
});
