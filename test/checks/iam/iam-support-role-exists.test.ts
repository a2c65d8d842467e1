import supportRole from '../../../checks/iam/iam-support-role-exists.ts';
import { cases } from '../../support/cases.ts';
import { CREATED } from './_fixtures.ts';

const account = { arn: 'arn:aws:iam::111122223333:root' };
const role = (id: string, ...arns: string[]) => ({
  id,
  arn: `arn:aws:iam::111122223333:role/${id}`,
  uniqueId: 'AROA1',
  path: '/',
  created: CREATED.toISOString(),
  trust: '{}',
  attachedPolicies: arns.map((arn) => ({ name: arn.split('/').at(-1)!, arn })),
  documents: [],
  permissionsBoundary: null,
  instanceProfiles: [],
  lastUsed: null,
  lastUsedRegion: null,
});
const SUPPORT = 'arn:aws:iam::aws:policy/AWSSupportAccess';

cases(supportRole, {
  pass: [
    {
      name: 'one among others, that of a permission set included',
      resource: account,
      with: {
        roles: [role('app'), role('AWSReservedSSO_Support_0123456789abcdef', 'arn:aws:iam::aws:policy/X', SUPPORT)],
      },
      message: 'not judged here',
      evidence: { roles: ['AWSReservedSSO_Support_0123456789abcdef'] },
    },
    {
      name: 'China',
      resource: { arn: 'arn:aws-cn:iam::111122223333:root' },
      with: { roles: [role('incidents', 'arn:aws-cn:iam::aws:policy/AWSSupportAccess')] },
    },
    {
      name: 'another policy that is accepted',
      resource: account,
      with: { roles: [role('incidents', 'arn:aws:iam::aws:policy/job-function/SupportUser')] },
      params: { acceptedPolicies: ['AWSSupportAccess', 'job-function/SupportUser'] },
    },
  ],
  fail: [
    { name: 'no roles', resource: account, message: 'no role has AWSSupportAccess' },
    {
      name: 'the service-linked role that stands everywhere has another policy',
      resource: account,
      with: {
        roles: [
          role('AWSServiceRoleForSupport', 'arn:aws:iam::aws:policy/aws-service-role/AWSSupportServiceRolePolicy'),
        ],
      },
    },
    {
      name: 'a policy of the account with that name',
      resource: account,
      with: { roles: [role('incidents', 'arn:aws:iam::111122223333:policy/AWSSupportAccess')] },
    },
    {
      name: 'neither of those accepted',
      resource: account,
      with: { roles: [role('incidents')] },
      params: { acceptedPolicies: ['AWSSupportAccess', 'Other'] },
      message: 'no role has AWSSupportAccess or Other',
    },
  ],
});
