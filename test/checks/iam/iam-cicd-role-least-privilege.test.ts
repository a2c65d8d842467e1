import check from '../../../checks/iam/iam-cicd-role-least-privilege.ts';
import { cases } from '../../support/cases.ts';
import {
  allow,
  attachedAws,
  attachedOwn,
  deny,
  documentOf,
  managed,
  ofAws,
  OTHER,
  OWN,
  roleOf,
  trusting,
  trustOf,
} from './_principals.ts';

const ARN = roleOf().arn;
/** Build projects of that many names, which take the role. */
const builds = (count: number, roles: string[] = [ARN]) =>
  Array.from({ length: count }, (_, n) => ({ id: `build-${n}`, arn: `arn:aws:codebuild:::project/${n}`, roles }));
const release = (...roles: string[]) => [{ id: 'release', roles }];
const oneBuild = { projects: builds(1) };

const provider = (issuer: string) => ({ Federated: `arn:aws:iam::${OWN}:oidc-provider/${issuer}` });
const ONE_REPOSITORY = {
  StringEquals: { 'token.actions.githubusercontent.com:sub': 'repo:acme/shop:ref:refs/heads/main' },
};
const web = (principal: unknown, action: unknown = 'sts:AssumeRoleWithWebIdentity', more: object = {}) =>
  trustOf(trusting(principal, ONE_REPOSITORY, action, more));
const GITHUB = provider('token.actions.githubusercontent.com');

const fromBranch = (branch: string) =>
  trusting(
    GITHUB,
    { StringEquals: { 'token.actions.githubusercontent.com:sub': `repo:acme/shop:ref:refs/heads/${branch}` } },
    'sts:AssumeRoleWithWebIdentity',
  );

const inline = (...statements: object[]) => ({ documents: [documentOf('inline', ...statements)] });
const BUILD = allow(
  ['logs:CreateLogStream', 'logs:PutLogEvents', 's3:GetObject', 's3:PutObject'],
  ['arn:aws:s3:::artifacts/*', `arn:aws:logs:eu-west-1:${OWN}:log-group:/aws/codebuild/shop*`],
);
const secrets = (region: string, account: string, name: string) =>
  allow('secretsmanager:GetSecretValue', `arn:aws:secretsmanager:${region}:${account}:secret:${name}`);
const PASS_ONE = allow('iam:PassRole', `arn:aws:iam::${OWN}:role/shop-task`);
const everything = { permissionsBoundary: null, ...inline(allow('*')) };
const boundary = managed([documentOf('limit', allow('s3:*'))]);
const openBoundary = managed([documentOf('limit', allow('*'))]);
const readBoundary = managed([documentOf('limit', secrets('*', OWN, 'shop-?????'))]);
const bounded = { permissionsBoundary: boundary.arn };
const because = (allowed: string, statements: readonly string[] = ['inline #1']) => ({
  takers: ['CodeBuild build-0'],
  excess: [{ allowed, statements }],
});

