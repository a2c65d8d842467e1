import { check, fail, pass } from '../../lib/core/check.ts';
import { witnesses } from '../../lib/core/knowledge.ts';
import { BLOCK_SETTINGS, isInForce } from '../../lib/policy/public-bucket.ts';

export default check({
  id: 's3-access-point-public-access-block',
  title: 'Access points that the internet reaches block public access',
  severity: 'medium',
  why: 'An access point without the block becomes a public door to its buckets with the next policy that says so.',
  // The settings cannot be changed: an access point is made anew.
  fix: 'aws s3control create-access-point --account-id <account-id> --name <new-access-point> --bucket <bucket> --public-access-block-configuration BlockPublicAcls=true,IgnorePublicAcls=true,BlockPublicPolicy=true,RestrictPublicBuckets=true',
  resource: ['AWS::S3::AccessPoint', 'AWS::S3::MultiRegionAccessPoint'],
  needs: ['accountPublicAccessBlock', 'publicAccessBlock'],
  evaluate(point) {
    if (point.networkOrigin === 'VPC') return pass('only a VPC reaches it');
    const off = witnesses(BLOCK_SETTINGS, (setting) => !isInForce(point, setting));
    if (off.length === 0) return pass('all four settings are on, at the access point or at the account');
    const { publicAccessBlock, accountPublicAccessBlock } = point;
    return fail(`on neither at the access point nor at the account: ${off.join(', ')}`, {
      publicAccessBlock,
      accountPublicAccessBlock,
    });
  },
});
