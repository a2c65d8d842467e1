import managed from '../../../checks/iam/iam-root-credentials-centrally-managed.ts';
import { cases } from '../../support/cases.ts';

const organization = { id: 'o-a1b2c3d4e5', managementAccount: '111122223333', featureSet: 'ALL' as const };

cases(managed, {
  pass: [
    {
      name: 'root credentials among the features',
      resource: { organizationFeatures: ['RootCredentialsManagement', 'RootSessions'], organization },
      evidence: { enabled: ['RootCredentialsManagement', 'RootSessions'] },
    },
  ],
  fail: [
    {
      name: 'root sessions alone',
      resource: { organizationFeatures: ['RootSessions'], organization },
      message: /centrally$/,
      evidence: { enabled: ['RootSessions'] },
    },
    {
      name: 'none: IAM has no access to the organization, or no feature is on',
      resource: { organizationFeatures: [], organization },
    },
    {
      name: 'an organization for billing alone',
      resource: {
        organizationFeatures: [],
        organization: { ...organization, featureSet: 'CONSOLIDATED_BILLING' as const },
      },
      message: 'all features',
    },
    {
      name: 'an organization that was left while Ronda asked',
      resource: { organizationFeatures: [], organization: null },
    },
  ],
  skip: [
    {
      name: 'a member that manages nothing, or an account of its own',
      resource: { organizationFeatures: null, organization },
    },
  ],
});
