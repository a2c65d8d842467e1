import { check, fail, pass } from '../../lib/core/check.ts';
import { witnesses } from '../../lib/core/knowledge.ts';
import { BLOCK_SETTINGS, isInForce } from '../../lib/policy/public-bucket.ts';

export default check({
  id: 's3-bucket-public-access-block',
  title: 'All four settings of Block Public Access are in force for each bucket',
  severity: 'medium',
  why: 'A bucket without them becomes public with the next policy or ACL that says so.',
  fix: 'aws s3api put-public-access-block --bucket <bucket> --public-access-block-configuration BlockPublicAcls=true,IgnorePublicAcls=true,BlockPublicPolicy=true,RestrictPublicBuckets=true',
  resource: 'AWS::S3::Bucket',
  needs: ['accountPublicAccessBlock', 'publicAccessBlock'],
  evaluate(bucket) {
    const off = witnesses(BLOCK_SETTINGS, (setting) => !isInForce(bucket, setting));
    if (off.length === 0) return pass('all four settings are on, at the bucket or at the account');
    const { publicAccessBlock, accountPublicAccessBlock } = bucket;
    return fail(`on neither at the bucket nor at the account: ${off.join(', ')}`, {
      publicAccessBlock,
      accountPublicAccessBlock,
    });
  },
});
