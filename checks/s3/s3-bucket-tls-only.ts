import { check, fail, pass } from '../../lib/core/check.ts';
import { bucketPolicy } from '../../lib/policy/public-bucket.ts';
import { deniesWithoutTls, minimumTlsVersion } from '../../lib/policy/transport.ts';

export default check({
  id: 's3-bucket-tls-only',
  title: 'Bucket policies deny requests without TLS',
  severity: 'medium',
  why: 'Plain HTTP lets anyone on the way read and change objects.',
  fix: 'aws s3api put-bucket-policy --bucket <bucket> --policy file://<existing-policy-plus-deny-of-plain-http.json>',
  resource: 'AWS::S3::Bucket',
  needs: ['policy'],
  params: { rcpEnforced: false, requireTls12: false },
  evaluate(bucket, { params }) {
    if (params.rcpEnforced && !params.requireTls12) return pass('a policy of the organization enforces TLS');
    const policy = bucketPolicy(bucket.policy);
    if (!policy) return fail('there is no bucket policy that denies it');
    const { isDenied, statements, open } = deniesWithoutTls(policy, bucket.arn);
    if (!isDenied && !params.rcpEnforced) return fail('plain HTTP is not denied to everyone', { statements, open });
    if (!params.requireTls12) return pass('plain HTTP is denied', { statements });
    const version = minimumTlsVersion(policy, bucket.arn);
    if (version < 1.2) return fail(`TLS ${version.toFixed(1)} is accepted`, { statements });
    return pass('plain HTTP is denied, and TLS older than 1.2', { statements });
  },
});
