import { check, fail, pass, table } from '../../lib/core/check.ts';
import { elsewhere, lockProblem } from './_log-bucket.ts';

export default check({
  id: 'cloudtrail-log-bucket-immutable',
  title: 'The log files of trails are locked against deletion',
  severity: 'medium',
  why: 'Whoever takes over the account that keeps the log files can remove the traces.',
  fix: `aws s3api put-object-lock-configuration --bucket <log-bucket> --object-lock-configuration '{"ObjectLockEnabled":"Enabled","Rule":{"DefaultRetention":{"Mode":"COMPLIANCE","Days":365}}}'`,
  resource: 'AWS::CloudTrail::Trail',
  needs: ['description'],
  uses: { buckets: table('AWS::S3::Bucket', 'objectLock', 'versioning') },
  params: { acceptedModes: ['COMPLIANCE', 'GOVERNANCE'], minLockDays: 90, acceptMfaDelete: false },
  evaluate(trail, { params, buckets }) {
    const bucket = buckets.get(trail.description.s3BucketName);
    if (!bucket) return elsewhere(trail);
    const { id, objectLock } = bucket;
    const evidence = { retention: objectLock?.retention ? { ...objectLock.retention } : null };
    const problem = lockProblem(objectLock, params);
    if (!problem) return pass(`Object Lock keeps the log files in bucket ${id}`, evidence);
    if (params.acceptMfaDelete && bucket.versioning.status === 'Enabled' && bucket.versioning.mfaDelete === 'Enabled')
      return pass(`versions in bucket ${id} are deleted with MFA alone`, { versioning: bucket.versioning });
    return fail(`bucket ${id}: ${problem}`, evidence);
  },
});
