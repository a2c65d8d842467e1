import { check, fail, table, unknown } from '../../lib/core/check.ts';
import { ALGORITHMS, judgeCallerKeys, keyProblem } from './_encryption.ts';

export default check({
  id: 's3-bucket-encryption',
  title: 'Buckets encrypt new objects by default, with KMS where that is required',
  severity: 'medium',
  why: 'With keys of S3, whoever may read an object gets it decrypted: no key policy, no record of use, no way to revoke the key.',
  fix: `aws s3api put-bucket-encryption --bucket <bucket> --server-side-encryption-configuration '{"Rules":[{"ApplyServerSideEncryptionByDefault":{"SSEAlgorithm":"aws:kms","KMSMasterKeyID":"<key-arn>"},"BucketKeyEnabled":true}]}'`,
  resource: 'AWS::S3::Bucket',
  needs: ['encryption', 'tags'],
  uses: { keys: table('AWS::KMS::Key', 'metadata') },
  params: {
    requireKms: false,
    kmsTags: { DataClass: ['confidential'] },
    requireCustomerKey: false,
    requireSsecBlocked: false,
  },
  evaluate(bucket, context) {
    const { encryption } = bucket;
    if (!encryption) return fail('there is no default encryption');
    const { algorithm } = encryption;
    if (!ALGORITHMS.includes(algorithm)) return unknown(`the algorithm ${algorithm} is not one that is known here`);
    const problem = keyProblem(encryption, bucket, context);
    if (problem) return fail(problem, { encryption });
    return judgeCallerKeys(encryption, context.params.requireSsecBlocked);
  },
});
