import { describe, expect, it } from 'vitest';
import {
  adminStatements,
  attachedOfAws,
  heldBy,
  type Holder,
  isAdministrator,
  isBounded,
  isOfAws,
  labelsOf,
  policyOf,
} from '../../../checks/iam/_admin.ts';
import type { View } from '../../../lib/core/model.ts';
import { table } from '../../../lib/core/table.ts';
import { attempt, Unknown } from '../../../lib/core/view.ts';
import { escalations } from '../../../lib/policy/escalation.ts';
import { CREATED } from './_fixtures.ts';

type User = View<'AWS::IAM::User'>;
type More = Partial<Pick<User, 'documents' | 'attachedPolicies' | 'permissionsBoundary'>>;
type Group = View<'AWS::IAM::Group'>;
type Role = View<'AWS::IAM::Role'>;
type Policy = View<'AWS::IAM::ManagedPolicy'>;
type AwsPolicy = View<'AWS::IAM::AWSManagedPolicy'>;

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
const role = (more: Partial<Role> = {}): Role => ({
  ...common,
  type: 'AWS::IAM::Role',
  id: 'deploy',
  arn: arnOf('role', 'deploy'),
  trust: '{"Statement":[]}',
  attachedPolicies: [],
  documents: [],
  permissionsBoundary: null,
  instanceProfiles: [],
  lastUsed: null,
  lastUsedRegion: null,
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
const awsPolicy = (id: string, Action: string, partition = 'aws'): AwsPolicy => ({
  account: '111122223333',
  region: 'global',
  type: 'AWS::IAM::AWSManagedPolicy',
  id,
  arn: ofAws(id, partition).arn,
  managedBy: 'aws',
  documents: [{ name: id, text: text(Action) }],
});
const noIam = `{"Statement":[{"Effect":"Allow","Action":"*","Resource":"*"},{"Effect":"Deny","Action":"iam:*","Resource":"*"}]}`;
const policies = [
  policy('wide', '*'),
  policy('narrow', 's3:*'),
  { ...policy('no-iam', '*'), documents: [{ name: 'no-iam', text: noIam }] },
];
const awsPolicies = [
  awsPolicy('AdministratorAccess', '*'),
  awsPolicy('AdministratorAccess', '*', 'aws-cn'),
  awsPolicy('IAMFullAccess', 'iam:*'),
];
const tables = (groups: readonly Group[] = []) => ({
  groups: table(groups, undefined),
  policies: table(policies, undefined),
  awsPolicies: table(awsPolicies, undefined),
});
const isAdmin = (who: Holder, groups: readonly Group[] = []) => isAdministrator(who, tables(groups));

describe.each<[string, (more: More) => Holder]>([
  ['a user', user],
  ['a role', role],
])('%s', (_name, made) => {
  it.each([
    ['by an inline policy', made({ documents: [inline('*')] })],
    ['by a policy of the account', made({ attachedPolicies: [attached('wide')] })],
    ['by AdministratorAccess', made({ attachedPolicies: [ofAws('AdministratorAccess')] })],
    ['by AdministratorAccess in China', made({ attachedPolicies: [ofAws('AdministratorAccess', 'aws-cn')] })],
    [
      'within a boundary that allows everything',
      made({ documents: [inline('*')], permissionsBoundary: attached('wide').arn }),
    ],
    [
      'within AdministratorAccess as boundary',
      made({ documents: [inline('*')], permissionsBoundary: ofAws('AdministratorAccess').arn }),
    ],
  ])('is an administrator %s', (_how, who) => {
    expect(isAdmin(who)).toBe(true);
  });

  it.each([
    ['without policies', made({})],
    ['with a narrow policy', made({ documents: [inline('s3:*')], attachedPolicies: [attached('narrow')] })],
    ['with another policy of AWS', made({ attachedPolicies: [ofAws('IAMFullAccess')] })],
    [
      'with a policy of the account named like that of AWS',
      made({ attachedPolicies: [attached('AdministratorAccess')] }),
    ],
    ['whose boundary is narrow', made({ documents: [inline('*')], permissionsBoundary: attached('narrow').arn })],
    [
      'whose boundary is another policy of AWS',
      made({ documents: [inline('*')], permissionsBoundary: ofAws('IAMFullAccess').arn }),
    ],
    ['whose boundary denies IAM', made({ documents: [inline('*')], permissionsBoundary: attached('no-iam').arn })],
    ['with a boundary alone', made({ permissionsBoundary: attached('wide').arn })],
    [
      'that another document denies everything',
      made({ documents: [inline('*'), { ...inline('*', 'Deny'), name: 'deny' }] }),
    ],
  ])('is no administrator %s', (_how, who) => {
    expect(isAdmin(who)).toBe(false);
  });
});

it.each([
  ['attached to the group', group({ attachedPolicies: [attached('wide')] })],
  ['inline in the group', group({ documents: [inline('*')] })],
])('administrators by a policy %s: the group and its members', (_name, admins) => {
  expect(isAdmin(admins)).toBe(true);
  expect(isAdmin(user({ groups: ['admins'] }), [admins])).toBe(true);
  expect(isAdmin(user(), [admins])).toBe(false);
});

it('a group that was deleted meanwhile grants nothing', () => {
  expect(isAdmin(user({ groups: ['gone'] }))).toBe(false);
});

describe('what cannot be told', () => {
  const gap = { reason: 'denied', operation: 'iam:GetAccountAuthorizationDetails', detail: 'access denied' } as const;
  it.each([
    ['groups', user({ groups: ['admins'] }), { ...tables(), groups: table<Group>([], gap) }],
    ['policies', user({ attachedPolicies: [attached('x')] }), { ...tables(), policies: table<Policy>([], gap) }],
    [
      'policies of AWS',
      user({ attachedPolicies: [ofAws('AdministratorAccess')] }),
      { ...tables(), awsPolicies: table<AwsPolicy>([], gap) },
    ],
    ['a policy of AWS that IAM did not answer', user({ attachedPolicies: [ofAws('PowerUserAccess')] }), tables()],
  ])('without %s', (_name, who, given) => {
    expect(attempt(() => isAdministrator(who, given))).toBeInstanceOf(Unknown);
  });
});

describe('what is held', () => {
  const admins = group({ documents: [inline('iam:*')], attachedPolicies: [attached('narrow')] });
  const alice = user({
    groups: ['admins'],
    documents: [{ name: 'own', text: text('*') }],
    attachedPolicies: [attached('wide'), ofAws('IAMFullAccess')],
    permissionsBoundary: attached('narrow').arn,
  });

  it('is named, and says where it comes from', () => {
    const held = heldBy(alice, tables([admins]));
    expect(held).toMatchObject({
      account: '111122223333',
      partition: 'aws',
      arn: alice.arn,
      names: ['own', 'inline', 'wide', 'IAMFullAccess', 'narrow'],
      sources: [
        admins.arn,
        attached('wide').arn,
        ofAws('IAMFullAccess').arn,
        attached('narrow').arn,
        attached('narrow').arn,
      ],
    });
    expect(held.policies).toHaveLength(5);
    expect(held.boundary).toHaveLength(1);
    expect(adminStatements(held)).toEqual(['own #1', 'wide #1']);
    expect(isBounded(held)).toBe(true);
  });

  it('has no boundary in groups, and none where none is set', () => {
    expect(heldBy(admins, tables()).boundary).toBeNull();
    expect(isBounded(heldBy(role(), tables()))).toBe(false);
    expect(isBounded(heldBy(role({ permissionsBoundary: attached('wide').arn }), tables()))).toBe(false);
  });

  it('is what escalation is looked for in', () => {
    const held = heldBy(role({ documents: [inline('iam:PutRolePolicy')] }), tables());
    const [open] = escalations(held);
    expect(labelsOf(held, open!.grantedBy)).toEqual(['inline #1']);
    expect(adminStatements(held)).toEqual([]);
  });

  it('is read once per document', () => {
    const document = inline('*');
    expect(policyOf(document)).toBe(policyOf(document));
  });
});

describe('policies of AWS', () => {
  it('are told by their ARN', () => {
    expect(isOfAws('arn:aws-us-gov:iam::aws:policy/job-function/Billing')).toBe(true);
    expect(isOfAws('arn:aws:iam::111122223333:policy/Billing')).toBe(false);
  });

  it('are found by name, whatever their path', () => {
    const attachedPolicies = [ofAws('job-function/Billing'), attached('ReadOnlyAccess'), ofAws('IAMFullAccess')];
    expect(attachedOfAws({ attachedPolicies }, ['Billing', 'ReadOnlyAccess'])).toEqual([ofAws('job-function/Billing')]);
  });
});
