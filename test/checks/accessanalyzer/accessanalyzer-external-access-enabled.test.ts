import enabled from '../../../checks/accessanalyzer/accessanalyzer-external-access-enabled.ts';
import { cases } from '../../support/cases.ts';

const resource = { id: 'eu-west-1' };
const analyzer = (
  kind: 'ACCOUNT' | 'ORGANIZATION' | 'ACCOUNT_UNUSED_ACCESS' | 'ORGANIZATION_INTERNAL_ACCESS',
  status: 'ACTIVE' | 'CREATING' | 'DISABLED' | 'FAILED' = 'ACTIVE',
) => ({ id: `${kind}-${status}`, kind, status });
const member = {
  id: '111122223333',
  organization: { id: 'o-harbour001', managementAccount: '444455556666', featureSet: 'ALL' as const },
};
const params = { coveredByOrganization: true };

cases(enabled, {
  pass: [
    {
      name: 'of the account',
      resource,
      with: { analyzers: [analyzer('ACCOUNT')] },
      message: /^an analyzer is active$/,
    },
    {
      name: 'of the organisation',
      resource,
      with: { analyzers: [analyzer('ORGANIZATION')] },
      message: /^satisfied by the organisation's analyzer$/,
    },
    {
      name: 'beside one that failed',
      resource,
      with: { analyzers: [analyzer('ACCOUNT', 'FAILED'), analyzer('ACCOUNT')] },
    },
    {
      name: 'of a delegated administrator, as the settings say',
      resource,
      with: { accounts: [member] },
      params,
      message: 'as the settings say',
    },
  ],
  fail: [
    { name: 'none', resource, message: 'there is no analyzer', evidence: { analyzers: [] } },
    {
      name: 'one for unused access',
      resource,
      with: { analyzers: [analyzer('ACCOUNT_UNUSED_ACCESS')] },
      evidence: { analyzers: [] },
    },
    { name: 'one for access from inside', resource, with: { analyzers: [analyzer('ORGANIZATION_INTERNAL_ACCESS')] } },
    {
      name: 'disabled: the delegated administrator changed',
      resource,
      with: { analyzers: [analyzer('ORGANIZATION', 'DISABLED')] },
      message: 'no analyzer is active',
      evidence: { analyzers: [{ id: 'ORGANIZATION-DISABLED', status: 'DISABLED' }] },
    },
    { name: 'failed', resource, with: { analyzers: [analyzer('ACCOUNT', 'FAILED')] } },
    {
      name: 'for unused access, being created',
      resource,
      with: { analyzers: [analyzer('ACCOUNT_UNUSED_ACCESS', 'CREATING')] },
    },
    {
      name: 'a stand-alone account, whatever the settings say',
      resource,
      with: { accounts: [{ ...member, organization: null }] },
      params,
    },
    { name: 'a member', resource, with: { accounts: [member] } },
  ],
  unknown: [{ name: 'one that is being created', resource, with: { analyzers: [analyzer('ACCOUNT', 'CREATING')] } }],
});
