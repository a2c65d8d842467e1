import objectLock from '../../../checks/s3/s3-bucket-object-lock-enabled.ts';
import { cases } from '../../support/cases.ts';
import { deliveryTo } from './_rows.ts';

const lock = (days: number, mode = 'COMPLIANCE') => ({ status: 'Enabled', retention: { mode, days } }) as const;
const archive = {
  id: 'archive',
  arn: 'arn:aws:s3:::archive',
  objectLock: null,
  policy: null,
  tags: { Purpose: 'audit-logs' },
};
const plain = { ...archive, tags: {} };
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

cases(objectLock, {
  pass: [
    {
      name: 'locked for a year, and for everyone',
      resource: { ...archive, objectLock: lock(365) },
      message: 'nobody can remove',
      evidence: { objectLock: lock(365) },
    },
    {
      name: 'locked for a year, but not for all',
      resource: { ...archive, objectLock: lock(366, 'GOVERNANCE') },
      message: 's3:BypassGovernanceRetention',
    },
    { name: 'longer, as asked', resource: { ...archive, objectLock: lock(2190) }, params: { minRetentionDays: 2190 } },
  ],
  fail: [
    {
      name: 'ObjectLockConfigurationNotFoundError',
      resource: archive,
      message: 'not enabled',
      evidence: { objectLock: null },
    },
    {
      name: 'no default retention',
      resource: { ...archive, objectLock: { status: 'Enabled', retention: null } },
      message: 'protects no object by itself',
    },
    {
      name: 'a retention in a lock that is not enabled',
      resource: { ...archive, objectLock: { ...lock(365), status: 'Disabled' as 'Enabled' } },
      message: 'not enabled',
    },
    { name: 'one day too short', resource: { ...archive, objectLock: lock(364) }, message: '364 days, fewer than 365' },
    {
      name: 'shorter than asked',
      resource: { ...archive, objectLock: lock(2189) },
      params: { minRetentionDays: 2190 },
    },
    { name: 'receives the files of a trail', resource: plain, with: { trails: [trail('other'), trail('archive')] } },
    {
      name: 'AWS may deliver the logs of load balancers, of whatever account',
      resource: {
        ...plain,
        policy: deliveryTo('archive', { Service: 'logdelivery.elasticloadbalancing.amazonaws.com' }),
      },
    },
    { name: 'every bucket is judged', resource: plain, params: { applyTo: 'all' } },
    {
      name: 'other buckets log elsewhere',
      resource: archive,
      with: { buckets: [{ id: 'other', logging: 'elsewhere' }] },
    },
  ],
  skip: [
    { name: 'no archive', resource: plain, with: { trails: [trail('other')] }, message: 'not known as a log archive' },
    { name: 'another purpose', resource: { ...archive, tags: { Purpose: 'web' } } },
    {
      // S3 cannot deliver server access logs to a bucket with a default retention.
      name: 'receives access logs',
      resource: archive,
      with: { buckets: [{ id: 'other', logging: 'archive' }] },
      message: 'access logs',
    },
    {
      name: 'receives access logs, and every bucket is judged',
      resource: plain,
      with: { buckets: [{ id: 'archive', logging: 'archive' }] },
      params: { applyTo: 'all' },
    },
  ],
});
