import crossAccount from '../../../checks/s3/s3-bucket-cross-account-access-restricted.ts';
import { cases } from '../../support/cases.ts';

const statement = { Sid: 'Share', Effect: 'Allow', Action: 's3:GetObject', Resource: 'arn:aws:s3:::bucket/*' };
const policyOf = (...statements: object[]) => ({
  policy: JSON.stringify({ Version: '2012-10-17', Statement: statements.map((one) => ({ ...statement, ...one })) }),
});
const to = (AWS: string | string[], difference: object = {}) => policyOf({ Principal: { AWS }, ...difference });
const STRANGER = 'arn:aws:iam::444455556666:root';
const OAI = 'arn:aws:iam::cloudfront:user/CloudFront Origin Access Identity E1A2B3C4D5E6F7';
const CANONICAL = '79a59df900b949e55d96a1e698fbacedfd6e09d98eacf8f8d5218e7cd47ef2be';
const DELETED = 'AROAJQABLZS4A3QDU576Q';
const IN_ORG = { StringEquals: { 'aws:PrincipalOrgID': 'o-a1b2c3d4e5' } };
const organization = { id: 'o-a1b2c3d4e5', managementAccount: '777788889999', featureSet: 'ALL' } as const;
const own = (difference: { organization: typeof organization | null } = { organization }) => ({
  accounts: [{ id: '111122223333', ...difference }],
});
const members = (...ids: string[]) => ({
  ...own(),
  members: ids.map((id) => ({ id, name: id, state: 'ACTIVE' as const })),
});
const standAlone = own({ organization: null });
const trusting = (...trustedAccounts: string[]) => ({ trustedAccounts });

