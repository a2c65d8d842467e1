import noFullAdmin from '../../../checks/iam/iam-policy-no-full-admin.ts';
import { cases } from '../../support/cases.ts';
import { CREATED } from './_fixtures.ts';

const common = { uniqueId: 'X', path: '/', created: CREATED.toISOString() };
const allow = (Action: unknown, Resource: unknown = '*', more: object = {}) => ({
  Effect: 'Allow',
  Action,
  Resource,
  ...more,
});
const document = (name: string, ...Statement: object[]) => ({
  name,
  text: JSON.stringify({ Version: '2012-10-17', Statement }),
});
const policy = (Statement: object | object[], attachmentCount = 1, boundaryCount = 0) => ({
  ...common,
  type: 'AWS::IAM::ManagedPolicy' as const,
  arn: 'arn:aws:iam::111122223333:policy/own',
  updated: CREATED.toISOString(),
  versionId: 'v1',
  attachmentCount,
  boundaryCount,
  documents: [document('own', ...[Statement].flat())],
});
const ADMIN = allow('*');
const user = {
  ...common,
  type: 'AWS::IAM::User' as const,
  groups: [],
  attachedPolicies: [],
  permissionsBoundary: null,
};
const group = { ...common, type: 'AWS::IAM::Group' as const, attachedPolicies: [] };
const role = {
  ...common,
  type: 'AWS::IAM::Role' as const,
  trust: '{"Statement":[]}',
  attachedPolicies: [],
  permissionsBoundary: null,
  instanceProfiles: [],
  lastUsed: null,
  lastUsedRegion: null,
};
const found = (...statements: string[]) => ({ policies: [{ name: 'own', statements }] });

cases(noFullAdmin, {
  pass: [
    { name: 'some actions', resource: policy(allow(['s3:*', 'ec2:*'])) },
    { name: 'everything on one bucket', resource: policy(allow('*', 'arn:aws:s3:::b/*')) },
    {
      name: 'all but IAM, organizations and account: PowerUserAccess',
      resource: policy({ Effect: 'Allow', NotAction: ['iam:*', 'organizations:*', 'account:*'], Resource: '*' }),
    },
    {
      name: 'all of it denied again, without conditions',
      resource: policy([ADMIN, { Effect: 'Deny', Action: '*', Resource: '*' }]),
    },
    { name: 'unattached', resource: policy(ADMIN, 0), message: 'unattached' },
    {
      name: 'unattached and narrow',
      resource: policy(allow('s3:*'), 0),
      params: { includeUnattached: true },
      message: 'no policy',
    },
    {
      name: 'under a condition, where that is accepted',
      resource: policy(allow('*', '*', { Condition: { IpAddress: { 'aws:SourceIp': '192.0.2.1/32' } } })),
      params: { ignoreConditioned: true },
    },
    { name: 'a narrow inline policy', resource: { ...role, documents: [document('own', allow('s3:Get*'))] } },
    {
      name: 'halves that add up only across two documents',
      resource: { ...role, documents: [document('a', allow('*', 'arn:aws:s3:::*')), document('b', allow('ec2:*'))] },
    },
  ],
  fail: [
    {
      name: 'everything on everything',
      resource: policy(ADMIN),
      message: 'own',
      evidence: found('#1'),
      severity: undefined,
    },
    { name: 'as lists, among others', resource: policy(allow(['s3:Get*', '*'], ['*', 'arn:aws:s3:::x'])) },
    { name: 'in other words: *:* on arn:*', resource: policy(allow('*:*', 'arn:*')) },
    { name: 'all ARNs of the partition', resource: policy(allow('*', 'arn:aws:*')) },
    {
      name: 'all ARNs of the partition, in China',
      resource: { ...policy(allow('*', 'arn:aws-cn:*')), arn: 'arn:aws-cn:iam::111122223333:policy/own' },
    },
    {
      name: 'halves that add up',
      resource: policy([
        allow(['a*', 'b*', 'c*', 'd*', 'e*', 'f*', 'g*', 'h*', 'i*'], '*', { Sid: 'FirstHalf' }),
        allow('?*'),
      ]),
    },
    {
      name: 'NotAction that leaves IAM open',
      resource: policy({ Effect: 'Allow', NotAction: 'billing:*', Resource: '*' }),
    },
    {
      name: 'NotAction with a misspelt service',
      resource: policy({ Effect: 'Allow', NotAction: 'iamm:*', Resource: '*' }),
    },
    { name: 'NotResource', resource: policy({ Effect: 'Allow', Action: '*', NotResource: 'arn:aws:s3:::x' }) },
    {
      name: 'under a condition: it does not shrink the privilege',
      resource: policy(
        allow('*', '*', { Sid: 'Office', Condition: { IpAddress: { 'aws:SourceIp': '192.0.2.1/32' } } }),
      ),
      evidence: found('Office'),
    },
    {
      name: 'denied again under a condition only',
      resource: policy([
        ADMIN,
        { Effect: 'Deny', Action: '*', Resource: '*', Condition: { Bool: { 'aws:MultiFactorAuthPresent': 'false' } } },
      ]),
    },
    { name: 'attached, and a boundary elsewhere too', resource: policy(ADMIN, 1, 1) },
    {
      name: 'unattached, where that is wanted',
      resource: policy(ADMIN, 0),
      params: { includeUnattached: true },
      severity: 'medium',
    },
    { name: 'inline in a user', resource: { ...user, documents: [document('own', ADMIN)] }, evidence: found('#1') },
    { name: 'inline in a group', resource: { ...group, documents: [document('own', ADMIN)] } },
    {
      name: 'inline in a role, the second of two',
      resource: { ...role, documents: [document('narrow', allow('s3:*')), document('own', ADMIN)] },
      evidence: found('#1'),
      severity: undefined,
    },
  ],
  skip: [
    { name: 'a boundary grants nothing', resource: policy(ADMIN, 0, 1), message: 'boundary' },
    {
      name: 'a boundary, where unattached ones are wanted',
      resource: policy(ADMIN, 0, 1),
      params: { includeUnattached: true },
    },
    { name: 'a user without inline policies', resource: { ...user, documents: [] }, message: 'no inline policies' },
    { name: 'a group without inline policies', resource: { ...group, documents: [] } },
    { name: 'a role without inline policies', resource: { ...role, documents: [] } },
  ],
});
