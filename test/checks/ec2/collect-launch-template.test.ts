import { AutoScalingClient, DescribeAutoScalingGroupsCommand } from '@aws-sdk/client-auto-scaling';
import {
  DescribeImagesCommand,
  DescribeLaunchTemplateVersionsCommand,
  EC2Client,
  GetInstanceMetadataDefaultsCommand,
} from '@aws-sdk/client-ec2';
import { describe, expect, it } from 'vitest';
import { launchTemplate } from '../../../checks/ec2/collect.ts';
import { awsError, collector } from '../../support/collected.ts';

const ARN = 'arn:aws:ec2:eu-west-1:111122223333:';
const lacks = (field: string) => ({ gap: { reason: 'failed', detail: `the answer lacks ${field}` } });
const { aws, collected } = collector(launchTemplate);
const secured = { MetadataOptions: { HttpTokens: 'required' as const }, ImageId: 'ami-1' };
const silent = { ImageId: 'ami-1' };
const version = (VersionNumber: number, LaunchTemplateData: object, id = 'lt-1') => ({
  LaunchTemplateId: id,
  LaunchTemplateName: `name-of-${id}`,
  VersionNumber,
  DefaultVersion: VersionNumber === 1,
  LaunchTemplateData,
});
const ofAll = { Versions: ['$Latest', '$Default'] };
const named = (number: number, data: object) => ({
  number,
  httpTokens: null,
  httpEndpoint: null,
  image: null,
  interfaces: [],
  ...data,
});

function templates(...versions: object[]): void {
  aws(EC2Client).on(DescribeLaunchTemplateVersionsCommand, ofAll).resolves({ LaunchTemplateVersions: versions });
}
function groups(...uses: object[]): void {
  const all = uses.map((LaunchTemplate, index) => ({ AutoScalingGroupName: `group-${index + 1}`, LaunchTemplate }));
  aws(AutoScalingClient)
    .on(DescribeAutoScalingGroupsCommand)
    .resolves({ AutoScalingGroups: all as never });
}
const facet = async (name: string) => (await collected([name])).rows[0]!.facets[name];
const calls = (command: Parameters<ReturnType<typeof aws>['commandCalls']>[0]) => aws(EC2Client).commandCalls(command);

it('finds the default and the latest version of all templates in one chain', async () => {
  aws(EC2Client)
    .on(DescribeLaunchTemplateVersionsCommand, ofAll)
    .resolvesOnce({
      LaunchTemplateVersions: [version(7, silent), version(1, silent, 'lt-2')] as never,
      NextToken: 'more',
    })
    .resolves({
      LaunchTemplateVersions: [
        version(1, { MetadataOptions: { HttpTokens: 'optional', HttpEndpoint: 'disabled' }, UserData: 'c2VjcmV0' }),
      ] as never,
    });
  const { rows } = await collected([]);
  expect(rows).toMatchObject([
    { identity: { id: 'lt-1', arn: `${ARN}launch-template/lt-1` } },
    { identity: { id: 'lt-2' } },
  ]);
  expect(rows.map(({ base }) => base)).toEqual([
    {
      name: 'name-of-lt-1',
      defaultVersion: named(1, { httpTokens: 'optional', httpEndpoint: 'disabled' }),
      latestVersion: named(7, { image: 'ami-1' }),
      scripts: [
        { version: 7, kind: 'empty', matches: [] },
        { version: 1, kind: 'text', matches: [] },
      ],
    },
    {
      name: 'name-of-lt-2',
      defaultVersion: named(1, { image: 'ami-1' }),
      latestVersion: named(1, { image: 'ami-1' }),
      scripts: [{ version: 1, kind: 'empty', matches: [] }],
    },
  ]);
  expect(calls(DescribeLaunchTemplateVersionsCommand)[0]!.args[0].input).toMatchObject({
    ...ofAll,
    MaxResults: 200,
    IncludeManagedResources: true,
  });
});

