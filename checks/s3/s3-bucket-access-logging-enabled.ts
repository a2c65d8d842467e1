import { check, fail, pass, skip, table } from '../../lib/core/check.ts';
import { recordsObjects } from './_data-events.ts';
import { deliveryProblem } from './_delivery.ts';
import { isForLogs } from './_destinations.ts';

export default check({
  id: 's3-bucket-access-logging-enabled',
  title: 'Access to buckets is logged',
  severity: 'low',
  why: 'After a leak nobody can tell which objects were read, when, and by whom.',
  fix: `aws s3api put-bucket-logging --bucket <bucket> --bucket-logging-status '{"LoggingEnabled":{"TargetBucket":"<log-bucket>","TargetPrefix":"<bucket>/"}}'`,
  resource: 'AWS::S3::Bucket',
  needs: ['logging', 'policy', 'acl'],
  uses: {
    buckets: table('AWS::S3::Bucket', 'logging', 'policy', 'acl'),
    trails: table('AWS::CloudTrail::Trail', 'description', 'status', 'eventSelectors'),
  },
  params: { acceptCloudtrailDataEvents: true },
  evaluate(bucket, { params, buckets, trails }) {
    const problem = deliveryProblem(bucket, buckets);
    if (!problem) return pass(`access logs go to ${bucket.logging}`, { logging: bucket.logging });
    if (isForLogs(bucket, { buckets, trails }))
      return skip('it receives the logs of others: its own would feed on themselves');
    if (params.acceptCloudtrailDataEvents && recordsObjects(trails, bucket))
      return pass('CloudTrail records all reads and writes of its objects');
    return fail(problem, { logging: bucket.logging });
  },
});
