import type { LifecycleRule } from '../../../checks/s3/_configurations.ts';

/** A lifecycle rule that expires all objects. */
export const EXPIRES: LifecycleRule = {
  id: 'expire',
  isEnabled: true,
  prefix: '',
  isNarrowed: false,
  days: 90,
  date: null,
  noncurrentDays: null,
  newerNoncurrentVersions: null,
};

/** A bucket policy by which somebody writes objects. */
export function deliveryTo(bucket: string, Principal: object, difference: object = {}): string {
  const statement = {
    Effect: 'Allow',
    Principal,
    Action: 's3:PutObject',
    Resource: `arn:aws:s3:::${bucket}/AWSLogs/*`,
  };
  return JSON.stringify({ Version: '2012-10-17', Statement: [{ ...statement, ...difference }] });
}