cases(check, {
  pass: [
    {
      name: 'a build role with what a build needs',
      resource: roleOf(inline(BUILD)),
      with: oneBuild,
      evidence: { takers: ['CodeBuild build-0'] },
    },
    {
      name: 'everything, within a permissions boundary that allows little',
      resource: roleOf({ ...everything, ...bounded }),
      with: { ...oneBuild, policies: [boundary] },
    },
    {
      name: 'PowerUserAccess within such a boundary',
      resource: roleOf({ attachedPolicies: [attachedAws('PowerUserAccess')], ...bounded }),
      with: { ...oneBuild, policies: [boundary], awsPolicies: [ofAws('PowerUserAccess', allow('s3:Get*'))] },
    },
    {
      name: 'a policy of the account that is called like a broad one of AWS',
      resource: roleOf({ attachedPolicies: [attachedOwn('PowerUserAccess')] }),
      with: { ...oneBuild, policies: [managed([documentOf('PowerUserAccess', BUILD)])] },
    },
    {
      name: 'another policy of AWS',
      resource: roleOf({ attachedPolicies: [attachedAws('ReadOnlyAccess')] }),
      with: { ...oneBuild, awsPolicies: [ofAws('ReadOnlyAccess', allow('s3:Get*'))] },
    },
    { name: 'one role that it may pass', resource: roleOf(inline(PASS_ONE)), with: oneBuild },
    {
      name: 'secrets by the beginning of their names',
      resource: roleOf(inline(secrets('*', OWN, 'shop/*'))),
      with: oneBuild,
    },
    {
      name: 'secrets by their tags',
      resource: roleOf(
        inline(
          allow('secretsmanager:GetSecretValue', '*', {
            Condition: { StringEquals: { 'aws:ResourceTag/project': 'shop' } },
          }),
        ),
      ),
      with: oneBuild,
    },
    {
      name: "all secrets of another account: that account's policies decide",
      resource: roleOf(inline(secrets('*', OTHER, '*'))),
      with: oneBuild,
    },
    {
      name: 'all secrets, denied by another statement',
      resource: roleOf(inline(secrets('*', OWN, '*'), deny('secretsmanager:*'))),
      with: oneBuild,
    },
    {
      name: 'all secrets, within a boundary that names one',
      resource: roleOf({ ...inline(secrets('*', OWN, '*')), permissionsBoundary: readBoundary.arn }),
      with: { ...oneBuild, policies: [readBoundary] },
    },
    {
      name: 'approvals of one pipeline',
      resource: roleOf(inline(allow('codepipeline:PutApprovalResult', `arn:aws:codepipeline:*:${OWN}:chat-ops/*`))),
      with: oneBuild,
    },
    { name: 'a role that five projects share', resource: roleOf(), with: { projects: builds(5) } },
    {
      name: 'a role that as many share as may',
      resource: roleOf(),
      with: { projects: builds(6) },
      params: { shareLimit: 6 },
    },
    {
      name: 'a role of a pipeline',
      resource: roleOf(),
      with: { pipelines: release('arn:aws:iam::111122223333:role/other', ARN) },
      evidence: { takers: ['CodePipeline release'] },
    },
    {
      name: 'a role of deployments',
      resource: roleOf(),
      with: { applications: [{ id: 'shop', roles: [ARN] }] },
      evidence: { takers: ['CodeDeploy shop'] },
    },
    {
      name: 'a role of all kinds',
      resource: roleOf({ trust: web(GITHUB) }),
      with: { ...oneBuild, pipelines: release(ARN), applications: [{ id: 'shop', roles: [ARN] }] },
      evidence: {
        takers: ['token.actions.githubusercontent.com', 'CodeBuild build-0', 'CodePipeline release', 'CodeDeploy shop'],
      },
    },
    ...['token.actions.githubusercontent.com', 'token.actions.githubusercontent.com/acme', 'gitlab.com'].map(
      (issuer) => ({
        name: `a role for workflows with tokens of ${issuer}`,
        resource: roleOf({ trust: web(provider(issuer)) }),
        evidence: { takers: [issuer] },
      }),
    ),
    {
      name: 'a role that two statements open to the same workflows',
      resource: roleOf({ trust: trustOf(...['main', 'release'].map((branch) => fromBranch(branch))) }),
      evidence: { takers: ['token.actions.githubusercontent.com'] },
    },
    {
      name: 'a role whose trust names GitHub among others, and all actions of STS',
      resource: roleOf({ trust: web({ ...GITHUB, AWS: `arn:aws:iam::${OWN}:root` }, 'sts:*') }),
    },
  ],
  fail: [
    {
      name: 'everything on everything',
      resource: roleOf(everything),
      with: oneBuild,
      message: /^a pipeline's role is allowed all actions on all resources$/,
      evidence: because('all actions on all resources'),
    },
    {
      name: 'everything, in two halves and two policies',
      resource: roleOf({
        documents: [documentOf('low', allow(['a*', 'b*', 'c*', 'd*', 'e*', 'f*', 'g*', 'h*', 'i*', 'j*', 'k*', 'l*']))],
        attachedPolicies: [attachedOwn('rest')],
      }),
      with: {
        ...oneBuild,
        policies: [managed([documentOf('rest', { Effect: 'Allow', NotAction: 'a*', Resource: '*' })])],
      },
    },
    {
      name: 'everything, within a permissions boundary that allows everything',
      resource: roleOf({ ...everything, permissionsBoundary: openBoundary.arn }),
      with: { ...oneBuild, policies: [openBoundary] },
    },
    {
      name: 'AdministratorAccess, for a deployment',
      resource: roleOf({ attachedPolicies: [attachedAws('AdministratorAccess')] }),
      with: { applications: [{ id: 'shop', roles: [ARN] }], awsPolicies: [ofAws('AdministratorAccess', allow('*'))] },
      evidence: {
        takers: ['CodeDeploy shop'],
        excess: [{ allowed: 'all actions on all resources', statements: ['AdministratorAccess #1'] }],
      },
    },
    ...['AdministratorAccess', 'PowerUserAccess', 'IAMFullAccess'].map((name) => ({
      name: `${name}, whatever AWS makes of it`,
      resource: roleOf({ attachedPolicies: [attachedAws(name)] }),
      with: { ...oneBuild, awsPolicies: [ofAws(name, allow('s3:Get*'))] },
      evidence: because(`all of ${name}`, [name]),
    })),
    {
      name: 'PowerUserAccess within a boundary that allows everything',
      resource: roleOf({ attachedPolicies: [attachedAws('PowerUserAccess')], permissionsBoundary: openBoundary.arn }),
      with: { ...oneBuild, policies: [openBoundary], awsPolicies: [ofAws('PowerUserAccess', allow('s3:Get*'))] },
    },
    {
      name: 'any role that it may pass',
      resource: roleOf(inline(allow('iam:PassRole', `arn:aws:iam::${OWN}:role/*`))),
      with: oneBuild,
      evidence: because('iam:PassRole for roles at large'),
    },
    {
      name: 'a way to more privileges',
      resource: roleOf(inline(BUILD, allow('iam:CreatePolicyVersion'))),
      with: oneBuild,
      message: /^a pipeline's role is allowed iam:CreatePolicyVersion$/,
      evidence: because('iam:CreatePolicyVersion', ['inline #2']),
    },
    {
      name: 'two things too many',
      resource: roleOf(inline(allow('iam:PassRole'), allow('secretsmanager:GetSecretValue'))),
      with: oneBuild,
      message: /^a pipeline's role is allowed iam:PassRole for roles at large and 1 more$/,
      evidence: {
        takers: ['CodeBuild build-0'],
        excess: [
          { allowed: 'iam:PassRole for roles at large', statements: ['inline #1'] },
          { allowed: 'secretsmanager:GetSecretValue on all', statements: ['inline #2'] },
        ],
      },
    },
    ...[
      ['all secrets', allow('secretsmanager:*')],
      ['all secrets of the account', secrets('*', OWN, '*')],
      ['all secrets of a region', secrets('eu-west-1', '*', '*')],
      [
        'all secrets, said twice',
        allow('secretsmanager:GetSecretValue', ['*', `arn:aws:secretsmanager:*:${OWN}:secret:*`]),
      ],
      [
        'all secrets, from some addresses',
        allow('secretsmanager:GetSecretValue', '*', { Condition: { IpAddress: { 'aws:SourceIp': '192.0.2.0/24' } } }),
      ],
      [
        'all secrets, but with a tag if they have one',
        allow('secretsmanager:GetSecretValue', '*', {
          Condition: { StringEqualsIfExists: { 'aws:ResourceTag/project': 'shop' } },
        }),
      ],
    ].map(([name, statement]) => ({
      name: name as string,
      resource: roleOf(inline(statement as object)),
      with: oneBuild,
      evidence: because('secretsmanager:GetSecretValue on all'),
    })),
    ...['*', `arn:aws:codepipeline:eu-west-1:${OWN}:*`].map((resource) => ({
      name: `its own approvals: ${resource}`,
      resource: roleOf(inline(allow('codepipeline:Put*', resource))),
      with: { pipelines: release(ARN) },
      evidence: {
        takers: ['CodePipeline release'],
        excess: [{ allowed: 'codepipeline:PutApprovalResult on all', statements: ['inline #1'] }],
      },
    })),
    {
      name: 'a role that six projects share',
      resource: roleOf(),
      with: { projects: builds(6) },
      message: '6 build projects share the role',
      evidence: { takers: builds(6).map(({ id }) => `CodeBuild ${id}`), sharing: 6 },
    },
    {
      name: 'a role that more share than may',
      resource: roleOf(),
      with: { projects: builds(2) },
      params: { shareLimit: 1 },
    },
    { name: 'everything, for GitHub', resource: roleOf({ ...everything, trust: web(GITHUB) }) },
  ],
  skip: [
    { name: 'a role that nothing takes', resource: roleOf(everything) },
    {
      name: 'a role of the same name in another account',
      resource: roleOf(everything),
      with: { projects: builds(9, [`arn:aws:iam::${OTHER}:role/deploy`]) },
    },
    {
      name: 'a role that something else takes through the provider',
      resource: roleOf({ ...everything, trust: web(provider('oidc.eks.eu-west-1.amazonaws.com/id/ABC')) }),
    },
    {
      name: 'a provider with a name that only begins like that of GitHub',
      resource: roleOf({ ...everything, trust: web(provider('token.actions.githubusercontent.com.evil.example')) }),
    },
    { name: 'a trust that shuts GitHub out', resource: roleOf({ trust: web(GITHUB, 'sts:*', { Effect: 'Deny' }) }) },
    { name: 'a trust that lets GitHub tag sessions alone', resource: roleOf({ trust: web(GITHUB, 'sts:TagSession') }) },
    {
      name: 'an AWS principal with a name like that of the provider',
      resource: roleOf({ trust: web({ AWS: GITHUB.Federated }) }),
    },
  ],
  unknown: [
    {
      name: 'a policy of AWS that was not among those in use',
      resource: roleOf({ attachedPolicies: [attachedAws('ReadOnlyAccess')] }),
      with: oneBuild,
    },
  ],
});
