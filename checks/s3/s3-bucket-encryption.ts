import { check, fail, pass, rated, unknown } from '../../lib/core/check.ts';
import { ALGORITHMS, namesCustomerKey } from './_encryption.ts';
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
    const { algorithm, blockedTypes } = encryption;
    if (!ALGORITHMS.includes(algorithm)) return unknown(`the algorithm ${algorithm} is not one that is known here`);
    if (params.requireCustomerKey && !namesCustomerKey(encryption))
      return fail('no customer managed key', { encryption });
    const isKmsRequired = algorithm === 'AES256' && (params.requireKms || hasTag(bucket.tags, params.kmsTags));
    if (isKmsRequired) return fail('encrypted with keys of S3 where KMS is required', { encryption });
    if (!params.requireSsecBlocked || blockedTypes?.includes('SSE-C'))
      return pass(`encrypted with ${algorithm}`, { encryption });
    if (!blockedTypes) return unknown('S3 does not say whether it refuses keys of the caller (SSE-C)');
    return rated(
      'low',
      'it lets a thief encrypt data with a key of his own',
      fail('keys of the caller (SSE-C) are accepted', { encryption }),
    );
  },
});
