import organizationTrail from '../../../checks/cloudtrail/cloudtrail-organization-trail-enabled.ts';
import { cases } from '../../support/cases.ts';
import { described, INHERITED, ORGANIZATION, TRAIL } from './_trail.ts';

const resource = { organization: ORGANIZATION };
const own = { ...TRAIL, isOrganizationTrail: false };
const organizations = { ...TRAIL, isOrganizationTrail: true };
const inherited = { ...organizations, ...INHERITED, id: 'org' };

cases(organizationTrail, {
  pass: [
    {
      name: 'in the management account',
      resource,
      with: { trails: [own, organizations] },
      message: "a trail of the account's own",
    },
    {
      name: 'in a member',
      resource,
      with: { trails: [inherited] },
      message: 'satisfied by the organisation trail org of account 444455556666',
    },
  ],
  fail: [
    { name: 'no trail', resource, message: 'there is no organisation trail', evidence: { trails: [] } },
    { name: 'a trail of the account', resource, with: { trails: [own] }, evidence: { trails: [] } },
    {
      name: 'stopped, and so for every member',
      resource,
      with: { trails: [own, { ...inherited, status: { isLogging: false } }] },
      message: 'no organisation trail records all regions',
      evidence: { trails: [inherited.arn] },
    },
    {
      name: 'of one region',
      resource,
      with: { trails: [{ ...organizations, description: described({ isMultiRegionTrail: false }).description }] },
      evidence: { trails: [organizations.arn] },
    },
  ],
  skip: [{ name: 'a stand-alone account', resource: { organization: null }, with: { trails: [own] } }],
});