it.each([
  ['defaultVersion', [version(2, silent)]],
  ['defaultVersion', [{ ...version(1, silent), LaunchTemplateData: undefined }, version(2, silent)]],
  ['latestVersion', [version(1, silent), { ...version(2, silent), LaunchTemplateData: undefined }]],
  ['latestVersion', [{ ...version(1, silent), VersionNumber: undefined }]],
  ['name', [{ ...version(1, silent), LaunchTemplateName: undefined }]],
])('an answer without %s is a gap: %o', async (field, versions) => {
  templates(...versions);
  expect((await collected([])).rows[0]!.missing).toMatchObject({ [field]: lacks(field).gap });
});

it('a template without id is a gap of the cell', async () => {
  templates({ ...version(1, silent), LaunchTemplateId: undefined }, version(1, silent, 'lt-2'));
  expect(await collected([])).toMatchObject({
    rows: [{ identity: { id: 'lt-2' } }],
    cell: { gap: { reason: 'failed' } },
  });
});

describe('what a version says of network interfaces', () => {
  const silentInterface = { publicIp: null, hasIpv6: false, subnet: null, existing: null };
  it.each<[object, object]>([
    [{ DeviceIndex: 0 }, {}],
    [{ AssociatePublicIpAddress: true }, { publicIp: true }],
    [
      { AssociatePublicIpAddress: false, SubnetId: 'subnet-1' },
      { publicIp: false, subnet: 'subnet-1' },
    ],
    [{ NetworkInterfaceId: 'eni-1' }, { existing: 'eni-1' }],
    [{ Ipv6AddressCount: 1 }, { hasIpv6: true }],
    [{ Ipv6PrefixCount: 1 }, { hasIpv6: true }],
    [{ Ipv6Addresses: [{ Ipv6Address: '2600::1' }] }, { hasIpv6: true }],
    [{ Ipv6Prefixes: [{ Ipv6Prefix: '2600::/80' }] }, { hasIpv6: true }],
    [{ Ipv6AddressCount: 0, Ipv6PrefixCount: 0, Ipv6Addresses: [], Ipv6Prefixes: [] }, {}],
  ])('%o: %o', async (one, holds) => {
    templates(version(1, { NetworkInterfaces: [one] }));
    expect((await collected([])).rows).toMatchObject([
      { base: { defaultVersion: { interfaces: [{ ...silentInterface, ...holds }] } } },
    ]);
  });
});

it('knows the templates that a service manages', async () => {
  templates({ ...version(1, silent), Operator: { Managed: true } }, version(1, silent, 'lt-2'));
  const { rows } = await collected([]);
  expect(rows.map(({ identity }) => identity.managedBy)).toEqual(['service', undefined]);
});

