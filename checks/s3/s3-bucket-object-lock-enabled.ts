import { check, fail, pass, skip, table } from '../../lib/core/check.ts';
import { isArchive } from './_destinations.ts';
import { lockProblem, strengthOf } from './_lock.ts';

export default check({
  id: 's3-bucket-object-lock-enabled',
  title: 'Nobody can delete or overwrite what is in a log archive',
  severity: 'medium',
  why: 'An intruder with enough permissions wipes the logs that would tell what he did.',
  fix: `aws s3api put-object-lock-configuration --bucket <bucket> --object-lock-configuration '{"ObjectLockEnabled":"Enabled","Rule":{"DefaultRetention":{"Mode":"COMPLIANCE","Days":365}}}'`,
  resource: 'AWS::S3::Bucket',
  needs: ['objectLock', 'policy', 'tags'],
  uses: { buckets: table('AWS::S3::Bucket', 'logging'), trails: table('AWS::CloudTrail::Trail', 'description') },
  /** 'log-archives' judges the buckets that keep logs and those with one of the tags, 'all' every bucket. */
  params: { applyTo: 'log-archives', minRetentionDays: 365, archiveTags: { Purpose: ['audit-logs'] } },
  evaluate(bucket, { params, buckets, trails }) {
    const { objectLock } = bucket;
    const problem = lockProblem(objectLock, params.minRetentionDays);
    if (!problem) return pass(`new objects are locked, ${strengthOf(objectLock)}`, { objectLock });
    if (params.applyTo !== 'all' && !isArchive(bucket, params.archiveTags, trails))
      return skip('it is not known as a log archive');
    if (buckets.having('logging', bucket.id).some(() => true))
      return skip('it receives access logs, which S3 cannot write where there is a default retention');
    return fail(problem, { objectLock });
  },
});
