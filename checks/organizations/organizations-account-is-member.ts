import { check, fail, pass, skip } from '../../lib/core/check.ts';

export default check({
  id: 'organizations-account-is-member',
  title: 'The account belongs to an organisation with all features',
  severity: 'medium',
  why: 'Nobody above the account can record what it does, restrict it, or take it back from its root user.',
  fix: 'aws organizations create-organization --feature-set ALL',
  resource: 'AWS::::Account',
  needs: ['organization'],
  params: { standaloneOk: false, expectedOrganizationId: null as string | null },
  evaluate({ organization }, { params }) {
    if (!organization)
      return params.standaloneOk ? skip('stand-alone by intent') : fail('it is in no organisation', { organization });
    const { id, featureSet } = organization;
    if (params.expectedOrganizationId !== null && id !== params.expectedOrganizationId)
      return fail(`it is in organisation ${id}, not in ${params.expectedOrganizationId}`, { id });
    if (featureSet !== 'ALL') return fail(`organisation ${id} has the feature set ${featureSet}`, { featureSet });
    return pass(`it is in organisation ${id}, which has all features`, { id, featureSet });
  },
});
