import type { BucketAccess } from '../../lib/policy/public-bucket.ts';

/** Block Public Access with nothing on, and with everything on. */
export const OFF = {
  blockPublicAcls: false,
  ignorePublicAcls: false,
  blockPublicPolicy: false,
  restrictPublicBuckets: false,
} as const;
export const ON = {
  blockPublicAcls: true,
  ignorePublicAcls: true,
  blockPublicPolicy: true,
  restrictPublicBuckets: true,
} as const;

/** A bucket that nothing opens and nothing blocks. */
export const PRIVATE: BucketAccess = {
  accountPublicAccessBlock: OFF,
  publicAccessBlock: { kind: 'known', ...OFF },
  policy: null,
  policyStatus: { kind: 'not-asked', because: 'no-bucket-policy' },
  acl: { kind: 'not-asked', because: 'acls-disabled' },
  accessPoints: { kind: 'not-asked', because: 'no-bucket-policy' },
  multiRegionAccessPoints: { kind: 'not-asked', because: 'no-bucket-policy' },
};

/** What is collected of any bucket when the account blocks all public access. */
export const SHUT_BY_ACCOUNT: BucketAccess = {
  accountPublicAccessBlock: ON,
  publicAccessBlock: { kind: 'not-asked', because: 'account-block' },
  policy: null,
  policyStatus: { kind: 'not-asked', because: 'account-block' },
  acl: { kind: 'not-asked', because: 'account-block' },
  accessPoints: { kind: 'not-asked', because: 'account-block' },
  multiRegionAccessPoints: { kind: 'not-asked', because: 'account-block' },
};

const policyOf = (...statements: object[]): string => JSON.stringify({ Version: '2012-10-17', Statement: statements });
const resources = ['arn:aws:s3:::bucket', 'arn:aws:s3:::bucket/*'];
const read = { Effect: 'Allow', Principal: '*', Action: 's3:GetObject', Resource: resources };

/** Policies, by what they let in. */
export const POLICY = {
  everyone: policyOf({ Sid: 'Web', ...read }),
  everyoneButPlainHttp: policyOf(
    { Sid: 'Web', ...read },
    {
      Effect: 'Deny',
      Principal: '*',
      Action: 's3:*',
      Resource: resources,
      Condition: { Bool: { 'aws:SecureTransport': 'false' } },
    },
  ),
  ownAccount: policyOf({ ...read, Principal: { AWS: 'arn:aws:iam::111122223333:root' } }),
  accessPoints: policyOf({ ...read, Condition: { StringEquals: { 's3:DataAccessPointAccount': '111122223333' } } }),
} as const;

const known = { kind: 'known' } as const;
/** Public by its policy, and nothing else. */
export const OPEN_POLICY: BucketAccess = {
  ...PRIVATE,
  policy: POLICY.everyone,
  policyStatus: { ...known, isPublic: true },
  accessPoints: { ...known, points: [] },
  multiRegionAccessPoints: { ...known, points: [] },
};
/** Public by its ACL, and nothing else. */
export const OPEN_ACL: BucketAccess = {
  ...PRIVATE,
  acl: { ...known, grants: [{ grantee: 'http://acs.amazonaws.com/groups/global/AllUsers', permission: 'READ' }] },
};
/** A policy that leaves the decision to access points; none is open. */
export const DELEGATING: BucketAccess = {
  ...PRIVATE,
  policy: POLICY.accessPoints,
  policyStatus: { ...known, isPublic: false },
  accessPoints: { ...known, points: [] },
  multiRegionAccessPoints: { ...known, points: [] },
};
const open = [{ name: 'open-point', isPublic: true, restrictPublicBuckets: false }] as const;
/** Public through an access point alone. */
export const OPEN_ACCESS_POINT: BucketAccess = { ...DELEGATING, accessPoints: { ...known, points: open } };
/** Public through a multi-Region access point alone. */
export const OPEN_MULTI_REGION: BucketAccess = { ...DELEGATING, multiRegionAccessPoints: { ...known, points: open } };
