import { expect, it } from 'vitest';
import notPublic from '../../../checks/kms/kms-key-policy-not-public.ts';
import { attempt, viewer } from '../../../lib/core/view.ts';
import { table } from '../../../lib/core/table.ts';
import { cases } from '../../support/cases.ts';

const metadata = {
  manager: 'CUSTOMER',
  state: 'Enabled',
  spec: 'SYMMETRIC_DEFAULT',
  origin: 'AWS_KMS',
  deletionDate: null,
  multiRegionKeyType: null,
} as const;
const dying = { ...metadata, state: 'PendingDeletion' } as const;
const dyingPrimary = { ...metadata, state: 'PendingReplicaDeletion' } as const;

const policyOf = (...statements: object[]) => JSON.stringify({ Version: '2012-10-17', Statement: statements });
const everyone = { Sid: 'Use', Effect: 'Allow', Principal: '*', Action: 'kms:Decrypt', Resource: '*' };
const own = { ...everyone, Sid: 'Own', Principal: { AWS: 'arn:aws:iam::111122223333:root' }, Action: 'kms:*' };
const foreign = { ...everyone, Sid: 'Foreign', Principal: { AWS: 'arn:aws:iam::444455556666:root' } };
const key = (...statements: object[]) => ({ metadata, policy: policyOf(own, ...statements) });
const when = (Condition: object) => key({ ...everyone, Condition });
const ORGANIZATION = { id: 'o-a1b2c3d4e5', managementAccount: '999900001111', featureSet: 'ALL' } as const;
const standAlone = { accounts: [{ id: '111122223333', organization: null }] };
const inOrganization = (...ids: string[]) => ({
  accounts: [{ id: '111122223333', organization: ORGANIZATION }],
  members: ids.map((id) => ({ id, name: 'Data', state: 'ACTIVE' as const })),
});

