import sourceGuarded from '../../../checks/iam/iam-role-service-trust-source-guarded.ts';
import { cases } from '../../support/cases.ts';
import { inOrganization, ORGANIZATION, standAlone, VENDOR } from './_directory.ts';
import { OWN, roleOf, trusting, trustOf } from './_principals.ts';

const trusts = (...statements: object[]) => roleOf({ trust: trustOf(...statements) });
const tasks = (Condition?: object) => trusts(trusting({ Service: 'ecs-tasks.amazonaws.com' }, Condition));
const equals = (key: string, value: unknown) => ({ StringEquals: { [key]: value } });
const source = (value: string) => ({ ArnLike: { 'aws:SourceArn': value } });
const statement = (services: string[], kind: string, organizations: string[] = []) => ({
  statements: [{ statement: '#1', services, source: kind, organizations }],
});

cases(sourceGuarded, {
  pass: [
    { name: 'the own account', resource: tasks(equals('aws:SourceAccount', OWN)) },
    { name: 'resources of the own account', resource: tasks(source(`arn:aws:ecs:eu-west-1:${OWN}:*`)) },
    { name: 'both', resource: tasks({ ...equals('aws:SourceAccount', OWN), ...source('arn:aws:ecs:*:*:*') }) },
    { name: 'the own organization', resource: tasks(equals('aws:SourceOrgID', ORGANIZATION)), with: inOrganization },
    {
      name: 'units of the own organization',
      resource: tasks({ 'ForAnyValue:StringLike': { 'aws:SourceOrgPaths': `${ORGANIZATION}/*` } }),
      with: inOrganization,
    },
  ],
  fail: [
    {
      name: 'no condition',
      resource: tasks(),
      severity: undefined,
      message: 'ecs-tasks.amazonaws.com may act',
      evidence: statement(['ecs-tasks.amazonaws.com'], 'public'),
    },
    {
      name: 'a service among others, in a region',
      resource: trusts(trusting({ Service: ['ec2.amazonaws.com', 'states.eu-south-1.amazonaws.com'] })),
      evidence: statement(['states.eu-south-1.amazonaws.com'], 'public'),
    },
    { name: 'a service in China', resource: trusts(trusting({ Service: 'states.cn-north-1.amazonaws.com.cn' })) },
    {
      name: 'a service in China, without region',
      resource: trusts(trusting({ Service: 'codebuild.amazonaws.com.cn' })),
    },
    { name: 'a service whose name has a dot', resource: trusts(trusting({ Service: 'monitoring.rds.amazonaws.com' })) },
    { name: 'any resource', resource: tasks(source('arn:aws:*:*:*:*')) },
    {
      name: 'a resource whose owner is not named',
      resource: tasks(source('arn:aws:s3:::b')),
      evidence: statement(['ecs-tasks.amazonaws.com'], 'restricted'),
    },
    { name: 'another account', resource: tasks(equals('aws:SourceAccount', VENDOR)) },
    { name: 'the own account, if it is told', resource: tasks({ StringEqualsIfExists: { 'aws:SourceAccount': OWN } }) },
    { name: 'another organization', resource: tasks(equals('aws:SourceOrgID', 'o-z9y8x7w6v5')), with: inOrganization },
    {
      name: 'an organization, of a stand-alone account',
      resource: tasks(equals('aws:SourceOrgID', ORGANIZATION)),
      with: standAlone,
    },
    {
      name: 'two organizations',
      resource: tasks(equals('aws:SourceOrgID', [ORGANIZATION, 'o-z9y8x7w6v5'])),
      with: inOrganization,
    },
    { name: 'a condition on the caller', resource: tasks(equals('aws:PrincipalAccount', OWN)) },
    {
      name: 'beside an account of its own',
      resource: trusts(trusting({ AWS: OWN }), { ...trusting({ Service: 'scheduler.amazonaws.com' }), Sid: 'Run' }),
      evidence: {
        statements: [{ statement: 'Run', services: ['scheduler.amazonaws.com'], source: 'public', organizations: [] }],
      },
    },
    {
      name: 'a service that is to be guarded',
      resource: trusts(trusting({ Service: 'glue.amazonaws.com' })),
      params: { guardedServices: ['glue.amazonaws.com'] },
    },
  ],
  skip: [
    {
      name: 'services that do not tell',
      resource: trusts(trusting({ Service: ['ec2.amazonaws.com', 'lambda.amazonaws.com'] })),
      message: 'no service',
    },
    { name: 'an account that is called like a service', resource: trusts(trusting({ AWS: OWN })) },
    { name: 'a Deny', resource: trusts({ ...trusting({ Service: 'ecs-tasks.amazonaws.com' }), Effect: 'Deny' }) },
    {
      name: 'tags alone',
      resource: trusts(trusting({ Service: 'ecs-tasks.amazonaws.com' }, undefined, 'sts:TagSession')),
    },
    {
      name: 'nobody in particular',
      resource: trusts({ Effect: 'Allow', NotPrincipal: { AWS: OWN }, Action: 'sts:AssumeRole' }),
    },
  ],
});
