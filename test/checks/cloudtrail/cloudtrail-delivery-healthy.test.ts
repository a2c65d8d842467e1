import healthy from '../../../checks/cloudtrail/cloudtrail-delivery-healthy.ts';
import { cases } from '../../support/cases.ts';
import { DELIVERY, described, INHERITED, TRAIL } from './_trail.ts';

const delivering = (difference: Partial<typeof DELIVERY> = {}) => ({
  ...TRAIL,
  delivery: { ...DELIVERY, ...difference },
});
const UNSIGNED = described({ logFileValidationEnabled: false }).description;

cases(healthy, {
  pass: [
    { name: 'delivered half an hour ago', resource: delivering(), message: /^log files arrive$/ },
    { name: 'delivered 24 hours ago', resource: delivering({ bucketTime: '2025-12-31T00:00:00Z' }) },
    {
      name: 'without digests, an old error of theirs is no matter',
      resource: { ...delivering({ digestError: 'AccessDenied' }), description: UNSIGNED },
    },
    { name: 'began to log an hour ago', resource: delivering({ startLoggingTime: '2025-12-31T23:00:00Z' }) },
    { name: 'since when it logs is not known', resource: delivering({ startLoggingTime: null }) },
    { name: "the organization's", resource: { ...delivering(), ...INHERITED }, message: 'of account 444455556666' },
  ],
  fail: [
    {
      name: 'the bucket policy refuses it',
      resource: delivering({ bucketError: 'AccessDenied' }),
      message: 'AccessDenied',
      evidence: { bucketError: 'AccessDenied' },
      severity: undefined,
    },
    { name: 'the bucket is gone', resource: delivering({ bucketError: 'NoSuchBucket' }), severity: 'critical' },
    {
      name: 'digests are refused',
      resource: delivering({ digestError: 'AccessDenied' }),
      evidence: { digestError: 'AccessDenied' },
    },
    {
      name: 'time-outs are no errors: nothing for just more than 24 hours',
      resource: delivering({ bucketTime: '2025-12-30T23:59:59Z' }),
      message: 'for 24 hours',
    },
    { name: 'stricter', resource: delivering(), params: { maxDeliveryAgeHours: 0 } },
    {
      name: 'nothing ever',
      resource: delivering({ bucketTime: null }),
      evidence: { bucketTime: null, startLoggingTime: DELIVERY.startLoggingTime },
    },
    {
      name: 'delivered long ago, and since when it logs is not known',
      resource: delivering({ bucketTime: '2025-01-01T00:00:00Z', startLoggingTime: null }),
    },
    {
      name: "the organization's",
      resource: { ...delivering({ bucketError: 'AccessDenied' }), ...INHERITED },
      message: 'of account 444455556666',
    },
  ],
  skip: [
    {
      name: 'a stopped trail',
      resource: { ...delivering({ bucketError: 'AccessDenied' }), status: { isLogging: false } },
      message: 'not logging',
    },
    {
      name: 'began to log a moment ago',
      resource: delivering({ bucketTime: null, startLoggingTime: '2025-12-31T23:00:01Z' }),
      message: 'an hour',
    },
  ],
  unknown: [{ name: 'neither time is known', resource: delivering({ bucketTime: null, startLoggingTime: null }) }],
});
