import keyRotated from '../../../checks/iam/iam-user-access-key-rotated.ts';
import { cases } from '../../support/cases.ts';
import { CREATED, daysAgo, REPORT_TIME } from './_fixtures.ts';

const userArn = 'arn:aws:iam::111122223333:user/alice';
const key = (created: string | null, lastUsed: string | null = null, active = true) => ({
  userName: 'alice',
  userArn,
  slot: 1 as const,
  state: { active, created, lastUsed, reportTime: REPORT_TIME },
});
const common = { uniqueId: 'X', path: '/', created: CREATED.toISOString(), attachedPolicies: [], documents: [] };
const alice = { ...common, id: 'alice', arn: userArn, groups: ['admins'], permissionsBoundary: null };
const ADMIN = { name: 'AdministratorAccess', arn: 'arn:aws:iam::aws:policy/AdministratorAccess' };
const admins = { ...common, id: 'admins', attachedPolicies: [ADMIN] };
const ofAws = {
  id: ADMIN.name,
  arn: ADMIN.arn,
  documents: [{ name: ADMIN.name, text: '{"Statement":{"Effect":"Allow","Action":"*","Resource":"*"}}' }],
};
const own = { name: 'own', arn: 'arn:aws:iam::111122223333:policy/own' };
const wide = {
  ...common,
  id: 'own',
  arn: own.arn,
  updated: CREATED.toISOString(),
  attachmentCount: 1,
  boundaryCount: 0,
  versionId: 'v1',
  documents: [{ name: 'own', text: '{"Statement":{"Effect":"Allow","Action":"*","Resource":"*"}}' }],
};

cases(keyRotated, {
  pass: [
    {
      name: 'exactly 90 days old',
      resource: key(daysAgo(90), daysAgo(1)),
      evidence: { created: daysAgo(90), lastUsed: daysAgo(1), reportTime: REPORT_TIME },
    },
    { name: 'created today', resource: key(daysAgo(0)) },
    { name: '100 days old, 180 are accepted', resource: key(daysAgo(100)), params: { maxAccessKeyAgeDays: 180 } },
  ],
  fail: [
    {
      name: '90 days and a second old',
      resource: key(daysAgo(90, 1)),
      severity: undefined,
      evidence: { created: daysAgo(90, 1), lastUsed: null, reportTime: REPORT_TIME },
    },
    {
      name: 'in use by an administrator',
      resource: key(daysAgo(91), daysAgo(90)),
      with: { users: [alice], groups: [admins], awsPolicies: [ofAws] },
      severity: 'high',
      message: 'administrator',
    },
    {
      name: 'in use by an administrator by a policy of the account',
      resource: key(daysAgo(91), daysAgo(1)),
      with: { users: [{ ...alice, groups: [], attachedPolicies: [own] }], policies: [wide] },
      severity: 'high',
    },
    {
      name: 'last used more than 90 days ago by an administrator',
      resource: key(daysAgo(91), daysAgo(90, 1)),
      with: { users: [alice], groups: [admins], awsPolicies: [ofAws] },
      severity: undefined,
    },
    {
      name: 'in use by a user who is no administrator',
      resource: key(daysAgo(91), daysAgo(1)),
      with: { users: [alice], groups: [{ ...admins, attachedPolicies: [] }] },
      severity: undefined,
    },
    {
      name: 'in use by a user who was deleted meanwhile',
      resource: key(daysAgo(92), daysAgo(1)),
      severity: undefined,
    },
    { name: '31 days old, 30 are accepted', resource: key(daysAgo(31)), params: { maxAccessKeyAgeDays: 30 } },
  ],
  skip: [{ name: 'inactive: the report keeps the times of such keys', resource: key(daysAgo(400), null, false) }],
  unknown: [{ name: 'active, with no creation on record', resource: key(null) }],
});
