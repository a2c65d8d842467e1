import { describe, expect, it } from 'vitest';
import { ACCOUNT, kit, worldWith } from './_kit.ts';

const instance = (InstanceId: string, more: object = {}) => ({
  InstanceId,
  SubnetId: 'subnet-a',
  SecurityGroups: [{ GroupId: 'sg-web' }],
  ...more,
});
const world = worldWith({
  Regions: ['eu-west-1', 'us-east-1', 'me-south-1'],
  everyRegion: { ec2: { defaultVpc: true } },
  regions: {
    'eu-west-1': {
      ec2: {
        Vpcs: [
          { VpcId: 'vpc-a', CidrBlock: '10.0.0.0/16' },
          { VpcId: 'vpc-shared', CidrBlock: '10.1.0.0/16', OwnerId: '999999999999' },
        ],
        Subnets: [
          { SubnetId: 'subnet-a', VpcId: 'vpc-a', CidrBlock: '10.0.1.0/24', AvailabilityZone: 'eu-west-1b' },
          { SubnetId: 'subnet-b', VpcId: 'vpc-a', CidrBlock: '10.0.2.0/24' },
        ],
        NetworkAcls: [{ NetworkAclId: 'acl-b', VpcId: 'vpc-a', Associations: [{ SubnetId: 'subnet-b' }] }],
        SecurityGroups: [{ GroupId: 'sg-web', GroupName: 'web', VpcId: 'vpc-a' }],
        Instances: [
          instance('i-1', {
            UserData: 'plain ü',
            PublicIpAddress: '203.0.113.5',
            MetadataOptions: { HttpTokens: 'required' },
          }),
          instance('i-2', {
            UserDataBase64: 'AAEC',
            State: { Name: 'stopped' },
            Tags: [{ Key: 'Name', Value: 'two' }],
          }),
          instance('i-3', { State: { Name: 'terminated' } }),
        ],
        Volumes: [{ VolumeId: 'vol-2', Attachments: [{ InstanceId: 'i-2', Device: '/dev/xvda' }] }],
        Snapshots: [
          { SnapshotId: 'snap-1', Public: true },
          { SnapshotId: 'snap-2' },
          { SnapshotId: 'snap-3', OwnerId: '999999999999', Public: true },
        ],
        Images: [
          { ImageId: 'ami-own' },
          { ImageId: 'ami-other', OwnerId: '999999999999' },
          { ImageId: 'ami-old', OwnerId: '999999999999', DeprecationTime: '-1d' },
          { ImageId: 'ami-off', OwnerId: '999999999999', State: 'disabled' },
        ],
        LaunchTemplateVersions: [
          { LaunchTemplateId: 'lt-1', LaunchTemplateName: 'one', VersionNumber: 1, DefaultVersion: true },
          { LaunchTemplateId: 'lt-1', LaunchTemplateName: 'one', VersionNumber: 2, DefaultVersion: false },
          { LaunchTemplateId: 'lt-1', LaunchTemplateName: 'one', VersionNumber: 3, DefaultVersion: false },
          { LaunchTemplateId: 'lt-2', LaunchTemplateName: 'two' },
        ],
      },
    },
  },
});
const { call, failure } = await kit({ world });