describe('user data', () => {
  const script = (text: string) => ({ UserData: Buffer.from(text).toString('base64') });
  const match = { pattern: 'assigned-secret', line: 1, hash: '6ea09c25a7f1' };
  const ofOne = () => aws(EC2Client).on(DescribeLaunchTemplateVersionsCommand, { LaunchTemplateId: 'lt-1' });

  it('is searched without further calls where the default and the latest version are all', async () => {
    templates(version(2, script('DB_PASSWORD=correcthorse')), version(1, {}));
    const { rows } = await collected(['userData']);
    expect(rows).toMatchObject([
      {
        facets: {
          userData: {
            value: [
              { version: 2, kind: 'text', matches: [match] },
              { version: 1, kind: 'empty', matches: [] },
            ],
          },
        },
      },
    ]);
    expect(JSON.stringify(rows)).not.toContain('correcthorse');
    expect(calls(DescribeLaunchTemplateVersionsCommand)).toHaveLength(1);
  });

  it('is searched in every version where there may be more, two hundred at a time', async () => {
    templates(version(3, {}), version(1, {}));
    ofOne()
      .resolvesOnce({ LaunchTemplateVersions: [version(3, {})], NextToken: 'more' })
      .resolves({ LaunchTemplateVersions: [version(2, script('DB_PASSWORD=correcthorse')), version(1, {})] });
    expect(await facet('userData')).toEqual({
      value: [
        { version: 3, kind: 'empty', matches: [] },
        { version: 2, kind: 'text', matches: [match] },
        { version: 1, kind: 'empty', matches: [] },
      ],
    });
    expect(calls(DescribeLaunchTemplateVersionsCommand)[1]!.args[0].input).toMatchObject({
      LaunchTemplateId: 'lt-1',
      MaxResults: 200,
      IncludeManagedResources: true,
    });
  });

  it('leaves out a template that is gone meanwhile', async () => {
    templates(version(3, {}), version(1, {}));
    ofOne().rejects(awsError('InvalidLaunchTemplateId.NotFound'));
    expect((await collected(['userData'])).rows).toEqual([]);
  });

  it('is not known where the answer lacks the data of a version', async () => {
    templates(version(3, {}), version(1, {}));
    ofOne().resolves({ LaunchTemplateVersions: [{ ...version(2, {}), LaunchTemplateData: undefined }] as never });
    expect(await facet('userData')).toMatchObject(lacks('userData'));
  });
});

const pinned = (Version: string) =>
  aws(EC2Client).on(DescribeLaunchTemplateVersionsCommand, { LaunchTemplateId: 'lt-1', Versions: [Version] });
const launched = (number: number, data: object, names: string[]) => ({
  ...named(number, data),
  imdsSupport: null,
  groups: names,
  subnets: [],
});

describe('what AMIs say', () => {
  it.each([
    ['of IMDSv2', { Images: [{ ImageId: 'ami-1', ImdsSupport: 'v2.0' }] }, 'v2.0'],
    ['nothing', { Images: [{ ImageId: 'ami-1' }] }, 'none'],
    ['nothing that can be seen', { Images: [] }, null],
  ])('%s', async (_name, answer, support) => {
    templates(version(1, silent), version(2, { MetadataOptions: { HttpTokens: 'required' } }));
    aws(EC2Client).on(GetInstanceMetadataDefaultsCommand).resolves({});
    aws(EC2Client)
      .on(DescribeImagesCommand)
      .resolves(answer as never);
    expect(await facet('imdsSupport')).toEqual({ value: { ofDefault: support, ofLatest: null } });
    expect(calls(DescribeImagesCommand)[0]!.args[0].input).toMatchObject({
      Filters: [{ Name: 'image-id', Values: ['ami-1'] }],
      MaxResults: 1000,
      IncludeDeprecated: true,
      IncludeDisabled: true,
    });
  });

  it('is a gap when it is denied', async () => {
    templates(version(1, silent));
    aws(EC2Client).on(GetInstanceMetadataDefaultsCommand).resolves({});
    aws(EC2Client).on(DescribeImagesCommand).rejects(awsError('UnauthorizedOperation'));
    expect(await facet('imdsSupport')).toMatchObject({ gap: { reason: 'denied', operation: 'ec2:DescribeImages' } });
  });

  it('is asked once for all AMIs, and the defaults of the account once', async () => {
    templates(version(1, silent), version(2, { ImageId: 'ami-2' }), version(1, silent, 'lt-2'));
    aws(EC2Client).on(GetInstanceMetadataDefaultsCommand).resolves({});
    aws(EC2Client).on(DescribeImagesCommand).resolves({ Images: [] });
    await collected(['imdsSupport']);
    expect(calls(DescribeImagesCommand).map(({ args }) => args[0].input.Filters)).toEqual([
      [{ Name: 'image-id', Values: ['ami-1', 'ami-2'] }],
    ]);
    expect(calls(GetInstanceMetadataDefaultsCommand)).toHaveLength(1);
  });

  it.each([
    ['tokens are required', { MetadataOptions: { HttpTokens: 'required' } }, {}],
    ['the endpoint is off', { MetadataOptions: { HttpEndpoint: 'disabled' }, ImageId: 'ami-1' }, {}],
    ['tokens are optional', { MetadataOptions: { HttpTokens: 'optional' }, ImageId: 'ami-1' }, {}],
    ['the account has a default', silent, { HttpTokens: 'optional' }],
    ['the account switches the endpoint off', silent, { HttpEndpoint: 'disabled' }],
    ['the account enforces tokens', silent, { HttpTokensEnforced: 'enabled' }],
    ['a parameter names the AMI', { ImageId: 'resolve:ssm:/ami' }, {}],
    ['there is no AMI', {}, {}],
  ])('is not asked when %s', async (_name, data, AccountLevel) => {
    templates(version(1, data));
    aws(EC2Client)
      .on(GetInstanceMetadataDefaultsCommand)
      .resolves({ AccountLevel } as never);
    expect(await facet('imdsSupport')).toEqual({ value: { ofDefault: null, ofLatest: null } });
    expect(calls(DescribeImagesCommand)).toHaveLength(0);
  });

  it('needs no defaults when versions are safe alone', async () => {
    templates(version(1, secured));
    aws(EC2Client).on(GetInstanceMetadataDefaultsCommand).rejects(awsError('UnauthorizedOperation'));
    expect(await facet('imdsSupport')).toEqual({ value: { ofDefault: null, ofLatest: null } });
  });
});

