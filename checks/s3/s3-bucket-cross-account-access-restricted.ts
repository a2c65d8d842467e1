import { check, fail, pass, rated } from '../../lib/core/check.ts';
import { bucketPolicy } from '../../lib/policy/public-bucket.ts';
import { DIRECTORY, organizationTrust } from '../iam/_organization.ts';
import { foreignStatements, namesIn, staleStatements } from './_foreign.ts';

export default check({
  id: 's3-bucket-cross-account-access-restricted',
  title: 'Bucket policies name no accounts but trusted ones',
  severity: 'medium',
  why: 'Whoever runs the other account, or breaks into it, reaches your data with permissions that you do not see.',
  fix: 'aws s3api put-bucket-policy --bucket <bucket> --policy file://<policy-of-trusted-accounts.json>',
  resource: 'AWS::S3::Bucket',
  needs: ['policy'],
  uses: DIRECTORY,
  params: { trustedAccounts: [] as readonly string[], trustedOrgIds: [] as readonly string[] },
  evaluate(bucket, { params, ...directory }) {
    const policy = bucketPolicy(bucket.policy);
    if (!policy) return pass('there is no bucket policy');
    const scope = { account: bucket.account };
    const trust = organizationTrust(bucket.account, directory, [...params.trustedAccounts, ...params.trustedOrgIds]);
    const foreign = foreignStatements(policy, scope, trust);
    const stale = staleStatements(policy, scope);
    if (foreign.length === 0 && stale.length === 0) return pass('all accounts that it names are trusted');
    const deleted = fail('names users or roles that were deleted', { stale });
    if (foreign.length === 0) return rated('low', 'they match nobody', deleted);
    const verdict = fail(`lets in ${namesIn(foreign)}`, { foreign });
    const changesAccess = foreign.some((one) => one.changesAccess);
    return changesAccess ? rated('high', 'they may change who else gets in', verdict) : verdict;
  },
});
