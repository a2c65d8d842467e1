import oidcRestricted from '../../../checks/iam/iam-role-oidc-trust-restricted.ts';
import { cases } from '../../support/cases.ts';
import { allow, attachedAws, documentOf, managed, ofAws, OWN, roleOf, trusting, trustOf } from './_principals.ts';

const GITHUB = 'token.actions.githubusercontent.com';
const WEB = 'sts:AssumeRoleWithWebIdentity';
const arnOf = (issuer: string) => `arn:aws:iam::${OWN}:oidc-provider/${issuer}`;
const known = (...issuers: string[]) => ({ providers: issuers.map((id) => ({ id, arn: arnOf(id) })) });
const withGithub = known(GITHUB);

type Conditions = Readonly<Record<string, Readonly<Record<string, unknown>>>>;
/** Conditions on claims of an issuer. */
const on = (issuer: string, conditions: Conditions) =>
  Object.fromEntries(
    Object.entries(conditions).map(([operator, claims]) => [
      operator,
      Object.fromEntries(Object.entries(claims).map(([claim, value]) => [`${issuer}:${claim}`, value])),
    ]),
  );
const federated = (issuer: string, conditions: Conditions = {}) =>
  trusting(
    {
      Federated: issuer.includes('/id/') || (issuer.includes('.') && !issuer.startsWith('!')) ? arnOf(issuer) : issuer,
    },
    on(issuer, conditions),
    WEB,
  );
const roleFor = (issuer: string, conditions?: Conditions) => roleOf({ trust: trustOf(federated(issuer, conditions)) });

const AUD = { aud: 'sts.amazonaws.com' };
/** A role for GitHub whose audience is right. */
const github = (conditions: Conditions) =>
  roleFor(GITHUB, { ...conditions, StringEquals: { ...AUD, ...conditions['StringEquals'] } });
const like = (...sub: string[]) => github({ StringLike: { sub } });
const found = (severity: string, reason: string, issuer = GITHUB, statement = '#1') => ({
  openings: [{ statement, issuer, reason, severity }],
});
const built = (name: string, conditions?: object) =>
  roleOf({ trust: trustOf(trusting({ Federated: name }, conditions, WEB)) });
const EKS = 'oidc.eks.eu-west-1.amazonaws.com/id/EXAMPLE0123456789';
const PULLS = 'repo:acme/app:pull_request';
const writer = (role: ReturnType<typeof roleOf>, ...actions: string[]) => ({
  ...role,
  documents: [documentOf('own', allow(actions))],
});
const reading = managed([documentOf('reading', allow('s3:Get*'))]);