describe('what auto scaling groups launch', () => {
  it('is nothing for a template that no group names', async () => {
    templates(version(1, secured));
    groups({ LaunchTemplateId: 'lt-2' }, { LaunchTemplateName: 'name-of-lt-2' });
    expect(await facet('inUse')).toEqual({ value: [] });
  });

  it('is told without further calls for the default and the latest version, however they are named', async () => {
    templates(version(1, secured), version(4, { MetadataOptions: { HttpEndpoint: 'disabled' } }));
    groups(
      { LaunchTemplateId: 'lt-1', Version: '$Default' },
      { LaunchTemplateName: 'name-of-lt-1', Version: '1' },
      { LaunchTemplateId: 'lt-1', Version: '$Latest' },
      { LaunchTemplateId: 'lt-1', Version: '4' },
    );
    const first = { httpTokens: 'required', image: 'ami-1' };
    const last = { httpEndpoint: 'disabled' };
    expect(await facet('inUse')).toEqual({
      value: [
        launched(1, first, ['group-1']),
        launched(1, first, ['group-2']),
        launched(4, last, ['group-3']),
        launched(4, last, ['group-4']),
      ],
    });
    expect(calls(DescribeLaunchTemplateVersionsCommand)).toHaveLength(1);
  });

  it('is asked for a version that groups pin, once', async () => {
    templates(version(1, secured), version(4, secured));
    groups(
      { LaunchTemplateId: 'lt-1', Version: '2' },
      { LaunchTemplateId: 'lt-1', LaunchTemplateName: 'other', Version: '2' },
    );
    pinned('2').resolves({ LaunchTemplateVersions: [version(2, secured)] });
    expect(await facet('inUse')).toEqual({
      value: [launched(2, { httpTokens: 'required', image: 'ami-1' }, ['group-1', 'group-2'])],
    });
    expect(calls(DescribeLaunchTemplateVersionsCommand)).toHaveLength(2);
  });

  it('tells where groups launch it', async () => {
    templates(version(1, secured));
    const launch = { LaunchTemplate: { LaunchTemplateId: 'lt-1' } };
    aws(AutoScalingClient)
      .on(DescribeAutoScalingGroupsCommand)
      .resolves({
        AutoScalingGroups: [
          { AutoScalingGroupName: 'a', ...launch, VPCZoneIdentifier: 'subnet-1,subnet-2' },
          { AutoScalingGroupName: 'b', ...launch, VPCZoneIdentifier: 'subnet-2' },
          { AutoScalingGroupName: 'c', ...launch, VPCZoneIdentifier: '' },
        ] as never,
      });
    expect(await facet('inUse')).toMatchObject({
      value: [{ groups: ['a', 'b', 'c'], subnets: ['subnet-1', 'subnet-2'] }],
    });
  });

  it('leaves out a version that was deleted: nothing is launched from it', async () => {
    templates(version(1, secured));
    groups({ LaunchTemplateId: 'lt-1', Version: '2' });
    pinned('2').rejects(awsError('InvalidLaunchTemplateId.VersionNotFound'));
    expect(await facet('inUse')).toEqual({ value: [] });
  });

  it('leaves out a template that was deleted meanwhile', async () => {
    templates(version(1, secured));
    groups({ LaunchTemplateId: 'lt-1', Version: '2' });
    pinned('2').rejects(awsError('InvalidLaunchTemplateId.NotFound'));
    expect(await collected(['inUse'])).toMatchObject({ rows: [], cell: { rows: 0 } });
  });

  it('tells what the AMI says that a group sets in place of the version’s', async () => {
    templates(version(1, silent));
    const Overrides = [{ InstanceType: 'm5.large' }, { InstanceType: 'm6g.large', ImageId: 'ami-2' }];
    const policy = {
      MixedInstancesPolicy: {
        LaunchTemplate: { LaunchTemplateSpecification: { LaunchTemplateId: 'lt-1' }, Overrides },
      },
    };
    aws(AutoScalingClient)
      .on(DescribeAutoScalingGroupsCommand)
      .resolves({ AutoScalingGroups: [{ AutoScalingGroupName: 'mixed', ...policy }] as never });
    aws(EC2Client).on(GetInstanceMetadataDefaultsCommand).resolves({});
    aws(EC2Client)
      .on(DescribeImagesCommand)
      .resolves({ Images: [{ ImageId: 'ami-1', ImdsSupport: 'v2.0' }, { ImageId: 'ami-2' }] });
    expect(await facet('inUse')).toEqual({
      value: [
        { ...launched(1, { image: 'ami-1' }, ['mixed']), imdsSupport: 'v2.0' },
        { ...launched(1, { image: 'ami-2' }, ['mixed']), imdsSupport: 'none' },
      ],
    });
  });

  it.each([
    ['a group does not name its template', { Version: '1' }],
    ['the answer lacks the version', { LaunchTemplateId: 'lt-1', Version: '3' }],
  ])('is not known when %s', async (_name, use) => {
    templates(version(1, secured));
    groups(use);
    aws(EC2Client)
      .on(DescribeLaunchTemplateVersionsCommand, { Versions: ['3'] })
      .resolves({});
    expect(await facet('inUse')).toMatchObject(lacks('inUse'));
  });

  it('is not known when groups cannot be read, and the versions are known all the same', async () => {
    templates(version(1, secured));
    aws(AutoScalingClient).on(DescribeAutoScalingGroupsCommand).rejects(awsError('AccessDenied'));
    const { rows } = await collected();
    expect(rows).toMatchObject([
      {
        base: { defaultVersion: { httpTokens: 'required' } },
        facets: {
          inUse: { gap: { reason: 'denied', operation: 'autoscaling:DescribeAutoScalingGroups' } },
          imdsSupport: { value: {} },
        },
      },
    ]);
  });
});

it('a denied list is a gap of the cell', async () => {
  aws(EC2Client).on(DescribeLaunchTemplateVersionsCommand).rejects(awsError('UnauthorizedOperation'));
  expect((await collected()).cell).toMatchObject({
    rows: 0,
    gap: { reason: 'denied', operation: 'ec2:DescribeLaunchTemplateVersions' },
  });
});
