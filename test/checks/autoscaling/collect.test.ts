import {
  AutoScalingClient,
  DescribeAutoScalingGroupsCommand,
  DescribeLaunchConfigurationsCommand,
} from '@aws-sdk/client-auto-scaling';
import { DescribeImagesCommand, EC2Client, GetInstanceMetadataDefaultsCommand } from '@aws-sdk/client-ec2';
import { describe, expect, it } from 'vitest';
import { autoScalingGroup, launchConfiguration } from '../../../checks/autoscaling/collect.ts';
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

describe('AWS::AutoScaling::LaunchConfiguration', () => {
  const { aws: mock, collected: read } = collector(launchConfiguration);
  const configurationArn =
    'arn:aws:autoscaling:eu-west-1:111122223333:launchConfiguration:x:launchConfigurationName/old';
  const old = {
    LaunchConfigurationName: 'old',
    LaunchConfigurationARN: configurationArn,
    ImageId: 'ami-1',
    UserData: '',
  };
  const required = { MetadataOptions: { HttpTokens: 'required', HttpEndpoint: 'enabled' } } as const;
  const configurations = (...all: object[]) =>
    mock(AutoScalingClient)
      .on(DescribeLaunchConfigurationsCommand)
      .resolves({ LaunchConfigurations: all as never });
  const groups = (...all: object[]) =>
    mock(AutoScalingClient)
      .on(DescribeAutoScalingGroupsCommand)
      .resolves({ AutoScalingGroups: all as never });

  it('lists them a hundred at a time, and says null where nothing is set', async () => {
    configurations(
      { ...old, ...required, AssociatePublicIpAddress: true },
      { ...old, LaunchConfigurationARN: 'arn:2' },
    );
    const { rows } = await read([]);
    const script = { kind: 'empty', matches: [] };
    expect(rows).toMatchObject([{ identity: { id: 'old', arn: configurationArn } }, {}]);
    expect(rows.map(({ base }) => base)).toEqual([
      { image: 'ami-1', httpTokens: 'required', httpEndpoint: 'enabled', publicIp: true, script },
      { image: 'ami-1', httpTokens: null, httpEndpoint: null, publicIp: null, script },
    ]);
    expect(mock(AutoScalingClient).commandCalls(DescribeLaunchConfigurationsCommand)[0]!.args[0].input).toMatchObject({
      MaxRecords: 100,
    });
  });

  it('one without image and user data has none, which is no gap', async () => {
    const { ImageId: _image, UserData: _data, ...bare } = old;
    configurations(bare);
    expect((await read(['userData'])).rows).toMatchObject([
      { base: { image: null }, facets: { userData: { value: [{ version: null, kind: 'empty', matches: [] }] } } },
    ]);
  });

  it('names the groups that launch it', async () => {
    configurations(old);
    groups(
      { AutoScalingGroupName: 'a', LaunchConfigurationName: 'old' },
      { AutoScalingGroupName: 'b', LaunchConfigurationName: 'new' },
      { AutoScalingGroupName: 'c', LaunchTemplate: byId },
    );
    expect((await read(['inUse'])).rows).toMatchObject([{ facets: { inUse: { value: ['a'] } } }]);
    groups();
    expect((await read(['inUse'])).rows).toMatchObject([{ facets: { inUse: { value: [] } } }]);
  });

  it('searches user data, and keeps nothing of it', async () => {
    configurations({ ...old, UserData: Buffer.from('DB_PASSWORD=correcthorse').toString('base64') });
    const { rows } = await read(['userData']);
    const matches = [{ pattern: 'assigned-secret', line: 1, hash: '6ea09c25a7f1' }];
    expect(rows).toMatchObject([{ facets: { userData: { value: [{ version: null, kind: 'text', matches }] } } }]);
    expect(JSON.stringify(rows)).not.toContain('correcthorse');
  });

  it('asks for what its image says of IMDSv2 only where that decides', async () => {
    mock(EC2Client).on(GetInstanceMetadataDefaultsCommand).resolves({});
    mock(EC2Client)
      .on(DescribeImagesCommand)
      .resolves({ Images: [{ ImageId: 'ami-1', ImdsSupport: 'v2.0' }] });
    configurations({ ...old, ...required });
    expect((await read(['imdsSupport'])).rows).toMatchObject([{ facets: { imdsSupport: { value: null } } }]);
    expect(mock(EC2Client).commandCalls(DescribeImagesCommand)).toHaveLength(0);
    configurations(old);
    expect((await read(['imdsSupport'])).rows).toMatchObject([{ facets: { imdsSupport: { value: 'v2.0' } } }]);
  });

  it('a denied list is a gap of the cell', async () => {
    mock(AutoScalingClient).on(DescribeLaunchConfigurationsCommand).rejects(awsError('AccessDenied'));
    expect((await read([])).cell).toMatchObject({
      gap: { reason: 'denied', operation: 'autoscaling:DescribeLaunchConfigurations' },
    });
  });
});