cases(oidcRestricted, {
  pass: [
    { name: 'one branch', resource: like('repo:acme/app:ref:refs/heads/main'), message: 'pinned' },
    {
      name: 'one environment, by immutable ids',
      resource: github({ StringEquals: { sub: 'repo:acme@1/app@2:environment:production' } }),
    },
    { name: 'one repository', resource: like('repo:acme/app:*') },
    {
      name: 'by text in any letters',
      resource: github({ StringEqualsIgnoreCase: { sub: 'repo:Acme/App:ref:refs/heads/main' } }),
    },
    { name: 'by any of the values', resource: github({ 'ForAnyValue:StringLike': { sub: 'repo:acme/app:*' } }) },
    {
      name: 'by the id of the repository, whatever the subject',
      resource: github({ StringEquals: { repository_id: '123' }, StringLike: { sub: 'repo:*' } }),
    },
    { name: 'by the name of the repository', resource: github({ StringEquals: { repository: 'acme/app' } }) },
    {
      name: 'by the workflow',
      resource: github({ StringLike: { job_workflow_ref: 'acme/app/.github/workflows/x.yml@*' } }),
    },
    {
      name: 'a key in other letters',
      resource: roleOf({
        trust: trustOf(
          trusting(
            { Federated: arnOf(GITHUB) },
            {
              StringEquals: {
                [`${GITHUB.toUpperCase()}:SUB`]: 'repo:acme/app:ref:refs/heads/main',
                [`${GITHUB}:AUD`]: 'sts.amazonaws.com',
              },
            },
            WEB,
          ),
        ),
      }),
    },
    {
      name: 'a subject of a form of its own, in full',
      resource: github({ StringEquals: { sub: 'repository_owner_id:1:repository_id:2' } }),
    },
    {
      name: 'an organization, where that is enough',
      resource: like('repo:acme/*'),
      params: { allowOrganizationWide: true },
    },
    {
      name: 'by the id of the organization, where that is enough',
      resource: github({ StringEquals: { repository_owner_id: '1' } }),
      params: { allowOrganizationWide: true },
    },
    {
      name: 'a branch, where one is asked for',
      resource: like('repo:acme/app:ref:refs/heads/main'),
      params: { requireRef: true },
    },
    {
      name: 'a branch by a claim of its own',
      resource: github({ StringEquals: { repository: 'acme/app', ref: 'refs/heads/main' } }),
      params: { requireRef: true },
    },
    {
      name: 'a wildcard that is compared as it is written: dead',
      resource: github({ StringEquals: { sub: 'repo:acme/app:*' } }),
      message: /pinned, and repo:acme\/app:\* never matches/,
    },
    {
      name: 'a Deny to all but one repository',
      resource: roleOf({
        trust: trustOf(federated(GITHUB, { StringEquals: AUD }), {
          ...trusting('*', on(GITHUB, { StringNotLike: { sub: 'repo:acme/app:*' } }), WEB),
          Effect: 'Deny',
        }),
      }),
    },
    {
      name: 'a Deny to the provider’s identities but one repository',
      resource: roleOf({
        trust: trustOf(federated(GITHUB, { StringEquals: AUD }), {
          ...federated(GITHUB, { StringNotEquals: { repository_id: '1' } }),
          Effect: 'Deny',
        }),
      }),
    },
    {
      name: 'pull requests of an environment',
      resource: writer(github({ StringEquals: { environment: 'preview', sub: PULLS } }), 's3:*'),
    },
    { name: 'pull requests that only read', resource: writer(like(PULLS), 's3:Get*', 'ec2:DescribeInstances') },
    {
      name: 'pull requests that only read by their permissions boundary',
      resource: { ...writer(like(PULLS), 's3:*'), permissionsBoundary: reading.arn },
      with: { policies: [reading] },
    },
    {
      name: 'pull requests that only read by a policy of AWS',
      resource: { ...like(PULLS), attachedPolicies: [attachedAws('ViewOnlyAccess')] },
      with: { awsPolicies: [ofAws('ViewOnlyAccess', allow(['s3:ListAllMyBuckets', 'ec2:Describe*']))] },
    },
    { name: 'pull requests of a role that may do nothing', resource: like(PULLS) },
    { name: 'a provider that is gone', resource: roleFor(GITHUB), message: 'inert' },
    { name: 'an issuer of one enterprise', resource: roleFor(`${GITHUB}/acme`), with: known(`${GITHUB}/acme`) },
    {
      name: 'an issuer of one organization',
      resource: roleFor('oidc.circleci.com/org/1'),
      with: known('oidc.circleci.com/org/1'),
    },
    { name: 'GitLab, one group', resource: roleFor('gitlab.com', { StringLike: { sub: 'project_path:acme/*' } }) },
    {
      name: 'Terraform, one organization',
      resource: roleFor('app.terraform.io', { StringLike: { sub: 'organization:acme:*' } }),
    },
    {
      name: 'GitLab, one project in full',
      resource: roleFor('gitlab.com', { StringEquals: { sub: 'project_path:acme/app:ref_type:branch:ref:main' } }),
    },
    { name: 'Pulumi, one organization', resource: roleFor('api.pulumi.com/oidc', { StringLike: { aud: 'urn:acme' } }) },
    {
      name: 'Google, one client',
      resource: built('accounts.google.com', { StringEquals: { 'accounts.google.com:aud': '66677788899900' } }),
    },
    {
      name: 'one service account of a cluster',
      resource: roleFor(EKS, { StringEquals: { sub: 'system:serviceaccount:shop:orders' } }),
    },
    {
      name: 'one namespace of a cluster',
      resource: roleFor(EKS, { StringLike: { sub: 'system:serviceaccount:shop:*' } }),
    },
    {
      name: 'a provider beside one that a claim is asked of',
      resource: roleOf({
        trust: trustOf(
          trusting(
            { Federated: [arnOf(GITHUB), arnOf('gitlab.com')] },
            on(GITHUB, { StringEquals: { ...AUD, repository: 'acme/app' } }),
            WEB,
          ),
        ),
      }),
    },
    { name: 'GitHub, where it is not shared', resource: roleFor(GITHUB), params: { sharedIssuers: {} } },
  ],
  fail: [
    {
      name: 'no condition',
      resource: roleFor(GITHUB),
      with: withGithub,
      severity: 'critical',
      message: 'open to repositories of any organization',
      evidence: found('critical', 'repositories of any organization'),
    },
    { name: 'an audience that anybody can ask for', resource: github({}), with: withGithub, severity: 'critical' },
    { name: 'any organization', resource: like('repo:*'), with: withGithub, severity: 'critical' },
    {
      name: 'an organization whose name begins alike',
      resource: like('repo:acme*/app*:*'),
      with: withGithub,
      severity: 'critical',
    },
    {
      name: 'not one repository',
      resource: github({ StringNotLike: { sub: 'repo:acme/app:*' } }),
      with: withGithub,
      severity: 'critical',
    },
    {
      name: 'a subject, if there is one',
      resource: github({ StringEqualsIfExists: { sub: 'repo:acme/app:ref:refs/heads/main' } }),
      with: withGithub,
      severity: 'critical',
    },
    {
      name: 'all subjects, of which there may be none',
      resource: github({ 'ForAllValues:StringEquals': { sub: 'repo:acme/app:ref:refs/heads/main' } }),
      with: withGithub,
      severity: 'critical',
    },
    {
      name: 'no subject at all',
      resource: github({ StringEquals: { sub: [] } }),
      with: withGithub,
      severity: 'critical',
    },
    {
      name: 'an id by pattern',
      resource: github({ StringLike: { repository_id: '1*' } }),
      with: withGithub,
      severity: 'critical',
    },
    {
      name: 'an organization',
      resource: like('repo:acme/*'),
      with: withGithub,
      severity: 'medium',
      evidence: found('medium', 'each repository of the organization'),
    },
    {
      name: 'a branch, or an organization',
      resource: like('repo:acme/app:ref:refs/heads/main', 'repo:acme/*'),
      with: withGithub,
      severity: 'medium',
    },
    {
      name: 'the owner alone',
      resource: github({ StringEquals: { repository_owner: 'acme' } }),
      with: withGithub,
      severity: 'medium',
    },
    {
      name: 'the enterprise alone',
      resource: github({ StringEquals: { enterprise_id: '1' } }),
      with: withGithub,
      severity: 'medium',
    },
    {
      name: 'a claim that the rules leave out',
      resource: github({ StringEquals: { repository_id: '1' } }),
      with: withGithub,
      params: { sharedIssuers: { [GITHUB]: ['sub'] } },
      severity: 'critical',
    },
    {
      name: 'a subject of a form of its own, in part',
      resource: like('context:main:*'),
      with: withGithub,
      severity: 'low',
      message: 'by hand',
    },
    {
      name: 'pull requests that write',
      resource: writer(like(PULLS), 's3:Get*', 's3:PutObject'),
      with: withGithub,
      severity: 'high',
      evidence: found('high', 'each pull request of the repository'),
    },
    {
      name: 'pull requests that do all but something',
      resource: {
        ...like(PULLS),
        documents: [documentOf('own', { Effect: 'Allow', NotAction: 'iam:*', Resource: '*' })],
      },
      with: withGithub,
      severity: 'high',
    },
    {
      name: 'tokens for any audience',
      resource: roleFor(GITHUB, { StringEquals: { sub: 'repo:acme/app:ref:refs/heads/main' } }),
      with: withGithub,
      severity: 'medium',
      evidence: found('medium', 'tokens for any audience'),
    },
    {
      name: 'any branch, where one is asked for',
      resource: like('repo:acme/app:*'),
      with: withGithub,
      params: { requireRef: true },
      severity: 'medium',
      message: 'each branch',
    },
    {
      name: 'a branch by a pattern, where one is asked for',
      resource: github({ StringEquals: { repository: 'acme/app' }, StringLike: { ref: 'refs/heads/*' } }),
      with: withGithub,
      params: { requireRef: true },
    },
    {
      name: 'a Deny that asks for two things at once',
      resource: roleOf({
        trust: trustOf(federated(GITHUB, { StringEquals: AUD }), {
          ...trusting('*', on(GITHUB, { StringNotLike: { sub: 'repo:acme/app:*', ref: 'x' } }), WEB),
          Effect: 'Deny',
        }),
      }),
      with: withGithub,
      severity: 'critical',
    },
    ...(
      [
        ['of another action', { Action: 'sts:AssumeRole' }],
        ['to somebody else', { Principal: { Federated: arnOf('gitlab.com') } }],
        ['where the claim is there', { Condition: on(GITHUB, { StringLike: { sub: 'repo:acme/app:*' } }) }],
        ['for any value', { Condition: on(GITHUB, { 'ForAnyValue:StringNotLike': { sub: 'repo:acme/app:*' } }) }],
        ['that is an Allow', { Effect: 'Allow', Principal: { Federated: arnOf('gitlab.com') } }],
      ] as [string, object][]
    ).map(([name, more]) => ({
      name: `a Deny ${name}`,
      resource: roleOf({
        trust: trustOf(federated(GITHUB, { StringEquals: AUD }), {
          ...trusting('*', on(GITHUB, { StringNotLike: { sub: 'repo:acme/app:*' } }), WEB),
          Effect: 'Deny',
          ...more,
        }),
      }),
      with: withGithub,
    })),
    {
      name: 'the graver of two statements',
      resource: roleOf({
        trust: trustOf(federated(GITHUB, { StringLike: { sub: 'repo:acme/*' } }), { ...federated(GITHUB), Sid: 'Any' }),
      }),
      with: withGithub,
      severity: 'critical',
      evidence: {
        openings: [
          { statement: '#1', issuer: GITHUB, reason: 'each repository of the organization', severity: 'medium' },
          { statement: 'Any', issuer: GITHUB, reason: 'repositories of any organization', severity: 'critical' },
        ],
      },
    },
    {
      name: 'GitLab, any group',
      resource: roleFor('gitlab.com', { StringLike: { sub: 'project_path:*' } }),
      with: known('gitlab.com'),
      severity: 'critical',
      evidence: found('critical', 'any tenant of gitlab.com', 'gitlab.com'),
    },
    {
      name: 'GitLab, groups by prefix',
      resource: roleFor('gitlab.com', { StringLike: { sub: ['project_path:acme/*', 'project_path:acme*'] } }),
      with: known('gitlab.com'),
    },
    {
      name: 'Pulumi, an audience by pattern',
      resource: roleFor('api.pulumi.com/oidc', { StringLike: { aud: 'urn:pulumi:acme:*' } }),
      with: known('api.pulumi.com/oidc'),
    },
    { name: 'Cognito, any pool', resource: built('cognito-identity.amazonaws.com'), severity: 'critical' },
    {
      name: 'a cluster',
      resource: roleFor(EKS, { StringEquals: AUD }),
      with: known(EKS),
      severity: 'medium',
      evidence: found('medium', 'any service account of the cluster', EKS),
    },
    {
      name: 'a cluster in China',
      resource: roleFor('oidc.eks.cn-north-1.amazonaws.com.cn/id/E0'),
      with: known('oidc.eks.cn-north-1.amazonaws.com.cn/id/E0'),
      severity: 'medium',
    },
    {
      name: 'any service account',
      resource: roleFor(EKS, { StringLike: { sub: 'system:serviceaccount:*' } }),
      with: known(EKS),
      severity: 'medium',
    },
    {
      name: 'namespaces by prefix',
      resource: roleFor(EKS, { StringLike: { sub: 'system:serviceaccount:shop*:x' } }),
      with: known(EKS),
    },
    {
      name: 'two providers, of which one goes without condition',
      resource: roleOf({
        trust: trustOf(trusting({ Federated: [arnOf(GITHUB), arnOf('gitlab.com')] }, undefined, WEB)),
      }),
      with: known('gitlab.com'),
      evidence: found('critical', 'any tenant of gitlab.com', 'gitlab.com'),
    },
  ],
  skip: [
    { name: 'nobody', resource: roleOf(), message: 'no web identities' },
    {
      name: 'people of a directory',
      resource: roleOf({
        trust: trustOf(trusting({ Federated: `arn:aws:iam::${OWN}:saml-provider/x` }, undefined, 'sts:AssumeRole*')),
      }),
    },
    {
      name: 'another account',
      resource: roleOf({ trust: trustOf(trusting({ AWS: '444455556666' }, undefined, 'sts:*')) }),
    },
    { name: 'a Deny', resource: roleOf({ trust: trustOf({ ...federated(GITHUB), Effect: 'Deny' }) }) },
    {
      name: 'a statement without principal',
      resource: roleOf({ trust: trustOf({ Effect: 'Allow', Action: WEB, NotPrincipal: { AWS: OWN } }) }),
    },
  ],
});
