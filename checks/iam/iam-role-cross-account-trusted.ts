import { check, fail, pass, skip } from '../../lib/core/check.ts';
import { DIRECTORY, organizationTrust, trustIn } from './_organization.ts';
import { foreignTrusts, hasDeleted, strangeOnes } from './_trust.ts';

export default check({
  id: 'iam-role-cross-account-trusted',
  title: 'Roles trust approved accounts alone',
  severity: 'high',
  why: 'Whoever breaks into a trusted account is in this one as well.',
  fix: 'aws iam update-assume-role-policy --role-name <role> --policy-document file://<trust-policy>.json',
  resource: 'AWS::IAM::Role',
  uses: DIRECTORY,
  params: { trustedAccounts: [] as readonly string[], trustOwnOrganization: true },
  evaluate(role, { params, ...directory }) {
    const trusts = foreignTrusts(role);
    if (trusts.length === 0) {
      const orphans = hasDeleted(role) ? ', and some that were deleted since' : '';
      return skip(`no principals of other accounts by name${orphans}`);
    }
    const { trustedAccounts, trustOwnOrganization } = params;
    const trust = trustOwnOrganization
      ? organizationTrust(role.account, directory, trustedAccounts)
      : trustIn(trustedAccounts);
    const statements = strangeOnes(role, trusts, trust);
    if (statements.length === 0) return pass('each other account is approved');
    const names = [...new Set(statements.flatMap((one) => one.strangers))];
    return fail(`trusts ${names.join(', ')}`, { statements });
  },
});
