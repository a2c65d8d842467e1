import noWildcardRoleUse from '../../../checks/iam/iam-policy-no-wildcard-role-use.ts';
import { cases } from '../../support/cases.ts';
import { allow, deny, documentOf, managed, OTHER, OWN, roleOf } from './_principals.ts';

const policy = (...statements: object[]) => managed([documentOf('own', ...statements)]);
const role = (name: string, account = OWN) => `arn:aws:iam::${account}:role/${name}`;
const toEc2 = { Condition: { StringEquals: { 'iam:PassedToService': 'ec2.amazonaws.com' } } };
const found = (...grants: string[]) => ({ grants: [{ policy: 'own', statement: '#1', grants }] });

cases(noWildcardRoleUse, {
  pass: [
    { name: 'a named role', resource: policy(allow('sts:AssumeRole', role('deploy'))) },
    { name: 'a named role elsewhere', resource: policy(allow('sts:AssumeRole', role('deploy', OTHER))) },
    { name: 'roles by prefix', resource: policy(allow(['sts:AssumeRole', 'iam:PassRole'], role('app-*'))) },
    { name: 'roles of a path', resource: policy(allow('iam:PassRole', role('team/*'))) },
    { name: 'any role of the account, to one service', resource: policy(allow('iam:PassRole', role('*'), toEc2)) },
    {
      name: 'roles by prefix to one service, where prefixes are too much',
      resource: policy(allow('iam:PassRole', role('app-*'), toEc2)),
      params: { allowOwnAccountPrefixWildcards: false },
    },
    {
      name: 'a named role, where prefixes are too much',
      resource: policy(allow(['sts:AssumeRole', 'iam:PassRole'], role('app'))),
      params: { allowOwnAccountPrefixWildcards: false },
    },
    { name: 'users', resource: policy(allow('iam:*', `arn:aws:iam::${OWN}:user/*`)) },
    { name: 'users of any account', resource: policy(allow('iam:*', 'arn:aws:iam::*:user/*')) },
    { name: 'buckets', resource: policy(allow('*', 'arn:aws:s3:::*')) },
    { name: 'tags of a session', resource: policy(allow(['sts:TagSession', 'sts:SetSourceIdentity'])) },
    { name: 'other ways to a role', resource: policy(allow('sts:AssumeRoleWithSAML')) },
    { name: 'denied', resource: policy(allow('sts:AssumeRole'), deny('sts:*')) },
    { name: 'full admin, which is another finding', message: 'but for full admin', resource: policy(allow('*')) },
    {
      name: 'all but roles',
      resource: policy({ Effect: 'Allow', Action: 'sts:*', NotResource: 'arn:aws:iam::*:role/*' }),
    },
    { name: 'unattached', resource: managed([documentOf('own', allow('sts:AssumeRole'))], 0), message: 'unattached' },
  ],
  fail: [
    {
      name: 'any role',
      resource: policy(allow('sts:AssumeRole')),
      severity: undefined,
      message: 'sts:AssumeRole on *',
      evidence: found('sts:AssumeRole on *'),
    },
    {
      name: 'any role, by wildcards in the action',
      resource: policy(allow(['STS:Assume*', 'iam:p?ssrole'])),
      evidence: found('sts:AssumeRole on *', 'iam:PassRole on *'),
    },
    {
      name: 'a role of that name in any account, among literals',
      resource: policy(allow('sts:AssumeRole', [role('deploy'), role('Admin', '*')])),
      evidence: found('sts:AssumeRole on arn:aws:iam::*:role/Admin'),
    },
    { name: 'an account by pattern', resource: policy(allow('sts:AssumeRole', role('Admin', '11112222????'))) },
    { name: 'all of IAM', resource: policy(allow('sts:AssumeRole', `arn:aws:iam::${OWN}:*`)) },
    { name: 'all of the account, cut short', resource: policy(allow('sts:AssumeRole', 'arn:aws:iam::*')) },
    { name: 'all roles of the account', resource: policy(allow('sts:AssumeRole', role('*'))) },
    { name: 'all roles that have a name', resource: policy(allow('iam:PassRole', role('?*'))) },
    { name: 'all roles of another account', resource: policy(allow('sts:AssumeRole', role('*', OTHER))) },
    { name: 'all roles of the account, to any service', resource: policy(allow('iam:PassRole', role('*'))) },
    { name: 'any role, to one service', resource: policy(allow('iam:PassRole', '*', toEc2)) },
    {
      name: 'all roles, to a service if there is one',
      resource: policy(
        allow('iam:PassRole', role('*'), {
          Condition: { StringEqualsIfExists: { 'iam:PassedToService': 'ec2.amazonaws.com' } },
        }),
      ),
    },
    {
      name: 'a condition on the service that speaks of passing, not of assuming',
      resource: policy(allow(['iam:PassRole', 'sts:AssumeRole'], role('*'), toEc2)),
      evidence: found(`sts:AssumeRole on ${role('*')}`),
    },
    {
      name: 'a prefix, where that is too much',
      resource: policy(allow('sts:AssumeRole', role('app-*'))),
      params: { allowOwnAccountPrefixWildcards: false },
    },
    {
      name: 'all but one role',
      resource: policy({ Effect: 'Allow', Action: 'sts:*', NotResource: role('Admin') }),
      evidence: found('sts:AssumeRole on arn:aws:iam::*:role/*'),
    },
    {
      name: 'beside full admin',
      resource: policy(allow('sts:AssumeRole'), allow('*')),
      evidence: found('sts:AssumeRole on *'),
    },
    { name: 'inline', resource: roleOf({ documents: [documentOf('own', allow('sts:*'))] }) },
  ],
  skip: [
    { name: 'a boundary', resource: managed([documentOf('own', allow('sts:AssumeRole'))], 0, 1) },
    { name: 'no inline policies', resource: roleOf() },
  ],
});
