import aclsDisabled from '../../../checks/s3/s3-bucket-acls-disabled.ts';
import { OFF, ON } from '../../policy/_bucket-access.ts';
import { cases } from '../../support/cases.ts';

const CLOUDFRONT = 'c4c1ede66af53448b93c283ce9448c4ba468c9432aa01d700d3878632f77d2d0';
const IN_CHINA = 'a52cb28745c0c06e84ec548334e44bfa7fc2a85c54af20cd59e4969344b7af56';
const grants = (...grantees: (string | null)[]) =>
  ({ kind: 'known', grants: grantees.map((grantee) => ({ grantee, permission: 'FULL_CONTROL' })) }) as const;
const bucket = {
  ownership: null,
  accountPublicAccessBlock: OFF,
  publicAccessBlock: { kind: 'known', ...OFF },
  acl: grants('79a59df900b949e55d96a1e698fb'),
} as const;

cases(aclsDisabled, {
  pass: [
    {
      name: 'the owner owns everything',
      resource: { ...bucket, ownership: 'BucketOwnerEnforced', acl: { kind: 'not-asked', because: 'acls-disabled' } },
      message: 'ACLs are disabled',
      evidence: { ownership: 'BucketOwnerEnforced' },
    },
  ],
  fail: [
    {
      name: 'OwnershipControlsNotFoundError: the default of old',
      resource: bucket,
      severity: undefined,
      message: 'was never set',
      evidence: { ownership: null },
    },
    {
      name: 'the writer owns',
      resource: { ...bucket, ownership: 'ObjectWriter' },
      severity: undefined,
      message: 'is ObjectWriter',
    },
    {
      name: 'the owner is preferred',
      resource: { ...bucket, ownership: 'BucketOwnerPreferred' },
      message: 'is BucketOwnerPreferred',
    },
    {
      name: 'public ACLs are ignored by the bucket',
      resource: { ...bucket, publicAccessBlock: { kind: 'known', ...OFF, ignorePublicAcls: true } },
      severity: 'low',
      message: 'ignores public ones',
    },
    {
      name: 'public ACLs are ignored by the account',
      resource: {
        ...bucket,
        accountPublicAccessBlock: ON,
        publicAccessBlock: { kind: 'not-asked', because: 'account-block' },
        acl: { kind: 'not-asked', because: 'account-block' },
      },
      severity: 'low',
    },
    {
      name: 'other settings do not help',
      resource: { ...bucket, publicAccessBlock: { kind: 'known', ...ON, ignorePublicAcls: false } },
      severity: undefined,
    },
    {
      name: 'CloudFront logs by ACL',
      resource: { ...bucket, acl: grants('79a59df900b949e55d96a1e698fb', CLOUDFRONT) },
      severity: 'low',
      message: 'awslogsdelivery',
    },
    { name: 'CloudFront in China', resource: { ...bucket, acl: grants(IN_CHINA) }, severity: 'low' },
    { name: 'a grantee without a name', resource: { ...bucket, acl: grants(null) }, severity: undefined },
  ],
});
