import notAdmin from '../../../checks/iam/iam-role-external-trust-not-admin.ts';
import { cases } from '../../support/cases.ts';
import { ORGANIZATION, VENDOR } from './_directory.ts';
import {
  allow,
  attachedAws,
  attachedOwn,
  deny,
  documentOf,
  managed,
  ofAws,
  OWN,
  roleOf,
  trusting,
  trustOf,
} from './_principals.ts';

const GITHUB = 'token.actions.githubusercontent.com';
const WEB = 'sts:AssumeRoleWithWebIdentity';
const web = (issuer: string) =>
  trustOf(trusting({ Federated: `arn:aws:iam::${OWN}:oidc-provider/${issuer}` }, undefined, WEB));
const service = (name: string) => trustOf(trusting({ Service: name }));
const vendor = trustOf(trusting({ AWS: VENDOR }));
const awsPolicies = [
  ofAws('AdministratorAccess', allow('*')),
  ofAws('PowerUserAccess', { Effect: 'Allow', NotAction: ['iam:*', 'organizations:*', 'account:*'], Resource: '*' }),
  ofAws('IAMFullAccess', allow('iam:*')),
  ofAws('ReadOnlyAccess', allow('s3:Get*')),
  ofAws('SecurityAudit', allow('iam:Get*')),
];
const withAws = { awsPolicies };
const attached = (trust: string, ...names: string[]) =>
  roleOf({ trust, attachedPolicies: names.map((name) => attachedAws(name)) });
const inline = (trust: string, ...statements: object[]) =>
  roleOf({ trust, documents: [documentOf('own', ...statements)] });
const noIam = managed([documentOf('no-iam', allow('*'), deny('iam:*'))]);
const wide = managed([documentOf('wide', allow('*'))]);

cases(notAdmin, {
  pass: [
    {
      name: 'another account that audits',
      resource: attached(vendor, 'SecurityAudit'),
      with: withAws,
      message: 'another account, without',
    },
    { name: 'another account, with narrow rights', resource: inline(vendor, allow('s3:*')) },
    { name: 'a pipeline that reads', resource: attached(web(GITHUB), 'ReadOnlyAccess'), with: withAws },
    {
      name: 'an administrator of the own account',
      resource: inline(trustOf(trusting({ AWS: OWN })), allow('*')),
      message: 'neither',
    },
    {
      name: 'everyone of the own account',
      resource: inline(trustOf(trusting('*', { StringEquals: { 'aws:PrincipalAccount': OWN } })), allow('*')),
    },
    { name: 'a service that builds nothing', resource: inline(service('ec2.amazonaws.com'), allow('*')) },
    { name: 'a workload of a cluster', resource: inline(web('oidc.eks.eu-west-1.amazonaws.com/id/E0'), allow('*')) },
    {
      name: 'people of a directory',
      resource: inline(
        trustOf(trusting({ Federated: `arn:aws:iam::${OWN}:saml-provider/x` }, undefined, 'sts:AssumeRoleWithSAML')),
        allow('*'),
      ),
    },
    {
      name: 'an account with a policy that is called like one of AWS',
      resource: roleOf({ trust: vendor, attachedPolicies: [attachedOwn('PowerUserAccess')] }),
    },
    {
      name: 'a policy that is accepted',
      resource: attached(vendor, 'PowerUserAccess'),
      with: withAws,
      params: { deniedPolicies: [] },
    },
    {
      name: 'a service that is no pipeline here',
      resource: inline(service('codebuild.amazonaws.com'), allow('*')),
      params: { ciServicePrincipals: [] },
    },
  ],
  fail: [
    {
      name: 'another account',
      resource: attached(vendor, 'AdministratorAccess'),
      with: withAws,
      severity: undefined,
      message: 'assumed by another account, with AdministratorAccess',
      evidence: {
        outsiders: ['another account'],
        policies: ['AdministratorAccess'],
        statements: ['AdministratorAccess #1'],
      },
    },
    {
      name: 'another account, by an inline policy',
      resource: inline(vendor, allow('*')),
      message: 'with all privileges',
      evidence: { outsiders: ['another account'], policies: [], statements: ['own #1'] },
    },
    { name: 'another account that reads everything', resource: attached(vendor, 'ReadOnlyAccess'), with: withAws },
    { name: 'another account with nearly everything', resource: attached(vendor, 'PowerUserAccess'), with: withAws },
    { name: 'another account with all of IAM', resource: attached(vendor, 'IAMFullAccess'), with: withAws },
    { name: 'everyone', resource: inline(trustOf(trusting('*')), allow('*')) },
    {
      name: 'everyone from a network',
      resource: inline(trustOf(trusting('*', { StringEquals: { 'aws:SourceVpc': 'vpc-1a2b3c4d' } })), allow('*')),
    },
    {
      name: 'everyone of an organization',
      resource: inline(trustOf(trusting('*', { StringEquals: { 'aws:PrincipalOrgID': ORGANIZATION } })), allow('*')),
    },
    {
      name: 'another account and a pipeline',
      resource: inline(trustOf(...[vendor, web(GITHUB)].flatMap((one) => JSON.parse(one).Statement)), allow('*')),
      evidence: { outsiders: ['another account', GITHUB], policies: [], statements: ['own #1'] },
    },
    ...[
      GITHUB,
      `${GITHUB}/acme`,
      'gitlab.com',
      'gitlab.acme.example',
      'app.terraform.io',
      'agent.buildkite.com',
      'oidc.codefresh.io',
      'oidc.circleci.com/org/1',
      'api.bitbucket.org/2.0/workspaces/acme/pipelines-config/identity/oidc',
      'api.pulumi.com/oidc',
      'scalr.io',
      'acme.scalr.io',
      'acme.app.spacelift.io',
      'vstoken.dev.azure.com/1',
    ].map((issuer) => ({
      name: `a pipeline of ${issuer}`,
      resource: inline(web(issuer), allow('*')),
      message: issuer,
    })),
    ...['codebuild.amazonaws.com', 'codepipeline.amazonaws.com', 'codedeploy.eu-west-1.amazonaws.com'].map((name) => ({
      name: `a pipeline of ${name}`,
      resource: inline(service(name), allow('*')),
      severity: undefined,
    })),
    { name: 'a pipeline with nearly everything', resource: attached(web(GITHUB), 'PowerUserAccess'), with: withAws },
    {
      name: 'within a permissions boundary',
      resource: { ...inline(vendor, allow('*')), permissionsBoundary: noIam.arn },
      with: { policies: [noIam] },
      severity: 'medium',
    },
    {
      name: 'within a permissions boundary that allows everything',
      resource: { ...inline(vendor, allow('*')), permissionsBoundary: wide.arn },
      with: { policies: [wide] },
      severity: undefined,
    },
  ],
  skip: [
    {
      name: 'the management account',
      resource: roleOf({ trust: vendor, documents: [documentOf('own', allow('*'))] }, 'OrganizationAccountAccessRole'),
      message: 'Organizations',
    },
    {
      name: 'a permission set',
      resource: roleOf({ trust: vendor }, 'aws-reserved/sso.amazonaws.com/AWSReservedSSO_x'),
    },
  ],
});
