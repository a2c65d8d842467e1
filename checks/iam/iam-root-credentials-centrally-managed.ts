import { check, fail, pass, skip } from '../../lib/core/check.ts';

const FEATURE = 'RootCredentialsManagement';

export default check({
  id: 'iam-root-credentials-centrally-managed',
  title: 'The organization manages the root users of its members centrally',
  severity: 'medium',
  why: 'Each member account keeps a root password of its own, which somebody must guard, or which anybody can reset by mail.',
  fix: 'aws iam enable-organizations-root-credentials-management',
  resource: 'AWS::::Account',
  needs: ['organizationFeatures', 'organization'],
  evaluate(account) {
    const enabled = account.organizationFeatures;
    if (enabled === null) return skip('neither the management account nor the delegated administrator for IAM');
    if (enabled.includes(FEATURE)) return pass('root credentials are managed centrally', { enabled });
    const isWhole = account.organization?.featureSet === 'ALL';
    const reason = isWhole ? '' : ', which takes an organization with all features';
    return fail(`root credentials are not managed centrally${reason}`, { enabled });
  },
});
