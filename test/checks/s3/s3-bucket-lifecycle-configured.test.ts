import lifecycle from '../../../checks/s3/s3-bucket-lifecycle-configured.ts';
import { cases } from '../../support/cases.ts';
import { deliveryTo, EXPIRES } from './_rows.ts';

const never = { status: null, mfaDelete: null };
const versioned = { status: 'Enabled', mfaDelete: null } as const;
const suspended = { status: 'Suspended', mfaDelete: null } as const;
const NOTHING = { ...EXPIRES, days: null };
const VERSIONS = { ...NOTHING, noncurrentDays: 30 };
const bucket = {
  id: 'archive',
  arn: 'arn:aws:s3:::archive',
  lifecycle: [EXPIRES],
  versioning: never,
  objectLock: null,
  policy: null,
  tags: {},
};
const locked = { status: 'Enabled', retention: { mode: 'COMPLIANCE', days: 365 } } as const;
const trail = (s3BucketName: string) => ({
  owner: '111122223333',
  description: {
    s3BucketName,
    isMultiRegionTrail: true,
    includeGlobalServiceEvents: true,
    logFileValidationEnabled: true,
    kmsKeyId: null,
  },
});
const forArchive = { trails: [trail('other'), trail('archive')] };

cases(lifecycle, {
  pass: [
    {
      name: 'objects expire after some days',
      resource: bucket,
      message: /^all objects expire$/,
      evidence: { rules: [EXPIRES] },
    },
    { name: 'on a date', resource: { ...bucket, lifecycle: [{ ...NOTHING, date: '2025-01-01T00:00:00.000Z' }] } },
    {
      name: 'under a prefix',
      resource: {
        ...bucket,
        lifecycle: [
          { ...EXPIRES, prefix: 'logs/' },
          { ...EXPIRES, prefix: 'tmp/' },
        ],
      },
      message: /^objects under logs\/, tmp\/ expire$/,
    },
    {
      name: 'under a prefix, by tag',
      resource: { ...bucket, lifecycle: [{ ...EXPIRES, prefix: 'logs/', isNarrowed: true }] },
      message: /^some objects by tag or size expire$/,
    },
    { name: 'by tag', resource: { ...bucket, lifecycle: [{ ...EXPIRES, isNarrowed: true }] }, message: 'some objects' },
    {
      name: 'all objects beside some',
      resource: { ...bucket, lifecycle: [{ ...EXPIRES, isNarrowed: true }, NOTHING, EXPIRES] },
      message: 'all objects',
    },
    {
      name: 'versions are deleted by another rule',
      resource: { ...bucket, versioning: versioned, lifecycle: [EXPIRES, VERSIONS] },
    },
    {
      name: 'versions are deleted but for a number of them',
      resource: { ...bucket, versioning: versioned, lifecycle: [{ ...EXPIRES, newerNoncurrentVersions: 3 }] },
    },
    {
      name: 'no expiration is required',
      resource: { ...bucket, lifecycle: [NOTHING] },
      params: { requireExpiration: false },
      message: 'there are lifecycle rules',
    },
    { name: 'expiration wins over a tag that says otherwise', resource: { ...bucket, tags: { Retention: 'forever' } } },
  ],
  fail: [
    {
      name: 'NoSuchLifecycleConfiguration',
      resource: { ...bucket, lifecycle: null },
      message: 'there are no lifecycle rules',
      evidence: { rules: [] },
    },
    { name: 'no rules', resource: { ...bucket, lifecycle: [] }, message: 'no rule that is enabled' },
    {
      name: 'a rule that moves objects, ends uploads, or removes leftover delete markers',
      resource: { ...bucket, lifecycle: [NOTHING] },
      message: 'no rule that is enabled expires objects',
    },
    { name: 'the rule is disabled', resource: { ...bucket, lifecycle: [{ ...EXPIRES, isEnabled: false }] } },
    {
      name: 'the rule is disabled, and no expiration is required',
      resource: { ...bucket, lifecycle: [{ ...EXPIRES, isEnabled: false }] },
      params: { requireExpiration: false },
    },
    {
      name: 'a versioned bucket gets delete markers only',
      resource: { ...bucket, versioning: versioned },
      message: 'delete marker',
    },
    { name: 'old versions stay where versioning is suspended', resource: { ...bucket, versioning: suspended } },
    {
      name: 'the rule for versions is disabled',
      resource: { ...bucket, versioning: versioned, lifecycle: [EXPIRES, { ...VERSIONS, isEnabled: false }] },
    },
    {
      name: 'versions are deleted, but nothing becomes one',
      resource: { ...bucket, versioning: versioned, lifecycle: [VERSIONS] },
      message: 'no rule that is enabled',
    },
    { name: 'another value of the tag', resource: { ...bucket, lifecycle: null, tags: { Retention: '1y' } } },
    { name: 'a trail without a lock', resource: { ...bucket, lifecycle: null }, with: forArchive },
    {
      name: 'a trail, and a lock without a retention',
      resource: { ...bucket, lifecycle: null, objectLock: { ...locked, retention: null } },
      with: forArchive,
    },
    {
      name: 'a lock, and no trail',
      resource: { ...bucket, lifecycle: null, objectLock: locked },
      with: { trails: [trail('other')] },
    },
  ],
  skip: [
    {
      name: 'keeps everything',
      resource: { ...bucket, lifecycle: null, tags: { Retention: 'forever' } },
      message: 'tags',
    },
    {
      name: 'logs that AWS delivers, and a lock keeps',
      resource: {
        ...bucket,
        lifecycle: null,
        objectLock: locked,
        policy: deliveryTo('archive', { Service: 'config.amazonaws.com' }),
      },
    },
    {
      name: 'a trail whose files a lock keeps',
      resource: { ...bucket, lifecycle: null, objectLock: locked },
      with: forArchive,
      message: 'Object Lock',
    },
  ],
});
