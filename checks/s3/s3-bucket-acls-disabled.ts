import { check, fail, pass, rated } from '../../lib/core/check.ts';
import { ifKnown } from '../../lib/core/knowledge.ts';
import { isInForce } from '../../lib/policy/public-bucket.ts';
import { letsCloudFrontLogIn } from './_delivery.ts';

export default check({
  id: 's3-bucket-acls-disabled',
  title: 'Buckets have ACLs disabled',
  severity: 'medium',
  why: 'Each object may carry an ACL of its own: a private bucket can hold public objects, which no policy shows.',
  fix: `aws s3api put-bucket-ownership-controls --bucket <bucket> --ownership-controls 'Rules=[{ObjectOwnership=BucketOwnerEnforced}]'`,
  resource: 'AWS::S3::Bucket',
  needs: ['ownership', 'accountPublicAccessBlock', 'publicAccessBlock', 'acl'],
  evaluate(bucket) {
    const { ownership } = bucket;
    if (ownership === 'BucketOwnerEnforced') return pass('ACLs are disabled', { ownership });
    const verdict = fail(`ACLs are enabled: object ownership ${ownership ? `is ${ownership}` : 'was never set'}`, {
      ownership,
    });
    if (ifKnown(() => isInForce(bucket, 'ignorePublicAcls'), false))
      return rated('low', 'Block Public Access ignores public ones', verdict);
    return ifKnown(() => letsCloudFrontLogIn(bucket.acl), false)
      ? rated('low', 'CloudFront delivers its standard logs by ACL, as awslogsdelivery', verdict)
      : verdict;
  },
});
