import isMember from '../../../checks/organizations/organizations-account-is-member.ts';
import { cases } from '../../support/cases.ts';

const ORGANIZATION = { id: 'o-harbour001', managementAccount: '444455556666', featureSet: 'ALL' } as const;
const resource = { organization: ORGANIZATION };

cases(isMember, {
  pass: [
    {
      name: 'with all features',
      resource,
      message: 'o-harbour001',
      evidence: { id: 'o-harbour001', featureSet: 'ALL' },
    },
    { name: 'the one that is expected', resource, params: { expectedOrganizationId: 'o-harbour001' } },
  ],
  fail: [
    { name: 'in none', resource: { organization: null }, message: 'no organisation', evidence: { organization: null } },
    {
      name: 'for the bill alone',
      resource: { organization: { ...ORGANIZATION, featureSet: 'CONSOLIDATED_BILLING' } },
      message: 'CONSOLIDATED_BILLING',
      evidence: { featureSet: 'CONSOLIDATED_BILLING' },
    },
    {
      name: 'another one: the account was moved',
      resource,
      params: { expectedOrganizationId: 'o-other00001' },
      evidence: { id: 'o-harbour001' },
    },
    {
      name: 'in none, though one is expected',
      resource: { organization: null },
      params: { expectedOrganizationId: 'o-harbour001' },
    },
  ],
  skip: [{ name: 'stand-alone by intent', resource: { organization: null }, params: { standaloneOk: true } }],
});