cases(notPublic, {
  pass: [
    { name: 'the usual statement for the own account', resource: key(), message: 'everyone it admits is known' },
    {
      name: 'the caller by kms:CallerAccount',
      resource: when({ StringEquals: { 'kms:CallerAccount': '111122223333' } }),
    },
    {
      name: 'a service, on behalf of the own account: as in the policies of AWS managed keys',
      resource: when({
        StringEquals: { 'kms:ViaService': 'ebs.eu-west-1.amazonaws.com', 'kms:CallerAccount': '111122223333' },
      }),
    },
    {
      name: 'keys of conditions in any letter case',
      resource: when({ StringEquals: { 'KMS:calleraccount': '111122223333' } }),
    },
    { name: 'by aws:PrincipalAccount', resource: when({ StringEquals: { 'aws:PrincipalAccount': '111122223333' } }) },
    {
      name: 'IfExists on a key that is always there',
      resource: when({ StringEqualsIfExists: { 'aws:PrincipalAccount': '111122223333' } }),
    },
    { name: 'by aws:PrincipalOrgID', resource: when({ StringEquals: { 'aws:PrincipalOrgID': 'o-a1b2c3d4e5' } }) },
    {
      name: 'by aws:PrincipalArn',
      resource: when({ ArnLike: { 'aws:PrincipalArn': 'arn:aws:iam::111122223333:role/*' } }),
    },
    { name: 'by aws:SourceAccount', resource: when({ StringEquals: { 'aws:SourceAccount': '111122223333' } }) },
    { name: 'by aws:SourceArn', resource: when({ ArnLike: { 'aws:SourceArn': 'arn:aws:sns:*:111122223333:*' } }) },
    { name: 'by a VPC endpoint', resource: when({ StringEquals: { 'aws:SourceVpce': 'vpce-0a1b2c3d' } }) },
    {
      name: 'a Deny shuts out all but the organization',
      resource: key(everyone, {
        ...everyone,
        Sid: 'Close',
        Effect: 'Deny',
        Action: 'kms:*',
        Condition: { StringNotEquals: { 'aws:PrincipalOrgID': 'o-a1b2c3d4e5' } },
      }),
    },
    { name: 'a Deny to everyone is no grant', resource: key({ ...everyone, Effect: 'Deny' }) },
    { name: 'no principal', resource: key({ ...everyone, Principal: {} }) },
    { name: 'no Principal element', resource: key({ ...everyone, Principal: undefined }) },
    { name: 'an account that is trusted', resource: key(foreign), params: { trustedAccounts: ['444455556666'] } },
    {
      name: 'an account, as long as it is of an organization',
      resource: key({ ...foreign, Condition: { StringEquals: { 'aws:PrincipalOrgID': 'o-a1b2c3d4e5' } } }),
    },
    { name: 'an account of the organization', resource: key(foreign), with: inOrganization('444455556666') },
    {
      name: 'the management account, which each member knows',
      resource: key({ ...foreign, Principal: { AWS: '999900001111' } }),
      with: inOrganization(),
    },
  ],
  fail: [
    {
      name: 'everyone',
      resource: key(everyone),
      severity: undefined,
      message: 'any AWS account may use the key',
      evidence: { everyone: [{ statement: 'Use', principals: ['AWS *'], conditionKeys: [] }] },
    },
    { name: 'everyone, as AWS', resource: key({ ...everyone, Principal: { AWS: '*' } }) },
    {
      name: 'everyone in a list',
      resource: key({ ...everyone, Principal: { AWS: ['arn:aws:iam::111122223333:root', '*'] } }),
    },
    { name: 'a wildcard for the account', resource: key({ ...everyone, Principal: { AWS: 'arn:aws:iam::*:root' } }) },
    {
      name: 'all but one',
      resource: key({ ...everyone, Principal: undefined, NotPrincipal: { AWS: '444455556666' } }),
    },
    { name: 'any action counts', resource: key({ ...everyone, Action: 'kms:DescribeKey' }) },
    {
      // Anyone's account can go through the service.
      name: 'kms:ViaService alone does not say who calls',
      resource: when({ StringEquals: { 'kms:ViaService': 's3.eu-west-1.amazonaws.com' } }),
      evidence: { everyone: [{ statement: 'Use', principals: ['AWS *'], conditionKeys: ['kms:viaservice'] }] },
    },
    {
      name: 'nor does aws:CalledVia',
      resource: when({ 'ForAnyValue:StringEquals': { 'aws:CalledVia': ['s3.amazonaws.com'] } }),
    },
    { name: 'nor an address', resource: when({ IpAddress: { 'aws:SourceIp': '198.51.100.0/24' } }) },
    { name: 'a wildcard pins nothing', resource: when({ StringLike: { 'kms:CallerAccount': '*' } }) },
    {
      name: 'IfExists on a key that may be absent',
      resource: when({ StringEqualsIfExists: { 'aws:PrincipalOrgID': 'o-a1b2c3d4e5' } }),
    },
    {
      name: 'a Deny that leaves an action open',
      resource: key(
        { ...everyone, Action: 'kms:*' },
        {
          ...everyone,
          Effect: 'Deny',
          Condition: { StringNotEquals: { 'aws:PrincipalOrgID': 'o-a1b2c3d4e5' } },
        },
      ),
      evidence: { everyone: [{ statement: 'Use', principals: ['AWS *'], conditionKeys: [] }] },
    },
    {
      name: 'a Deny for all but an address',
      resource: key(everyone, {
        ...everyone,
        Effect: 'Deny',
        Action: 'kms:*',
        Condition: { NotIpAddress: { 'aws:SourceIp': '198.51.100.0/24' } },
      }),
    },
    {
      name: 'another account',
      with: standAlone,
      resource: key(foreign),
      severity: 'medium',
      message: /^admits accounts that are not trusted: 444455556666 /,
      evidence: { foreign: ['444455556666'] },
    },
    {
      name: 'another account, through a VPC endpoint',
      with: standAlone,
      resource: key({ ...foreign, Condition: { StringEquals: { 'aws:SourceVpce': 'vpce-0a1b2c3d' } } }),
      severity: 'medium',
    },
    {
      name: 'another account twice, and one that is trusted',
      with: standAlone,
      resource: key(foreign, { ...foreign, Principal: { AWS: ['444455556666', '777788889999'] } }),
      params: { trustedAccounts: ['777788889999'] },
      evidence: { foreign: ['444455556666'] },
    },
    {
      name: 'everyone of another account',
      resource: when({ StringEquals: { 'kms:CallerAccount': '444455556666' } }),
      with: inOrganization('777788889999'),
      severity: 'medium',
    },
    {
      name: 'everyone, for a key that is to be deleted',
      resource: { ...key(everyone), metadata: dying },
      severity: 'low',
      message: 'any AWS account',
    },
    {
      name: 'another account, for a key that is to be deleted',
      with: standAlone,
      resource: { ...key(foreign), metadata: dyingPrimary },
      severity: 'low',
    },
  ],
  skip: [{ name: 'managed by AWS', resource: { metadata: { ...metadata, manager: 'AWS' }, policy: null } }],
  unknown: [
    {
      name: 'a policy that cannot be read',
      resource: { metadata, policy: '{"Statement":[{}]}' },
      message: 'policy document',
    },
  ],
});

it('a key that everyone may use fails even if its state is not known', () => {
  const gap = { reason: 'denied', operation: 'kms:DescribeKey', detail: 'access denied' } as const;
  const identity = { type: 'AWS::KMS::Key', id: 'k', arn: 'arn', account: '111122223333', region: 'eu-west-1' };
  const facets = { metadata: { gap }, policy: { value: policyOf(everyone) } };
  const view = viewer(notPublic.needs)({ identity, at: '', base: {}, facets });
  const context = { params: notPublic.params, members: table([], undefined), accounts: table([], undefined) };
  const verdict = attempt(() => notPublic.evaluate(view as never, context as never));
  expect(verdict).toMatchObject({ status: 'FAIL' });
  expect(verdict).not.toHaveProperty('severity');
});