describe('a VPC', () => {
  it('is created in every Region as AWS does: subnets, main route table, default ACL, default group', async () => {
    const where = { region: 'us-east-1' };
    const { Vpcs } = await call('ec2', 'DescribeVpcs', {}, where);
    const { Subnets } = await call('ec2', 'DescribeSubnets', {}, where);
    const { RouteTables } = await call('ec2', 'DescribeRouteTables', {}, where);
    const { NetworkAcls } = await call('ec2', 'DescribeNetworkAcls', {}, where);
    const { SecurityGroups } = await call('ec2', 'DescribeSecurityGroups', {}, where);
    const { VpcId } = Vpcs[0];
    expect(Vpcs).toMatchObject([{ IsDefault: true, CidrBlock: '172.31.0.0/16', OwnerId: ACCOUNT, State: 'available' }]);
    expect(Subnets).toHaveLength(6);
    expect(Subnets[5]).toMatchObject({
      CidrBlock: '172.31.80.0/20',
      AvailabilityZone: 'us-east-1f',
      AvailabilityZoneId: 'use1-az6',
      VpcId,
    });
    expect(RouteTables).toMatchObject([
      {
        VpcId,
        Associations: [{ Main: true }],
        Routes: [
          { DestinationCidrBlock: '172.31.0.0/16', GatewayId: 'local' },
          { DestinationCidrBlock: '0.0.0.0/0', GatewayId: expect.stringMatching(/^igw-/), State: 'active' },
        ],
      },
    ]);
    expect(NetworkAcls).toMatchObject([{ VpcId, IsDefault: true, Associations: { length: 6 } }]);
    expect(NetworkAcls[0].Entries.map((one: { RuleNumber: number }) => one.RuleNumber)).toEqual([
      100, 100, 32767, 32767,
    ]);
    expect(SecurityGroups).toMatchObject([
      {
        GroupName: 'default',
        IpPermissions: [
          { IpProtocol: '-1', UserIdGroupPairs: [{ GroupId: SecurityGroups[0].GroupId, UserId: ACCOUNT }] },
        ],
        IpPermissionsEgress: [{ IpProtocol: '-1', IpRanges: [{ CidrIp: '0.0.0.0/0' }] }],
      },
    ]);
  });

  it('that is described gets a main route table, default ACL and default group too', async () => {
    const Filters = [{ Name: 'vpc-id', Values: ['vpc-a'] }];
    expect((await call('ec2', 'DescribeRouteTables', { Filters })).RouteTables).toMatchObject([
      { Associations: [{ Main: true }], Routes: [{ GatewayId: 'local', DestinationCidrBlock: '10.0.0.0/16' }] },
    ]);
    const { SecurityGroups } = await call('ec2', 'DescribeSecurityGroups', { Filters });
    expect(SecurityGroups.map((one: { GroupName: string }) => one.GroupName)).toEqual(['web', 'default']);
  });

  it('of another account brings nothing of its own', async () => {
    const Filters = [{ Name: 'vpc-id', Values: ['vpc-shared'] }];
    expect((await call('ec2', 'DescribeSecurityGroups', { Filters })).SecurityGroups).toEqual([]);
  });

  it('leaves to the default ACL the subnets that no other ACL has', async () => {
    const { NetworkAcls } = await call('ec2', 'DescribeNetworkAcls', {
      Filters: [{ Name: 'vpc-id', Values: ['vpc-a'] }],
    });
    const subnets = NetworkAcls.map(
      ({ IsDefault, Associations }: { IsDefault: boolean; Associations: { SubnetId: string }[] }) => [
        IsDefault,
        Associations.map(({ SubnetId }) => SubnetId),
      ],
    );
    expect(subnets).toEqual([
      [false, ['subnet-b']],
      [true, ['subnet-a']],
    ]);
  });
});

describe('an instance', () => {
  it('agrees with its network interface and its volumes', async () => {
    const { Reservations } = await call('ec2', 'DescribeInstances');
    const [one, two, three] = Reservations.map(({ Instances }: { Instances: object[] }) => Instances[0]);
    const { NetworkInterfaces } = await call('ec2', 'DescribeNetworkInterfaces');
    const { Volumes } = await call('ec2', 'DescribeVolumes');
    const at = { SubnetId: 'subnet-a', VpcId: 'vpc-a' };
    const groups = [{ GroupId: 'sg-web', GroupName: 'web' }];
    expect(one).toMatchObject({
      ...at,
      State: { Name: 'running', Code: 16 },
      SecurityGroups: groups,
      PrivateIpAddress: '10.0.1.10',
    });
    expect(one.NetworkInterfaces).toMatchObject([{ ...at, Groups: groups, Association: { PublicIp: '203.0.113.5' } }]);
    expect(NetworkInterfaces).toMatchObject([
      {
        ...at,
        NetworkInterfaceId: one.NetworkInterfaces[0].NetworkInterfaceId,
        Attachment: { InstanceId: 'i-1' },
        Association: { PublicIp: '203.0.113.5' },
      },
      { ...at, PrivateIpAddress: '10.0.1.11', Attachment: { InstanceId: 'i-2' } },
    ]);
    expect(two.BlockDeviceMappings).toMatchObject([{ DeviceName: '/dev/xvda', Ebs: { VolumeId: 'vol-2' } }]);
    expect(Volumes).toMatchObject([
      { VolumeId: 'vol-2', State: 'in-use', Encrypted: false, AvailabilityZone: 'eu-west-1b' },
      { VolumeId: one.BlockDeviceMappings[0].Ebs.VolumeId, Encrypted: true, Attachments: [{ InstanceId: 'i-1' }] },
    ]);
    expect(two).toMatchObject({ State: { Name: 'stopped', Code: 80 }, MetadataOptions: { HttpTokens: 'optional' } });
    expect(one.MetadataOptions).toMatchObject({ HttpTokens: 'required', HttpEndpoint: 'enabled' });
    expect(three).not.toHaveProperty('VpcId');
  });

  it.each([
    ['i-1', { Value: Buffer.from('plain ü').toString('base64') }],
    ['i-2', { Value: 'AAEC' }],
    ['i-3', {}],
  ])('%s has the user data %o', async (InstanceId, UserData) => {
    expect(await call('ec2', 'DescribeInstanceAttribute', { InstanceId, Attribute: 'userData' })).toEqual({
      InstanceId,
      UserData,
    });
  });

  it.each([
    [[{ Name: 'instance-state-name', Values: ['running', 'stopped'] }], ['i-1', 'i-2']],
    [[{ Name: 'tag:Name', Values: ['t*'] }], ['i-2']],
    [
      [
        { Name: 'tag-key', Values: ['Name'] },
        { Name: 'instance-id', Values: ['i-1'] },
      ],
      [],
    ],
    [
      [
        { Name: 'instance.group-id', Values: ['sg-we?'] },
        { Name: 'metadata-options.http-tokens', Values: ['required'] },
      ],
      ['i-1'],
    ],
    [[{ Name: 'instance-id', Values: ['i.1'] }], []],
  ])('is found by the filters %j', async (Filters, ids) => {
    const { Reservations } = await call('ec2', 'DescribeInstances', { Filters });
    expect(
      Reservations.map(({ Instances }: { Instances: { InstanceId: string }[] }) => Instances[0]!.InstanceId),
    ).toEqual(ids);
  });
});

