import noEscalation from '../../../checks/iam/iam-principal-no-privilege-escalation.ts';
import { cases } from '../../support/cases.ts';
import {
  allow,
  attachedAws,
  attachedOwn,
  deny,
  documentOf,
  groupOf,
  managed,
  ofAws,
  OWN,
  roleOf,
  userOf,
} from './_principals.ts';

const inline = (...statements: object[]) => ({ documents: [documentOf('inline', ...statements)] });
const pass = managed([documentOf('pass', allow('iam:PassRole'))]);
const wide = managed([documentOf('wide', allow('*'))]);
const noIam = managed([documentOf('no-iam', allow('*'), deny('iam:*'))]);
const path = (actions: string[], ...statements: string[]) => ({ actions, statements });
const accountOf = (managementAccount: string) => [
  { id: OWN, organization: { id: 'o-a1b2c3d4e5', managementAccount, featureSet: 'ALL' as const } },
];
const sso = roleOf(inline(allow('sso:*')));
const SELF = `arn:aws:iam::${OWN}:user/\${aws:username}`;

cases(noEscalation, {
  pass: [
    { name: 'no policies', resource: roleOf() },
    { name: 'iam:PassRole alone', resource: roleOf(inline(allow('iam:PassRole'))) },
    {
      name: 'iam:PassRole to a service that is not the one started',
      resource: roleOf(
        inline(
          allow('iam:PassRole', '*', { Condition: { StringEquals: { 'iam:PassedToService': 'glue.amazonaws.com' } } }),
          allow('ec2:RunInstances'),
        ),
      ),
    },
    {
      name: 'named roles',
      resource: roleOf(inline(allow('iam:PassRole', `arn:aws:iam::${OWN}:role/app-*`), allow('ec2:RunInstances'))),
    },
    { name: 'self-service', resource: userOf(inline(allow(['iam:*AccessKey*', 'iam:*LoginProfile'], SELF))) },
    { name: 'denied', resource: roleOf(inline(allow('iam:*'), deny('iam:*'))) },
    {
      name: 'beyond the permissions boundary',
      resource: roleOf({ ...inline(allow('iam:*')), permissionsBoundary: noIam.arn }),
      with: { policies: [noIam] },
    },
    {
      name: 'an administrator but for the permissions boundary',
      resource: roleOf({ ...inline(allow('*')), permissionsBoundary: noIam.arn }),
      with: { policies: [noIam] },
    },
    {
      name: 'permission sets, in an account that has none',
      resource: sso,
      with: { accounts: [{ id: OWN, organization: null }] },
    },
    { name: 'permission sets, in a member account', resource: sso, with: { accounts: accountOf('444455556666') } },
    { name: 'what runs already', resource: roleOf(inline(allow('lambda:UpdateFunctionCode'))) },
  ],
  fail: [
    {
      name: 'one action',
      resource: roleOf(inline(allow('iam:CreatePolicyVersion'))),
      severity: undefined,
      message: /by iam:CreatePolicyVersion, before organization policies/,
      evidence: { paths: [path(['iam:CreatePolicyVersion'], 'inline #1')] },
    },
    {
      name: 'the halves of a way in two policies',
      resource: roleOf({ ...inline(allow('ec2:RunInstances')), attachedPolicies: [attachedOwn('pass')] }),
      with: { policies: [pass] },
      evidence: { paths: [path(['iam:PassRole', 'ec2:RunInstances'], 'pass #1', 'inline #1')] },
    },
    {
      name: 'the halves of a way by two groups',
      resource: userOf({ groups: ['devs', 'ops'] }),
      with: {
        groups: [groupOf(inline(allow('glue:CreateDevEndpoint'))), groupOf(inline(allow('iam:PassRole')), 'ops')],
      },
      evidence: { paths: [path(['iam:PassRole', 'glue:CreateDevEndpoint'], 'inline #1', 'inline #1')] },
    },
    {
      name: 'a policy of AWS',
      resource: userOf({ attachedPolicies: [attachedAws('IAMFullAccess')] }),
      with: { awsPolicies: [ofAws('IAMFullAccess', allow('iam:*'))] },
      message: /by iam:CreatePolicyVersion and \d+ more,/,
    },
    {
      name: 'the policy that grants it',
      resource: roleOf({
        ...inline(allow('iam:CreatePolicyVersion', attachedOwn('narrow').arn)),
        attachedPolicies: [attachedOwn('narrow')],
      }),
      with: { policies: [managed([documentOf('narrow', allow('s3:Get*'))])] },
    },
    {
      name: 'within a boundary that allows it',
      resource: roleOf({ ...inline(allow('iam:PutRolePolicy')), permissionsBoundary: wide.arn }),
      with: { policies: [wide] },
    },
    {
      name: 'permission sets, in the management account',
      resource: sso,
      with: { accounts: accountOf(OWN) },
      message: 'sso:AttachManagedPolicyToPermissionSet and 2 more',
    },
    {
      name: 'what runs already, where that is wanted',
      resource: roleOf(inline(allow('lambda:UpdateFunctionCode'))),
      params: { includeExistingResourcePaths: true },
      evidence: { paths: [path(['lambda:UpdateFunctionCode'], 'inline #1')] },
    },
  ],
  skip: [
    { name: 'an administrator', resource: roleOf(inline(allow('*'))), message: 'administrator' },
    {
      name: 'an administrator within a boundary that allows everything',
      resource: roleOf({ ...inline(allow('*')), permissionsBoundary: wide.arn }),
      with: { policies: [wide] },
    },
    {
      name: 'a permission set of IAM Identity Center',
      resource: roleOf(inline(allow('iam:*')), 'aws-reserved/sso.amazonaws.com/AWSReservedSSO_Ops_0123456789abcdef'),
      message: 'permission set',
    },
  ],
});
