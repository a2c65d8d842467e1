import { check, fail, pass, skip, table } from '../../lib/core/check.ts';
import { hasTag } from '../../lib/core/tags.ts';
import { isLogArchive } from './_destinations.ts';
import { enabled, expiring, expiryProblem, scopeOf } from './_lifecycle.ts';

export default check({
  id: 's3-bucket-lifecycle-configured',
  title: 'Buckets delete old objects by themselves',
  severity: 'low',
  why: 'What nobody needs any more is kept for ever: it costs money, and it leaks with the rest.',
  fix: 'aws s3api put-bucket-lifecycle-configuration --bucket <bucket> --lifecycle-configuration file://<lifecycle.json>',
  resource: 'AWS::S3::Bucket',
  needs: ['lifecycle', 'versioning', 'objectLock', 'policy', 'tags'],
  uses: { trails: table('AWS::CloudTrail::Trail', 'description') },
  /** Where no expiration is required, any rule will do: one that moves objects, or ends uploads. */
  params: { requireExpiration: true, keepTags: { Retention: ['forever'] } },
  evaluate(bucket, { params, trails }) {
    const rules = bucket.lifecycle ?? [];
    if (!params.requireExpiration && enabled(rules).length > 0) return pass('there are lifecycle rules', { rules });
    const problem = expiryProblem(rules, bucket.versioning.status !== null);
    if (!problem) return pass(`${scopeOf(expiring(rules))} expire`, { rules });
    if (hasTag(bucket.tags, params.keepTags)) return skip('its tags say that it keeps everything');
    if (bucket.objectLock?.retention && isLogArchive(bucket, trails))
      return skip('it keeps logs for as long as Object Lock says');
    return fail(bucket.lifecycle ? problem : 'there are no lifecycle rules', { rules });
  },
});
