import adminMfa from '../../../checks/iam/iam-user-admin-mfa-enabled.ts';
import { cases } from '../../support/cases.ts';
import { CREATED, credentialsWith, REPORT_TIME, USER } from './_fixtures.ts';

const everything = (name: string) => ({
  name,
  text: '{"Statement":{"Effect":"Allow","Action":"*","Resource":"*"}}',
});
const OF_AWS = { name: 'AdministratorAccess', arn: 'arn:aws:iam::aws:policy/AdministratorAccess' };
const awsPolicies = [{ id: OF_AWS.name, arn: OF_AWS.arn, documents: [everything(OF_AWS.name)] }];
const OWN = { name: 'own', arn: 'arn:aws:iam::111122223333:policy/own' };
const policies = [
  {
    id: OWN.name,
    arn: OWN.arn,
    uniqueId: 'ANPA1',
    path: '/',
    created: CREATED.toISOString(),
    updated: CREATED.toISOString(),
    attachmentCount: 1,
    boundaryCount: 0,
    versionId: 'v1',
    documents: [everything('own')],
  },
];
const admins = {
  id: 'admins',
  arn: 'arn:aws:iam::111122223333:group/admins',
  uniqueId: 'AGPA1',
  path: '/',
  created: CREATED.toISOString(),
  attachedPolicies: [OF_AWS],
  documents: [],
};
const keys = (...active: boolean[]) => ({
  accessKeys: active.map((one) => ({ active: one, created: CREATED.toISOString(), lastUsed: null })),
  reportTime: REPORT_TIME,
});
const person = (credentials: Parameters<typeof credentialsWith>[0], active: boolean[] = []) => ({
  ...USER,
  credentials: credentialsWith(credentials),
  keys: keys(...active),
});
const admin = (...[credentials, active]: Parameters<typeof person>) => ({
  ...person(credentials, active),
  documents: [everything('inline')],
});
const told = { passwordEnabled: false, mfaActive: false, reportTime: REPORT_TIME };

cases(adminMfa, {
  pass: [
    {
      name: 'with MFA',
      resource: admin({ passwordEnabled: true, mfaActive: true }, [true]),
      evidence: { ...told, passwordEnabled: true, mfaActive: true },
    },
    {
      name: 'without MFA, password and active key: nobody gets in',
      resource: admin({}, [false, false]),
      message: 'without credentials',
      evidence: { ...told, activeAccessKeys: 0 },
    },
  ],
  fail: [
    {
      name: 'a password alone',
      resource: admin({ passwordEnabled: true }),
      message: 'password',
      evidence: { ...told, passwordEnabled: true },
    },
    {
      name: 'an active key alone',
      resource: admin({}, [false, true]),
      message: 'access key',
      evidence: { ...told, activeAccessKeys: 1 },
    },
    {
      name: 'an administrator by a group, as live calls confirmed',
      resource: { ...person({ passwordEnabled: true, reportTime: null }), groups: ['admins'] },
      with: { groups: [admins], awsPolicies },
      evidence: { ...told, passwordEnabled: true, reportTime: null },
    },
    {
      name: 'an administrator by a policy of the account',
      resource: { ...person({}, [true]), attachedPolicies: [OWN] },
      with: { policies },
    },
  ],
  skip: [
    { name: 'a user who may do nothing', resource: person({ passwordEnabled: true }, [true]) },
    {
      name: 'a member of a group that may do nothing',
      resource: { ...person({ passwordEnabled: true }), groups: ['admins'] },
      with: { groups: [{ ...admins, attachedPolicies: [] }] },
    },
  ],
});
