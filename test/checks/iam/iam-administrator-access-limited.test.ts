import adminLimited from '../../../checks/iam/iam-administrator-access-limited.ts';
import { cases } from '../../support/cases.ts';
import { allow, attachedAws, attachedOwn, groupOf, ofAws, roleOf, userOf } from './_principals.ts';

const ADMIN = { attachedPolicies: [attachedAws('AdministratorAccess')] };
const awsPolicies = [
  ofAws('AdministratorAccess', allow('*')),
  ofAws('ReadOnlyAccess', allow(['s3:Get*', 's3:List*'])),
  ofAws('job-function/Everything', allow('*:*')),
  { ...ofAws('AdministratorAccess', allow('*')), arn: 'arn:aws-cn:iam::aws:policy/AdministratorAccess' },
];
const POLICIES = { policies: ['AdministratorAccess'] };

cases(adminLimited, {
  pass: [
    { name: 'no policies', resource: roleOf() },
    {
      name: 'another policy of AWS',
      resource: roleOf({ attachedPolicies: [attachedAws('ReadOnlyAccess')] }),
      with: { awsPolicies },
    },
    {
      name: 'a policy of the account that is called the same',
      resource: roleOf({ attachedPolicies: [attachedOwn('AdministratorAccess')] }),
      with: { awsPolicies },
    },
    {
      name: 'a permission set of IAM Identity Center',
      resource: roleOf(ADMIN, 'aws-reserved/sso.amazonaws.com/eu-west-1/AWSReservedSSO_Admin_0123456789abcdef'),
      with: { awsPolicies },
      message: /accepted: a permission set/,
      evidence: POLICIES,
    },
    {
      name: 'the way of AWS Organizations into the account',
      resource: roleOf(ADMIN, 'OrganizationAccountAccessRole'),
      with: { awsPolicies },
    },
    { name: 'AWS Control Tower', resource: roleOf(ADMIN, 'AWSControlTowerExecution'), with: { awsPolicies } },
  ],
  fail: [
    {
      name: 'a role',
      resource: roleOf(ADMIN),
      with: { awsPolicies },
      severity: undefined,
      message: 'AdministratorAccess is attached',
      evidence: POLICIES,
    },
    {
      name: 'a role that a service assumes',
      resource: roleOf({
        ...ADMIN,
        trust: '{"Statement":{"Effect":"Allow","Principal":{"Service":"ec2.amazonaws.com"},"Action":"sts:AssumeRole"}}',
      }),
      with: { awsPolicies },
      severity: undefined,
    },
    {
      name: 'a role that the AWS CDK makes',
      resource: roleOf(ADMIN, 'cdk-hnb659fds-cfn-exec-role-111122223333-eu-west-1'),
      with: { awsPolicies },
    },
    {
      name: 'a role that is merely called like one of the platform',
      resource: roleOf(ADMIN, 'OrganizationAccountAccessRole2'),
      with: { awsPolicies },
    },
    {
      name: 'another policy of AWS that allows everything',
      resource: roleOf({ attachedPolicies: [attachedAws('ReadOnlyAccess'), attachedAws('job-function/Everything')] }),
      with: { awsPolicies },
      evidence: { policies: ['Everything'] },
    },
    {
      name: 'a role in China',
      resource: {
        ...roleOf({ attachedPolicies: [attachedAws('AdministratorAccess', 'aws-cn')] }),
        arn: 'arn:aws-cn:iam::111122223333:role/deploy',
      },
      with: { awsPolicies },
    },
    {
      name: 'a user',
      resource: userOf(ADMIN),
      with: { awsPolicies },
      severity: 'critical',
      evidence: POLICIES,
    },
    {
      name: 'a group with members',
      resource: groupOf(ADMIN),
      with: { awsPolicies, users: [userOf({ groups: ['devs'] }), userOf({ groups: ['ops'] }, 'bob')] },
      severity: undefined,
      evidence: { policies: ['AdministratorAccess'], members: 1 },
    },
    {
      name: 'a group without members',
      resource: groupOf(ADMIN),
      with: { awsPolicies, users: [userOf({ groups: ['ops'] })] },
      severity: 'medium',
      evidence: { policies: ['AdministratorAccess'], members: 0 },
    },
  ],
  unknown: [
    {
      name: 'a policy of AWS that IAM did not answer',
      resource: roleOf({ attachedPolicies: [attachedAws('SecurityAudit')] }),
      with: { awsPolicies },
      message: 'SecurityAudit',
    },
  ],
});
