import trustNotPublic from '../../../checks/iam/iam-role-trust-not-public.ts';
import { cases } from '../../support/cases.ts';
import { CREATED } from './_fixtures.ts';

const role = (...Statement: object[]) => ({
  uniqueId: 'AROA1',
  path: '/',
  created: CREATED.toISOString(),
  trust: JSON.stringify({ Version: '2012-10-17', Statement }),
  attachedPolicies: [],
  documents: [],
  permissionsBoundary: null,
  instanceProfiles: [],
  lastUsed: null,
  lastUsedRegion: null,
});
const trusts = (Principal: unknown, Condition?: object, Action: unknown = 'sts:AssumeRole') =>
  role({ Effect: 'Allow', Principal, Action, ...(Condition && { Condition }) });
const found = (principals: string[], conditionKeys: string[] = [], isHindered = false) => ({
  statements: [{ statement: '#1', principals, conditionKeys, isHindered }],
});

cases(trustNotPublic, {
  pass: [
    { name: 'one account', resource: trusts({ AWS: 'arn:aws:iam::444455556666:root' }) },
    { name: 'a service', resource: trusts({ Service: 'ec2.amazonaws.com' }) },
    {
      name: 'an identity provider',
      resource: trusts({ Federated: 'arn:aws:iam::111122223333:saml-provider/x' }, undefined, 'sts:AssumeRoleWithSAML'),
    },
    {
      name: 'everyone of the organization',
      resource: trusts('*', { StringEquals: { 'aws:PrincipalOrgID': 'o-a1b2c3d4e5' } }),
    },
    {
      name: 'everyone of a unit',
      resource: trusts('*', { 'ForAnyValue:StringLike': { 'aws:PrincipalOrgPaths': 'o-a1b2c3d4e5/r-ab12/*' } }),
    },
    {
      name: 'everyone of one account',
      resource: trusts({ AWS: '*' }, { StringEquals: { 'aws:PrincipalAccount': '444455556666' } }),
    },
    {
      name: 'one name in one account',
      resource: trusts('*', { ArnLike: { 'aws:PrincipalArn': 'arn:aws:iam::444455556666:role/x*' } }),
    },
    {
      name: 'everyone through one endpoint',
      resource: trusts('*', { StringEquals: { 'aws:SourceVpce': 'vpce-1a2b3c4d' } }),
    },
    { name: 'everyone in one network', resource: trusts('*', { StringEquals: { 'aws:SourceVpc': 'vpc-1a2b3c4d' } }) },
    { name: 'a Deny to everyone', resource: role({ Effect: 'Deny', Principal: '*', Action: 'sts:AssumeRole' }) },
    {
      name: 'everyone may tag the session, nobody may assume the role',
      resource: trusts('*', undefined, 'sts:TagSession'),
    },
    {
      name: 'everyone, and a Deny to all but the organization',
      resource: role(
        { Effect: 'Allow', Principal: '*', Action: 'sts:AssumeRole' },
        {
          Effect: 'Deny',
          Principal: '*',
          Action: 'sts:*',
          Condition: { StringNotEquals: { 'aws:PrincipalOrgID': 'o-a1b2c3d4e5' } },
        },
      ),
    },
  ],
  fail: [
    { name: 'everyone', resource: trusts('*'), severity: undefined, evidence: found(['AWS *']) },
    { name: 'everyone, as AWS', resource: trusts({ AWS: '*' }) },
    { name: 'everyone in a list', resource: trusts({ AWS: ['arn:aws:iam::444455556666:root', '*'] }) },
    { name: 'everyone, whatever the action is called', resource: trusts('*', undefined, 'STS:assumerole*') },
    { name: 'everyone, by all actions of STS', resource: trusts('*', undefined, ['sts:*']) },
    { name: 'everyone, by all actions', resource: trusts('*', undefined, '*') },
    { name: 'an ARN of any account', resource: trusts({ AWS: 'arn:aws:iam::*:root' }) },
    {
      name: 'all but one',
      resource: role({
        Effect: 'Allow',
        NotPrincipal: { AWS: 'arn:aws:iam::444455556666:root' },
        Action: 'sts:AssumeRole',
      }),
      evidence: found(['not AWS arn:aws:iam::444455556666:root']),
    },
    { name: 'a wildcard for the organization', resource: trusts('*', { StringLike: { 'aws:PrincipalOrgID': 'o-*' } }) },
    {
      name: 'the key may be absent',
      resource: trusts('*', { StringEqualsIfExists: { 'aws:PrincipalOrgID': 'o-a1b2c3d4e5' } }),
    },
    {
      name: 'for all values of a key that may be absent',
      resource: trusts('*', { 'ForAllValues:StringEquals': { 'aws:PrincipalOrgID': 'o-a1b2c3d4e5' } }),
    },
    {
      name: 'all but one organization',
      resource: trusts('*', { StringNotEquals: { 'aws:PrincipalOrgID': 'o-a1b2c3d4e5' } }),
    },
    {
      name: 'a name in any account',
      resource: trusts('*', { ArnLike: { 'aws:PrincipalArn': 'arn:aws:iam::*:role/x' } }),
    },
    {
      name: 'a key that says nothing of who calls',
      resource: trusts('*', { StringEquals: { 'aws:RequestedRegion': 'eu-west-1' } }),
      severity: undefined,
    },
    {
      name: 'an external id: no secret',
      resource: trusts('*', { StringEquals: { 'sts:ExternalId': 'abc' } }),
      severity: 'high',
      evidence: found(['AWS *'], ['sts:externalid'], true),
    },
    { name: 'any external id', resource: trusts('*', { StringLike: { 'sts:ExternalId': '*' } }), severity: undefined },
    {
      name: 'no external id at all',
      resource: trusts('*', { StringEquals: { 'sts:ExternalId': [] } }),
      severity: undefined,
    },
    {
      name: 'an external id, if there is one',
      resource: trusts('*', { StringEqualsIfExists: { 'sts:ExternalId': 'abc' } }),
      severity: undefined,
    },
    {
      name: 'one external id, or any',
      resource: trusts('*', { StringLike: { 'sts:ExternalId': ['abc', '*'] } }),
      severity: undefined,
    },
    {
      name: 'from one network of addresses: the place, not the identity',
      resource: trusts('*', { IpAddress: { 'aws:SourceIp': '192.0.2.0/24' } }),
      severity: 'high',
    },
    {
      name: 'from any address',
      resource: trusts('*', { IpAddress: { 'aws:SourceIp': '0.0.0.0/0' } }),
      severity: undefined,
    },
    {
      name: 'from all but some addresses',
      resource: trusts('*', { NotIpAddress: { 'aws:SourceIp': '192.0.2.0/24' } }),
      severity: undefined,
    },
    {
      name: 'one statement with an external id, one without',
      resource: role(
        {
          Effect: 'Allow',
          Principal: '*',
          Action: 'sts:AssumeRole',
          Condition: { StringEquals: { 'sts:ExternalId': 'abc' } },
        },
        { Sid: 'Open', Effect: 'Allow', Principal: '*', Action: 'sts:AssumeRole' },
      ),
      severity: undefined,
      evidence: {
        statements: [
          { statement: '#1', principals: ['AWS *'], conditionKeys: ['sts:externalid'], isHindered: true },
          { statement: 'Open', principals: ['AWS *'], conditionKeys: [], isHindered: false },
        ],
      },
    },
    {
      name: 'everyone, and a Deny to all but one network of addresses',
      resource: role(
        { Effect: 'Allow', Principal: '*', Action: 'sts:AssumeRole' },
        {
          Effect: 'Deny',
          Principal: '*',
          Action: 'sts:*',
          Condition: { NotIpAddress: { 'aws:SourceIp': '192.0.2.0/24' } },
        },
      ),
    },
    {
      name: 'everyone, and a Deny to all who are neither of the organization nor at one network of addresses',
      resource: role(
        { Effect: 'Allow', Principal: '*', Action: 'sts:AssumeRole' },
        {
          Effect: 'Deny',
          Principal: '*',
          Action: 'sts:*',
          Condition: {
            StringNotEquals: { 'aws:PrincipalOrgID': 'o-a1b2c3d4e5' },
            NotIpAddress: { 'aws:SourceIp': '192.0.2.0/24' },
          },
        },
      ),
    },
    {
      name: 'everyone, and a Deny that only asks for MFA',
      resource: role(
        { Effect: 'Allow', Principal: '*', Action: 'sts:AssumeRole' },
        {
          Effect: 'Deny',
          Principal: '*',
          Action: 'sts:*',
          Condition: { Bool: { 'aws:MultiFactorAuthPresent': 'false' } },
        },
      ),
    },
  ],
});
