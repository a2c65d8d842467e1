import { check, fail, pass, table } from '../../lib/core/check.ts';
import { elsewhere, logPrefix, retentionBy, rulesFor } from './_log-bucket.ts';

export default check({
  id: 'cloudtrail-log-bucket-retention',
  title: 'The log files of trails are kept for as long as required',
  severity: 'medium',
  why: 'Intrusions are often found months later, when the log of how they began is gone.',
  fix: 'aws s3api put-bucket-lifecycle-configuration --bucket <log-bucket> --lifecycle-configuration <rules-without-early-expiration>',
  resource: 'AWS::CloudTrail::Trail',
  needs: ['description', 's3KeyPrefix'],
  uses: { buckets: table('AWS::S3::Bucket', 'lifecycle', 'versioning', 'objectLock') },
  params: { minRetentionDays: 365 },
  evaluate(trail, { now, params, buckets }) {
    const bucket = buckets.get(trail.description.s3BucketName);
    if (!bucket) return elsewhere(trail);
    const { id, lifecycle } = bucket;
    const rules = lifecycle ? rulesFor(lifecycle, logPrefix(trail.s3KeyPrefix)) : [];
    const { expiry, days } = retentionBy(rules, bucket.versioning.status, now);
    if (expiry === Infinity) return pass(`nothing deletes log files from bucket ${id}`);
    if (days === Infinity) return pass(`bucket ${id} keeps the versions of log files that expire`);
    if (days >= params.minRetentionDays) return pass(`bucket ${id} keeps log files for ${days} days`, { days });
    const lockDays = bucket.objectLock?.retention?.days ?? 0;
    if (lockDays >= params.minRetentionDays)
      return pass(`Object Lock keeps log files in bucket ${id} for ${lockDays} days, whatever its lifecycle`);
    return fail(`bucket ${id} deletes log files after ${days} days`, { days, rules: rules.map((rule) => rule.id) });
  },
});
