import { check, fail, pass, skip, table, unknown } from '../../lib/core/check.ts';
import { blockedWays, BUCKET_ACCESS, publicAccessEvidence, publicWays } from '../../lib/policy/public-bucket.ts';

export default check({
  id: 'cloudtrail-log-bucket-not-public',
  title: 'The bucket of a trail is not public',
  severity: 'critical',
  why: 'The log tells strangers every principal, resource and habit of the account, and perhaps lets them erase their own traces.',
  fix: 'aws s3api put-public-access-block --bucket <log-bucket> --public-access-block-configuration BlockPublicAcls=true,IgnorePublicAcls=true,BlockPublicPolicy=true,RestrictPublicBuckets=true',
  resource: 'AWS::CloudTrail::Trail',
  needs: ['description'],
  uses: { buckets: table('AWS::S3::Bucket', ...BUCKET_ACCESS) },
  evaluate({ account, owner, description }, { buckets }) {
    const name = description.s3BucketName;
    const bucket = buckets.get(name);
    if (!bucket && owner !== account)
      return skip(`bucket ${name} is for account ${owner}, whose organization's trail this is, to answer for`);
    if (!bucket)
      return unknown(`bucket ${name} is in another account: audit the one that owns it, such as the log archive`);
    const ways = publicWays(bucket);
    if (ways.length > 0)
      return fail(`bucket ${name} is public through ${ways.join(', ')}`, publicAccessEvidence(bucket));
    const blocked = blockedWays(bucket);
    if (blocked.length > 0)
      return pass(`only Block Public Access keeps bucket ${name} from being public through ${blocked.join(', ')}`);
    return pass(`bucket ${name} is not public`);
  },
});
