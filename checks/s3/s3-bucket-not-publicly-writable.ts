import { check, fail, pass } from '../../lib/core/check.ts';
import { BUCKET_ACCESS, publicAccessEvidence, publicWriteWays } from '../../lib/policy/public-bucket.ts';

export default check({
  id: 's3-bucket-not-publicly-writable',
  title: 'No bucket lets the public write, delete or take over',
  severity: 'critical',
  why: 'Strangers replace what the bucket serves, delete it, fill it at your cost, or lock you out of it.',
  fix: 'aws s3api put-public-access-block --bucket <bucket> --public-access-block-configuration BlockPublicAcls=true,IgnorePublicAcls=true,BlockPublicPolicy=true,RestrictPublicBuckets=true',
  resource: 'AWS::S3::Bucket',
  needs: BUCKET_ACCESS,
  evaluate(bucket) {
    const ways = publicWriteWays(bucket);
    if (ways.length === 0) return pass('the public cannot write');
    return fail(`the public can write through ${ways.join(', ')}`, publicAccessEvidence(bucket));
  },
});
