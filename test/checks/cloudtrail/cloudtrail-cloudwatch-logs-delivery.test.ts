import cloudwatch from '../../../checks/cloudtrail/cloudtrail-cloudwatch-logs-delivery.ts';
import { cases } from '../../support/cases.ts';
import { DELIVERY, described, INHERITED, TRAIL } from './_trail.ts';

const ARN = 'arn:aws:logs:eu-west-1:111122223333:log-group:trail:*';
const healthy = { ...TRAIL, logGroup: ARN as string | null, delivery: DELIVERY };
type Row = typeof healthy;
const delivering = (difference: Partial<typeof DELIVERY>): Row => ({
  ...healthy,
  delivery: { ...DELIVERY, ...difference },
});
const without: Row = { ...healthy, logGroup: null };
const single: Row = { ...healthy, description: described({ isMultiRegionTrail: false }).description };
const second = { id: 'second', arn: 'arn:aws:cloudtrail:us-east-1:111122223333:trail/second' };
const alone = { anyTrailSufficient: false };

cases(cloudwatch, {
  pass: [
    { name: 'delivered half an hour ago', resource: healthy, params: alone, evidence: { logGroup: ARN } },
    { name: 'delivered 24 hours ago', resource: delivering({ logGroupTime: '2025-12-31T00:00:00Z' }), params: alone },
    {
      name: 'a new trail that has delivered',
      resource: delivering({ startLoggingTime: '2025-12-31T23:50:00Z' }),
      params: alone,
    },
    { name: 'since when it logs plays no part then', resource: delivering({ startLoggingTime: null }), params: alone },
    { name: 'of one region', resource: single, message: 'its events arrive in the log group' },
    {
      name: 'another trail is enough',
      resource: without,
      with: { trails: [without, { ...healthy, ...second }] },
      message: "satisfied by a trail of the account's own",
    },
    {
      name: "the organization's trail is enough",
      resource: without,
      with: { trails: [{ ...healthy, ...INHERITED, id: 'org' }] },
      message: 'satisfied by the organisation trail org of account 444455556666',
    },
  ],
  fail: [
    { name: 'no log group', resource: without, message: 'no log group', evidence: { logGroup: null } },
    {
      name: 'no log group, whatever else delivers',
      resource: without,
      with: { trails: [{ ...healthy, ...second }] },
      params: alone,
    },
    { name: 'no log group, and the trail is stopped', resource: { ...without, status: { isLogging: false } } },
    {
      name: 'a trail of one region is not enough for others',
      resource: without,
      with: { trails: [{ ...single, ...second }] },
    },
    {
      name: 'the other one does not deliver either',
      resource: without,
      with: { trails: [{ ...delivering({ logGroupError: 'AccessDenied' }), ...second }] },
    },
    {
      name: 'an error',
      resource: delivering({ logGroupError: 'AccessDenied' }),
      message: 'AccessDenied',
      evidence: { logGroup: ARN, logGroupError: 'AccessDenied' },
    },
    {
      name: 'delivered just more than 24 hours ago',
      resource: delivering({ logGroupTime: '2025-12-30T23:59:59Z' }),
      evidence: { logGroup: ARN, logGroupTime: '2025-12-30T23:59:59Z' },
    },
    { name: 'stricter', resource: healthy, params: { maxDeliveryAgeHours: 0 } },
    {
      name: 'never delivered, and began to log an hour ago',
      resource: delivering({ logGroupTime: null, startLoggingTime: '2025-12-31T23:00:00Z' }),
    },
    {
      name: 'delivered long ago, and since when it logs is not known',
      resource: delivering({ logGroupTime: '2025-01-01T00:00:00Z', startLoggingTime: null }),
    },
    {
      name: 'a trail of one region that does deliver to its bucket',
      resource: { ...single, delivery: { ...DELIVERY, logGroupTime: null } },
    },
  ],
  skip: [
    { name: "the organization's trail, in a member", resource: { ...without, ...INHERITED } },
    { name: 'a stopped trail', resource: { ...healthy, status: { isLogging: false } } },
    { name: 'no log group, where none is asked for', resource: without, params: { requireCloudwatchLogs: false } },
  ],
  unknown: [
    {
      name: 'began to log a moment ago',
      resource: delivering({ logGroupTime: null, startLoggingTime: '2025-12-31T23:00:01Z' }),
      message: 'less than an hour ago',
    },
    {
      name: 'neither time is known',
      resource: delivering({ logGroupTime: null, startLoggingTime: null }),
      message: 'since when',
    },
    {
      name: 'a quiet region',
      resource: { ...single, delivery: { ...DELIVERY, logGroupTime: null, bucketTime: '2025-12-30T23:59:59Z' } },
      message: 'may have no events',
    },
    {
      name: 'a new trail, where no other counts',
      resource: delivering({ logGroupTime: null, startLoggingTime: '2025-12-31T23:59:00Z' }),
      params: alone,
    },
    {
      name: 'a log group that gets nothing is still judged where none is asked for',
      resource: delivering({ logGroupTime: null, startLoggingTime: null }),
      params: { requireCloudwatchLogs: false },
    },
  ],
});
