import { check, fail, pass, skip } from '../../lib/core/check.ts';
import { DIRECTORY, organizationTrust } from './_organization.ts';
import { foreignTrusts, isProven, strangeOnes } from './_trust.ts';

export default check({
  id: 'iam-role-cross-account-external-id',
  title: 'Roles for third parties ask for an external ID, or for MFA of people',
  severity: 'high',
  why: 'Another customer of the same vendor can have it act in this account by telling it the ARN of the role.',
  fix: 'aws iam update-assume-role-policy --role-name <role> --policy-document file://<trust-policy-with-external-id>.json',
  resource: 'AWS::IAM::Role',
  uses: DIRECTORY,
  params: { exemptAccounts: [] as readonly string[], acceptMfa: true },
  evaluate(role, { params, ...directory }) {
    const trusts = foreignTrusts(role, ['sts:AssumeRole']);
    if (trusts.length === 0) return skip('no third party by name');
    const bare = trusts.filter(({ statement }) => !isProven(statement, params.acceptMfa));
    const statements = strangeOnes(role, bare, organizationTrust(role.account, directory, params.exemptAccounts));
    if (statements.length === 0 && bare.length === trusts.length) return skip('no third party, but own accounts alone');
    if (statements.length === 0) return pass('each third party has to prove on whose behalf it calls');
    const names = [...new Set(statements.flatMap((one) => one.strangers))];
    return fail(`${names.join(', ')} may assume the role without an external ID`, { statements });
  },
});
