import { expect, it } from 'vitest';
import { isAdministrator } from '../../../checks/iam/_admin.ts';
import type { View } from '../../../lib/core/model.ts';
import { table } from '../../../lib/core/table.ts';
import { attempt, Unknown } from '../../../lib/core/view.ts';
import { CREATED } from './_fixtures.ts';

type User = View<'AWS::IAM::User'>;
type Group = View<'AWS::IAM::Group'>;
type Policy = View<'AWS::IAM::ManagedPolicy'>;

const common = { account: '111122223333', region: 'global', uniqueId: 'X', path: '/', created: CREATED.toISOString() };
const arnOf = (kind: string, name: string) => `arn:aws:iam::111122223333:${kind}/${name}`;
const text = (Action: string, Effect = 'Allow') => JSON.stringify({ Statement: { Effect, Action, Resource: '*' } });
const inline = (Action: string, Effect?: string) => ({ name: 'inline', text: text(Action, Effect) });
const attached = (name: string) => ({ name, arn: arnOf('policy', name) });
const ofAws = (name: string, partition = 'aws') => ({ name, arn: `arn:${partition}:iam::aws:policy/${name}` });

const user = (more: Partial<User> = {}): User => ({
  ...common,
  type: 'AWS::IAM::User',
  id: 'alice',
  arn: arnOf('user', 'alice'),
  groups: [],
  attachedPolicies: [],
  documents: [],
  permissionsBoundary: null,
  ...more,
});
const group = (more: Partial<Group> = {}): Group => ({
  ...common,
  type: 'AWS::IAM::Group',
  id: 'admins',
  arn: arnOf('group', 'admins'),
  attachedPolicies: [],
  documents: [],
  ...more,
});
const policy = (id: string, Action: string): Policy => ({
  ...common,
  type: 'AWS::IAM::ManagedPolicy',
  id,
  arn: arnOf('policy', id),
  updated: CREATED.toISOString(),
  attachmentCount: 1,
  boundaryCount: 0,
  versionId: 'v1',
  documents: [{ name: id, text: text(Action) }],
});
const policies = [policy('wide', '*'), policy('narrow', 's3:*')];
const isAdmin = (who: User, groups: readonly Group[] = []) =>
  isAdministrator(who, table(groups, undefined), table(policies, undefined));

it.each([
  ['by an inline policy', user({ documents: [inline('*')] })],
  ['by a policy of the account', user({ attachedPolicies: [attached('wide')] })],
  ['by AdministratorAccess', user({ attachedPolicies: [ofAws('AdministratorAccess')] })],
  ['by AdministratorAccess in China', user({ attachedPolicies: [ofAws('AdministratorAccess', 'aws-cn')] })],
  [
    'within a boundary that allows everything',
    user({ documents: [inline('*')], permissionsBoundary: attached('wide').arn }),
  ],
  [
    'within AdministratorAccess as boundary',
    user({ documents: [inline('*')], permissionsBoundary: ofAws('AdministratorAccess').arn }),
  ],
])('administrator %s', (_name, who) => {
  expect(isAdmin(who)).toBe(true);
});

it.each([
  ['attached to the group', group({ attachedPolicies: [attached('wide')] })],
  ['inline in the group', group({ documents: [inline('*')] })],
])('administrator by a policy %s', (_name, admins) => {
  expect(isAdmin(user({ groups: ['admins'] }), [admins])).toBe(true);
  expect(isAdmin(user(), [admins])).toBe(false);
});

it.each([
  ['without policies', user()],
  ['with a narrow policy', user({ documents: [inline('s3:*')], attachedPolicies: [attached('narrow')] })],
  ['with the other policies of AWS', user({ attachedPolicies: [ofAws('PowerUserAccess'), ofAws('IAMFullAccess')] })],
  [
    'with a policy of the account named like that of AWS',
    user({ attachedPolicies: [attached('AdministratorAccess')] }),
  ],
  ['whose boundary is narrow', user({ documents: [inline('*')], permissionsBoundary: attached('narrow').arn })],
  [
    'whose boundary is PowerUserAccess',
    user({ documents: [inline('*')], permissionsBoundary: ofAws('PowerUserAccess').arn }),
  ],
  ['with a boundary alone', user({ permissionsBoundary: attached('wide').arn })],
  [
    'whom another document denies everything',
    user({ documents: [inline('*'), { ...inline('*', 'Deny'), name: 'deny' }] }),
  ],
  ['in a group that was deleted meanwhile', user({ groups: ['gone'] })],
])('no administrator: a user %s', (_name, who) => {
  expect(isAdmin(who)).toBe(false);
});

it('cannot be told when groups or policies could not be read', () => {
  const gap = { reason: 'denied', operation: 'iam:GetAccountAuthorizationDetails', detail: 'access denied' } as const;
  const noGroups = () =>
    isAdministrator(user({ groups: ['admins'] }), table<Group>([], gap), table(policies, undefined));
  const noPolicies = () =>
    isAdministrator(user({ attachedPolicies: [attached('x')] }), table<Group>([], undefined), table<Policy>([], gap));
  expect(attempt(noGroups)).toBeInstanceOf(Unknown);
  expect(attempt(noPolicies)).toBeInstanceOf(Unknown);
});
