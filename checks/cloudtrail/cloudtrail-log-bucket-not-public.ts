import { check, fail, pass, table } from '../../lib/core/check.ts';
import { blockedWays, BUCKET_ACCESS, publicAccessEvidence, publicWays } from '../../lib/policy/public-bucket.ts';
import { elsewhere } from './_log-bucket.ts';

export default check({
  id: 'cloudtrail-log-bucket-not-public',
  title: 'The bucket of a trail is not public',
  severity: 'critical',
  why: 'The log tells strangers every principal, resource and habit of the account, and perhaps lets them erase their own traces.',
  fix: 'aws s3api put-public-access-block --bucket <log-bucket> --public-access-block-configuration BlockPublicAcls=true,IgnorePublicAcls=true,BlockPublicPolicy=true,RestrictPublicBuckets=true',
  resource: 'AWS::CloudTrail::Trail',
  needs: ['description'],
  uses: { buckets: table('AWS::S3::Bucket', ...BUCKET_ACCESS) },
  evaluate(trail, { buckets }) {
    const name = trail.description.s3BucketName;
    const bucket = buckets.get(name);
    if (!bucket) return elsewhere(trail);
    const ways = publicWays(bucket);
    if (ways.length > 0)
      return fail(`bucket ${name} is public through ${ways.join(', ')}`, publicAccessEvidence(bucket));
    const blocked = blockedWays(bucket);
    if (blocked.length > 0)
      return pass(`only Block Public Access keeps bucket ${name} from being public through ${blocked.join(', ')}`);
    return pass(`bucket ${name} is not public`);
  },
});
