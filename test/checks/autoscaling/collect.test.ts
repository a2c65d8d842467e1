import { DescribeAutoScalingGroupsCommand } from '@aws-sdk/client-auto-scaling';
import { expect, it } from 'vitest';
import { autoScalingGroup } from '../../../checks/autoscaling/collect.ts';
import { awsError, collector } from '../../support/collected.ts';

const { aws, collected } = collector(autoScalingGroup);
const arn = 'arn:aws:autoscaling:eu-west-1:111122223333:autoScalingGroup:x:autoScalingGroupName/web';
const group = { AutoScalingGroupName: 'web', AutoScalingGroupARN: arn };

function answer(...groups: object[]): void {
  aws()
    .on(DescribeAutoScalingGroupsCommand)
    .resolves({ AutoScalingGroups: groups as never });
}

it('lists groups without their instances, a hundred at a time', async () => {
  aws()
    .on(DescribeAutoScalingGroupsCommand)
    .resolvesOnce({ AutoScalingGroups: [group as never], NextToken: 'more' });
  aws()
    .on(DescribeAutoScalingGroupsCommand, { NextToken: 'more' })
    .resolves({
      AutoScalingGroups: [{ ...group, AutoScalingGroupARN: `${arn}2`, Tags: [{ Key: 'a', Value: 'b' }] } as never],
    });
  expect((await collected()).rows).toMatchObject([
    { identity: { id: 'web', arn } },
    { identity: { arn: `${arn}2`, tags: { a: 'b' } } },
  ]);
  expect(aws().commandCalls(DescribeAutoScalingGroupsCommand)[0]!.args[0].input).toMatchObject({
    MaxRecords: 100,
    IncludeInstances: false,
  });
});

const byId = { LaunchTemplateId: 'lt-1', LaunchTemplateName: 'one', Version: '3' };

it.each([
  ['a launch configuration', { LaunchConfigurationName: 'old' }, []],
  ['a template', { LaunchTemplate: byId }, [{ id: 'lt-1', name: 'one', version: '3', image: null }]],
  [
    'a template by name',
    { LaunchTemplate: { LaunchTemplateName: 'one', Version: '$Latest' } },
    [{ id: null, name: 'one', version: '$Latest', image: null }],
  ],
  [
    'a template without version: the documented default',
    { LaunchTemplate: { LaunchTemplateId: 'lt-1' } },
    [{ id: 'lt-1', name: null, version: '$Default', image: null }],
  ],
  [
    'a mixed instances policy',
    {
      MixedInstancesPolicy: {
        LaunchTemplate: { LaunchTemplateSpecification: byId, Overrides: [{ InstanceType: 'm5.large' }] },
      },
    },
    [{ id: 'lt-1', name: 'one', version: '3', image: null }],
  ],
  [
    'overrides with other templates, and with other AMIs',
    {
      MixedInstancesPolicy: {
        LaunchTemplate: {
          LaunchTemplateSpecification: byId,
          Overrides: [
            { LaunchTemplateSpecification: { LaunchTemplateId: 'lt-2', Version: '1' } },
            { ImageId: 'ami-2' },
            { LaunchTemplateSpecification: { LaunchTemplateId: 'lt-3', Version: '2' }, ImageId: 'ami-3' },
          ],
        },
      },
    },
    [
      { id: 'lt-1', name: 'one', version: '3', image: null },
      { id: 'lt-2', name: null, version: '1', image: null },
      { id: 'lt-1', name: 'one', version: '3', image: 'ami-2' },
      { id: 'lt-3', name: null, version: '2', image: 'ami-3' },
    ],
  ],
])('names the launch templates of a group with %s', async (_name, difference, launchTemplates) => {
  answer({ ...group, ...difference });
  expect((await collected()).rows).toMatchObject([{ base: { launchTemplates } }]);
});

it.each([
  ['a template without id and name', { LaunchTemplate: { Version: '1' } }],
  [
    'an AMI for a template that is not named',
    { MixedInstancesPolicy: { LaunchTemplate: { Overrides: [{ ImageId: 'ami-1' }] } } },
  ],
])('%s is a gap', async (_name, difference) => {
  answer({ ...group, ...difference });
  const { rows } = await collected();
  expect(rows).toMatchObject([{ missing: { launchTemplates: { detail: 'the answer lacks launchTemplates' } } }]);
});

it('a denied list is a gap of the cell', async () => {
  aws().on(DescribeAutoScalingGroupsCommand).rejects(awsError('AccessDenied'));
  expect((await collected()).cell).toMatchObject({
    rows: 0,
    gap: { reason: 'denied', operation: 'autoscaling:DescribeAutoScalingGroups' },
  });
});