cases(crossAccount, {
  pass: [
    { name: 'no policy', resource: { policy: null }, message: 'no bucket policy' },
    { name: 'the own account', resource: to(['arn:aws:iam::111122223333:root', '111122223333']), message: 'trusted' },
    {
      // The name of a role is no account: looking for digits anywhere takes this for 444455556666.
      name: 'a role of the own account that is named after another',
      resource: to('arn:aws:iam::111122223333:role/x444455556666'),
    },
    { name: 'a service', resource: policyOf({ Principal: { Service: 'cloudtrail.amazonaws.com' } }) },
    { name: 'a Deny for another account', resource: to(STRANGER, { Effect: 'Deny' }) },
    { name: 'a trusted account', resource: to(STRANGER), params: trusting('444455556666') },
    { name: 'an account of the organization', resource: to(STRANGER), with: members('777788889999', '444455556666') },
    { name: 'the management account, which each member knows', resource: to('777788889999'), with: own() },
    {
      name: 'another account, if it is of the own organization',
      resource: to(STRANGER, { Condition: IN_ORG }),
      with: own(),
    },
    {
      name: 'the own organization by variable',
      resource: to(STRANGER, { Condition: { StringEquals: { 'aws:PrincipalOrgID': '${aws:ResourceOrgID}' } } }),
    },
    { name: 'everyone of the own organization', resource: to('*', { Condition: IN_ORG }), with: own() },
    {
      name: 'everyone of a trusted organization',
      resource: to('*', { Condition: IN_ORG }),
      params: { trustedOrgIds: ['o-a1b2c3d4e5'] },
    },
    { name: 'everyone: what is public is for another check', resource: to('*') },
    { name: 'everyone and another account: likewise', resource: to(['*', STRANGER]) },
    {
      name: 'everyone on a network',
      resource: to('*', { Condition: { StringEquals: { 'aws:SourceVpce': 'vpce-0a1b2c3d' } } }),
    },
    { name: 'load balancers deliver logs', resource: to('arn:aws:iam::127311923021:root', { Action: 's3:PutObject' }) },
    {
      name: 'Amazon Redshift delivers logs',
      resource: to('arn:aws:iam::210876761215:user/logs', { Action: ['s3:putobject', 's3:GetBucketAcl'] }),
    },
    {
      name: 'a provider of the own account',
      resource: policyOf({ Principal: { Federated: 'arn:aws:iam::111122223333:saml-provider/Corp' } }),
    },
    {
      name: 'a provider of a trusted account',
      resource: policyOf({ Principal: { Federated: 'arn:aws:iam::444455556666:saml-provider/Corp' } }),
      params: trusting('444455556666'),
    },
    {
      name: 'web identities: what is public is for another check',
      resource: policyOf({ Principal: { Federated: 'accounts.google.com' } }),
    },
    {
      name: 'a canonical user that is trusted',
      resource: policyOf({ Principal: { CanonicalUser: CANONICAL } }),
      params: trusting(CANONICAL),
    },
    {
      name: 'a canonical user of the own organization',
      resource: policyOf({ Principal: { CanonicalUser: CANONICAL }, Condition: IN_ORG }),
      with: own(),
    },
  ],
  fail: [
    {
      name: 'another account',
      with: standAlone,
      resource: to(STRANGER),
      severity: undefined,
      message: /^lets in 444455556666$/,
      evidence: { foreign: [{ statement: 'Share', strangers: ['444455556666'], changesAccess: false }] },
    },
    { name: 'by its id', resource: to('444455556666'), with: members('777788889999') },
    {
      name: 'a role of another account',
      with: standAlone,
      resource: to('arn:aws:iam::444455556666:role/x111122223333'),
    },
    {
      name: 'several, each once',
      with: standAlone,
      resource: policyOf(
        { Principal: { AWS: [STRANGER, '999900001111'] } },
        { Sid: 'More', Principal: { AWS: [STRANGER, '888800001111'] }, Action: 's3:PutObjectAcl' },
      ),
      params: trusting('888800001111'),
      severity: 'high',
      message: /^lets in 444455556666, 999900001111 \(high/,
      evidence: {
        foreign: [
          { statement: 'Share', strangers: ['444455556666', '999900001111'], changesAccess: false },
          { statement: 'More', strangers: ['444455556666'], changesAccess: true },
        ],
      },
    },
    {
      name: 'everyone of another account',
      with: standAlone,
      resource: to('*', { Condition: { StringEquals: { 'aws:PrincipalAccount': '444455556666' } } }),
    },
    {
      name: 'everyone of another organization',
      resource: to('*', { Condition: IN_ORG }),
      with: standAlone,
      message: 'lets in o-a1b2c3d4e5',
    },
    {
      name: 'another account in another organization',
      resource: to(STRANGER, { Condition: IN_ORG }),
      with: own({ organization: { ...organization, id: 'o-zzzzzzzzzz' } } as never),
      message: /^lets in 444455556666$/,
    },
    {
      name: 'one of two organizations is not trusted',
      resource: to(STRANGER, {
        Condition: { StringEquals: { 'aws:PrincipalOrgID': ['o-a1b2c3d4e5', 'o-zzzzzzzzzz'] } },
      }),
      with: own(),
    },
    {
      name: 'IfExists does not ask for the organization',
      resource: to(STRANGER, { Condition: { StringEqualsIfExists: { 'aws:PrincipalOrgID': 'o-a1b2c3d4e5' } } }),
      with: own(),
    },
    {
      name: 'an external network',
      with: standAlone,
      resource: to(STRANGER, { Condition: { IpAddress: { 'aws:SourceIp': '198.51.100.0/24' } } }),
    },
    {
      name: 'a provider of another account',
      with: standAlone,
      resource: policyOf({ Principal: { Federated: 'arn:aws:iam::444455556666:saml-provider/Corp' } }),
    },
    {
      name: 'delivery of logs that may read them too',
      with: standAlone,
      resource: to('127311923021', { Action: ['s3:PutObject', 's3:GetObject'] }),
    },
    { name: 'delivery of logs by wildcard', with: standAlone, resource: to('127311923021', { Action: 's3:Put*' }) },
    {
      name: 'delivery of logs by exclusion',
      with: standAlone,
      resource: to('127311923021', { Action: undefined, NotAction: 's3:Get*' }),
    },
    ...[
      's3:PutBucketPolicy',
      's3:PutBucketAcl',
      's3:DeleteBucketPolicy',
      's3:PutEncryptionConfiguration',
      's3:PutObjectAcl',
      's3:*',
    ].map((Action) => ({
      name: `it may ${Action}`,
      with: standAlone,
      resource: to(STRANGER, { Action }),
      severity: 'high' as const,
    })),
    {
      name: 'it may put objects',
      with: standAlone,
      resource: to(STRANGER, { Action: ['s3:PutObject', 's3:DeleteObject'] }),
      severity: undefined,
    },
    {
      name: 'a user or role that was deleted',
      resource: to(DELETED),
      severity: 'low',
      message: /^names users or roles that were deleted/,
      evidence: { stale: [{ statement: 'Share', deleted: [DELETED] }] },
    },
    {
      name: 'another account counts for more than one that was deleted',
      with: standAlone,
      resource: to([DELETED, STRANGER]),
      severity: undefined,
      message: /^lets in 444455556666$/,
    },
    {
      name: 'another account, beside one that cannot be told',
      with: standAlone,
      resource: to([OAI, STRANGER]),
      message: /^lets in 444455556666$/,
    },
  ],
  unknown: [
    { name: 'an origin access identity, which may be anyone', resource: to(OAI), message: 'cannot be told' },
    { name: 'a canonical user', resource: policyOf({ Principal: { CanonicalUser: CANONICAL } }) },
    { name: 'a policy that cannot be read', resource: { policy: '{}' }, message: 'policy document' },
  ],
});
