import { describe, expect, it } from 'vitest';
import { checksInScope, inScope, regionsInScope, type ScopeRules } from '../../lib/core/scope.ts';
import { finding } from '../support/report.ts';

const bucket = finding({ resource: { id: 'orders', arn: 'arn:aws:s3:::orders', tags: { app: 'orders' } } });
const group = finding({
  check: 'vpc-x',
  resource: {
    type: 'AWS::EC2::SecurityGroup',
    id: 'sg-1',
    arn: 'arn:aws:ec2:eu-west-1:111122223333:security-group/sg-1',
  },
});
const role = finding({
  check: 'iam-x',
  resource: { type: 'AWS::IAM::Role', id: 'AROA1', arn: 'arn:aws:iam::111122223333:role/ci/deploy' },
});
const list = finding({
  status: 'UNKNOWN',
  resource: {
    type: 'AWS::S3::Bucket',
    id: 'AWS::S3::Bucket in global',
    region: 'global',
    arn: 'ronda:111122223333:global:AWS::S3::Bucket',
  },
});
const APP = [{ key: 'app', value: 'orders' }];

describe('a finding is in scope', () => {
  it.each<[string, ScopeRules, ReturnType<typeof finding>, boolean]>([
    ['where nothing narrows it', {}, bucket, true],
    ['by its tag', { tags: APP }, bucket, true],
    ['by one of two tags', { tags: [{ key: 'app', value: 'other' }, ...APP] }, bucket, true],
    ['not with another value of the tag', { tags: [{ key: 'app', value: 'other' }] }, bucket, false],
    ['not without tags', { tags: APP }, group, false],
    ['where its tags could not be read', { tags: APP }, finding({ resource: { areTagsUnknown: true } }), true],
    ['where it is UNKNOWN and has no tags', { tags: APP }, finding({ status: 'UNKNOWN' }), true],
    ['by a pattern of its ARN', { arns: ['arn:aws:s3:::ord*'] }, bucket, true],
    ['by one of two patterns', { arns: ['arn:aws:s3:::other', 'arn:aws:s3:::ord*'] }, bucket, true],
    ['not by a part of its ARN', { arns: ['s3:::ord'] }, bucket, false],
    ['as a resource of a stack', { resources: [{ type: 'AWS::S3::Bucket', id: 'orders' }] }, bucket, true],
    ['by the end of its ARN', { resources: [{ type: 'AWS::EC2::SecurityGroup', id: 'sg-1' }] }, group, true],
    ['by its name behind a path', { resources: [{ type: 'AWS::IAM::Role', id: 'deploy' }] }, role, true],
    [
      'by its ARN in a stack',
      { resources: [{ type: 'AWS::EC2::SecurityGroup', id: group.resource.arn }] },
      group,
      true,
    ],
    ['not as another type of the same name', { resources: [{ type: 'AWS::IAM::Role', id: 'orders' }] }, bucket, false],
    ['not where only one of two rules holds', { tags: APP, arns: ['arn:aws:s3:::other'] }, bucket, false],
    ['where its list could not be read', { tags: APP, arns: ['x'], resources: [] }, list, true],
  ])('%s', (_name, rules, one, is) => expect(inScope(rules)(one)).toBe(is));
});

describe('what is collected for a scope', () => {
  const check = (id: string, ...resource: string[]) => ({ id, resource }) as never;
  const checks = [
    check('s3-x', 'AWS::S3::Bucket'),
    check('vpc-x', 'AWS::EC2::SecurityGroup'),
    check('elb-x', 'AWS::ElasticLoadBalancingV2::LoadBalancer', 'AWS::ElasticLoadBalancing::LoadBalancer'),
    check('aa-x', 'AWS::AccessAnalyzer::Analyzer'),
    check('iam-x', 'AWS::::Account'),
    check('kms-x', 'AWS::KMS::Key', 'AWS::SNS::Topic'),
  ];
  const EVERYTHING = checks.map(({ id }: { id: string }) => id);
  const ids = (rules: ScopeRules) => checksInScope(checks, rules).map(({ id }) => id);
  it.each<[string, ScopeRules, string[]]>([
    ['everything without a scope', {}, EVERYTHING],
    ['everything for a tag', { tags: APP }, EVERYTHING],
    ['the service of an ARN', { arns: ['arn:aws:s3:::a'] }, ['s3-x']],
    ['both generations of load balancers', { arns: ['arn:aws:elasticloadbalancing:*'] }, ['elb-x']],
    ['a service with a dash', { arns: ['arn:aws:access-analyzer:*'] }, ['aa-x']],
    ['the account itself', { arns: ['arn:aws:iam::111122223333:root'] }, ['iam-x']],
    ['a check of two services', { arns: ['arn:aws:sns:eu-west-1:111122223333:alarm'] }, ['kms-x']],
    ['everything where the service is open', { arns: ['arn:aws:s*'] }, EVERYTHING],
    ['the services of a stack', { resources: [{ type: 'AWS::EC2::VPC', id: 'vpc-1' }] }, ['vpc-x']],
  ])('%s', (_name, rules, expected) => expect(ids(rules)).toEqual(expected));

  it.each<[string, ScopeRules, readonly string[] | undefined]>([
    ['all without ARNs', {}, undefined],
    ['the one that ARNs name', { arns: ['arn:aws:ec2:eu-west-1:1:x', 'arn:aws:rds:eu-west-1:1:y'] }, ['eu-west-1']],
    ['all where one leaves it open', { arns: ['arn:aws:ec2:eu-west-1:1:x', 'arn:aws:ec2:*:1:x'] }, undefined],
    ['all for an account-wide service', { arns: ['arn:aws:s3:::a'] }, undefined],
  ])('in the regions: %s', (_name, rules, regions) => expect(regionsInScope(rules)).toEqual(regions));
});