describe('snapshots and images', () => {
  it.each([
    [{ OwnerIds: ['self'] }, ['snap-1', 'snap-2']],
    [{ OwnerIds: ['self'], RestorableByUserIds: ['all'] }, ['snap-1']],
    [{ RestorableByUserIds: ['all'] }, ['snap-1', 'snap-3']],
    [{ SnapshotIds: ['snap-2'] }, ['snap-2']],
  ])('DescribeSnapshots %j', async (input, ids) => {
    const { Snapshots } = await call('ec2', 'DescribeSnapshots', input);
    expect(Snapshots.map((one: { SnapshotId: string }) => one.SnapshotId)).toEqual(ids);
  });
  it.each([
    [{ Owners: ['self'] }, ['ami-own']],
    [{ ImageIds: ['ami-other'] }, ['ami-other']],
    [{ Owners: ['self'], ImageIds: ['ami-other'] }, []],
    [{ ImageIds: ['ami-old'] }, ['ami-old']],
    [{}, ['ami-own', 'ami-other']],
    [{ IncludeDeprecated: true }, ['ami-own', 'ami-other', 'ami-old']],
    [{ IncludeDisabled: true }, ['ami-own', 'ami-other', 'ami-off']],
    [{ Filters: [{ Name: 'image-id', Values: ['ami-other', 'ami-gone'] }] }, ['ami-other']],
  ])('DescribeImages %j', async (input, ids) => {
    const { Images } = await call('ec2', 'DescribeImages', input);
    expect(Images.map((one: { ImageId: string }) => one.ImageId)).toEqual(ids);
  });
});

describe('DescribeLaunchTemplateVersions', () => {
  it.each([
    [{ Versions: ['$Default', '$Latest'] }, ['one 1', 'one 3', 'two 1']],
    [{ LaunchTemplateId: 'lt-1', Versions: ['2', '$Latest'] }, ['one 2', 'one 3']],
    [{ LaunchTemplateName: 'one' }, ['one 1', 'one 2', 'one 3']],
  ])('%j', async (input, versions) => {
    const { LaunchTemplateVersions } = await call('ec2', 'DescribeLaunchTemplateVersions', input);
    const named = LaunchTemplateVersions.map(
      (one: { LaunchTemplateName: string; VersionNumber: number }) => `${one.LaunchTemplateName} ${one.VersionNumber}`,
    );
    expect(named).toEqual(versions);
  });
  it('wants a template for numbered versions', async () => {
    expect((await failure('ec2', 'DescribeLaunchTemplateVersions', { Versions: ['1'] })).name).toBe('MissingParameter');
  });
});

it('lists the enabled Regions, or all with their state', async () => {
  const { Regions } = await call('ec2', 'DescribeRegions');
  expect(Regions.map((one: { RegionName: string }) => one.RegionName)).toEqual([
    'eu-west-1',
    'us-east-1',
    'me-south-1',
  ]);
  const all = await call('ec2', 'DescribeRegions', { AllRegions: true });
  expect(all.Regions.find((one: { RegionName: string }) => one.RegionName === 'af-south-1').OptInStatus).toBe(
    'not-opted-in',
  );
  expect(all.Regions.find((one: { RegionName: string }) => one.RegionName === 'me-south-1').OptInStatus).toBe(
    'opted-in',
  );
});

describe('what AWS refuses', () => {
  it.each([
    ['DescribeInstances', { InstanceIds: ['i-9'] }, 'InvalidInstanceID.NotFound'],
    ['DescribeInstances', { InstanceIds: ['i-1'], MaxResults: 5 }, 'InvalidParameterCombination'],
    ['DescribeInstances', { Filters: [{ Name: 'no-such-filter', Values: ['x'] }] }, 'InvalidParameterValue'],
    ['DescribeSecurityGroups', { GroupIds: ['sg-9'] }, 'InvalidGroup.NotFound'],
    ['DescribeInstanceAttribute', { InstanceId: 'i-9', Attribute: 'userData' }, 'InvalidInstanceID.NotFound'],
    ['GetManagedPrefixListEntries', { PrefixListId: 'pl-9' }, 'InvalidPrefixListID.NotFound'],
    ['DescribeLaunchTemplateVersions', { LaunchTemplateId: 'lt-9' }, 'InvalidLaunchTemplateId.NotFound'],
    ['DescribeAddresses', {}, 'UnauthorizedOperation'],
  ])('%s %j with %s', async (operation, input, name) => {
    expect((await failure('ec2', operation, input)).name).toBe(name);
  });
});
