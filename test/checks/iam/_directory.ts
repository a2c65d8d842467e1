import { OWN } from './_principals.ts';

export const ORGANIZATION = 'o-a1b2c3d4e5';
export const MANAGEMENT = '999988887777';
export const MEMBER = '555566667777';
export const VENDOR = '888877776666';

/** The audited account as a member of an organization, whose accounts may be listed. */
export const inOrganization = {
  accounts: [
    { id: OWN, organization: { id: ORGANIZATION, managementAccount: MANAGEMENT, featureSet: 'ALL' as const } },
  ],
  members: [{ id: MEMBER, name: 'member', state: 'ACTIVE' as const }],
};
export const standAlone = { accounts: [{ id: OWN, organization: null }] };
