import noServiceWildcard from '../../../checks/iam/iam-policy-no-service-wildcard.ts';
import { cases } from '../../support/cases.ts';
import { allow, deny, documentOf, groupOf, managed, OTHER, OWN, roleOf, userOf } from './_principals.ts';

const policy = (...statements: object[]) => managed([documentOf('own', ...statements)]);
const found = (grants: string[], services: string[], statement = '#1') => ({
  grants: [{ policy: 'own', statement, grants, services }],
});

cases(noServiceWildcard, {
  pass: [
    { name: 'some actions of a service', resource: policy(allow(['s3:Get*', 'ec2:Describe*', 's3:*Object*'])) },
    { name: 'all actions on one bucket', resource: policy(allow('s3:*', ['arn:aws:s3:::b', 'arn:aws:s3:::b/*'])) },
    { name: 'all actions in one region', resource: policy(allow('ec2:*', `arn:aws:ec2:eu-west-1:${OWN}:*`)) },
    { name: 'all actions in another account', resource: policy(allow('sqs:*', `arn:aws:sqs:*:${OTHER}:*`)) },
    { name: 'all actions on tables of a name', resource: policy(allow('dynamodb:*', 'arn:aws:dynamodb:*:*:table/x')) },
    { name: 'telemetry', resource: policy(allow(['xray:*', 'CloudWatch:*'])) },
    { name: 'another service that is accepted', resource: policy(allow('sqs:*')), params: { ignoreServices: ['sqs'] } },
    { name: 'denied', resource: policy(deny('s3:*')) },
    {
      name: 'NotAction, which is full admin or not',
      resource: policy({ Effect: 'Allow', NotAction: 's3:*', Resource: '*' }),
    },
    { name: 'words in the middle', resource: policy(allow('*Get*')) },
    { name: 'unattached', resource: managed([documentOf('own', allow('s3:*'))], 0), message: 'unattached' },
  ],
  fail: [
    {
      name: 'all actions of a service',
      resource: policy(allow('sqs:*')),
      severity: undefined,
      message: 'grants sqs:*',
      evidence: found(['sqs:*'], ['sqs']),
    },
    {
      name: 'all actions of a sensitive service, in odd letters',
      resource: policy(allow('IAM:*')),
      severity: 'high',
      message: 'among them iam',
      evidence: found(['IAM:*'], ['IAM']),
    },
    { name: 'of services by pattern', resource: policy(allow('i*:*')), severity: 'high', message: 'iam' },
    { name: 'of services by pattern, none of them sensitive', resource: policy(allow('dyn*:*')), severity: undefined },
    { name: 'with more wildcards than needed', resource: policy(allow('sqs:?*')), severity: undefined },
    { name: 'without a colon', resource: policy(allow('sq*')), evidence: found(['sq*'], ['sq*']) },
    { name: 'everything', resource: policy(allow('*')), severity: 'high', evidence: found(['*'], ['*']) },
    { name: 'everything, with a colon', resource: policy(allow('*:*')), severity: 'high' },
    { name: 'one telemetry service, by a pattern for more', resource: policy(allow('cloud*:*')), severity: 'high' },
    {
      name: 'beside other actions, in the second statement',
      resource: policy(allow('s3:Get*'), allow(['sns:Publish', 'sns:*', 'xray:*'], ['arn:aws:sns:::x', '*'])),
      evidence: found(['sns:*'], ['sns'], '#2'),
    },
    ...[
      'arn:*',
      '*:*',
      'arn:aws:*',
      'arn:aws:sqs:*',
      'arn:aws:sqs:::*',
      'arn:aws:sqs:*:*:*',
      `arn:aws:sqs:*:${OWN}:*`,
    ].map((Resource) => ({ name: `on ${Resource}`, resource: policy(allow('sqs:*', Resource)) })),
    {
      name: 'on all but one',
      resource: policy({ Effect: 'Allow', Action: 'sqs:*', NotResource: 'arn:aws:sqs:eu-west-1:*:x' }),
    },
    { name: 'on no resource in particular', resource: policy({ Effect: 'Allow', Action: 'sqs:*' }) },
    {
      name: 'on one bucket, where that is too much',
      resource: policy(allow('s3:*', 'arn:aws:s3:::b')),
      params: { requireUniversalResource: false },
      severity: 'high',
    },
    {
      name: 'where other services are sensitive',
      resource: policy(allow('sqs:*')),
      params: { sensitiveServices: ['sns', 'sqs'] },
      severity: 'high',
      message: 'among them sqs)',
    },
    { name: 'attached, and a boundary too', resource: managed([documentOf('own', allow('sqs:*'))], 1, 1) },
    { name: 'inline in a user', resource: userOf({ documents: [documentOf('own', allow('sqs:*'))] }) },
    { name: 'inline in a group', resource: groupOf({ documents: [documentOf('own', allow('sqs:*'))] }) },
    { name: 'inline in a role', resource: roleOf({ documents: [documentOf('own', allow('sqs:*'))] }) },
  ],
  skip: [
    {
      name: 'a boundary grants nothing',
      resource: managed([documentOf('own', allow('s3:*'))], 0, 1),
      message: 'boundary',
    },
    { name: 'no inline policies', resource: roleOf(), message: 'no inline policies' },
  ],
});
