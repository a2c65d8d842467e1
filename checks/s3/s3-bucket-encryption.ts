import { check, fail, pass, rated, unknown } from '../../lib/core/check.ts';
import { ALGORITHMS, namesCustomerKey, refusesCallerKeys } from './_encryption.ts';
import { hasTag } from './_tags.ts';

export default check({
  id: 's3-bucket-encryption',
  title: 'Buckets encrypt new objects by default, with KMS where that is required',
  severity: 'medium',
  why: 'With keys of S3, whoever may read an object gets it decrypted: no key policy, no record of use, no way to revoke the key.',
  fix: `aws s3api put-bucket-encryption --bucket <bucket> --server-side-encryption-configuration '{"Rules":[{"ApplyServerSideEncryptionByDefault":{"SSEAlgorithm":"aws:kms","KMSMasterKeyID":"<key-arn>"},"BucketKeyEnabled":true}]}'`,
  resource: 'AWS::S3::Bucket',
  needs: ['encryption', 'tags'],
  params: {
    requireKms: false,
    kmsTags: { DataClass: ['confidential'] },
    requireCustomerKey: false,
    requireSsecBlocked: false,
  },
  evaluate(bucket, { params }) {
    const { encryption } = bucket;
    if (!encryption) return fail('there is no default encryption');
    const { algorithm } = encryption;
    if (!ALGORITHMS.includes(algorithm)) return unknown(`the algorithm ${algorithm} is not one that is known here`);
    if (params.requireCustomerKey && !namesCustomerKey(encryption))
      return fail('no customer managed key is named', { encryption });
    if (algorithm === 'AES256' && (params.requireKms || hasTag(bucket.tags, params.kmsTags)))
      return fail('encrypted with keys of S3, where a KMS key is required', { encryption });
    const refusesOthers = params.requireSsecBlocked ? refusesCallerKeys(encryption) : true;
    if (refusesOthers === null) return unknown('S3 does not say whether it refuses keys of the caller (SSE-C)');
    if (refusesOthers) return pass(`encrypted with ${algorithm}`, { encryption });
    const ransom = fail('keys of the caller (SSE-C) are accepted', { encryption });
    return rated('low', 'a risk of ransom, not of a leak', ransom);
  },
});
