import { check, fail, pass, table } from '../../lib/core/check.ts';
import { deliveryProblem } from '../s3/_delivery.ts';
import { elsewhere, isRecordedByOthers } from './_log-bucket.ts';

export default check({
  id: 'cloudtrail-log-bucket-access-logging',
  title: 'Access to the bucket of a trail is logged',
  severity: 'low',
  why: 'Nobody can tell who read the log files, or who removed some.',
  fix: `aws s3api put-bucket-logging --bucket <log-bucket> --bucket-logging-status '{"LoggingEnabled":{"TargetBucket":"<bucket-for-access-logs>","TargetPrefix":"cloudtrail/"}}'`,
  resource: 'AWS::CloudTrail::Trail',
  needs: ['description'],
  uses: {
    buckets: table('AWS::S3::Bucket', 'logging', 'policy', 'acl'),
    trails: table('AWS::CloudTrail::Trail', 'description', 'status', 'eventSelectors'),
  },
  params: { acceptDataEvents: false },
  evaluate(trail, { params, buckets, trails }) {
    const bucket = buckets.get(trail.description.s3BucketName);
    if (!bucket) return elsewhere(trail);
    const { id, logging } = bucket;
    if (logging === id) return pass(`access to bucket ${id} is logged into itself, where each log makes another`);
    const problem = deliveryProblem(bucket, buckets);
    if (!problem) return pass(`access to bucket ${id} is logged to ${logging}`, { logging });
    if (params.acceptDataEvents && isRecordedByOthers(bucket, trail, trails))
      return pass(`other trails record all reads and writes of objects in bucket ${id}`);
    return fail(`bucket ${id}: ${problem}`, { logging });
  },
});
