import { check, fail, pass, rated } from '../../lib/core/check.ts';
import { ifKnown } from '../../lib/core/knowledge.ts';
import { BUCKET_ACCESS, publicAccessEvidence, publicWays } from '../../lib/policy/public-bucket.ts';
import { usesKms } from './_encryption.ts';

export default check({
  id: 's3-bucket-not-public',
  title: 'No bucket is open to the public',
  severity: 'critical',
  why: 'Strangers read what a public bucket holds, and may be able to change or delete it.',
  fix: 'aws s3api put-public-access-block --bucket <bucket> --public-access-block-configuration BlockPublicAcls=true,IgnorePublicAcls=true,BlockPublicPolicy=true,RestrictPublicBuckets=true',
  resource: 'AWS::S3::Bucket',
  needs: [...BUCKET_ACCESS, 'encryption'],
  evaluate(bucket) {
    const ways = publicWays(bucket);
    if (ways.length === 0) return pass('not public');
    const verdict = fail(`public through ${ways.join(', ')}`, publicAccessEvidence(bucket));
    const isEncrypted = ifKnown(() => usesKms(bucket.encryption), false);
    return isEncrypted ? rated('high', 'strangers cannot decrypt what KMS encrypts', verdict) : verdict;
  },
});
