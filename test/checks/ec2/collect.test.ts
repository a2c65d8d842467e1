import {
  DescribeClientVpnEndpointsCommand,
  DescribeImagesCommand,
  DescribeInstanceAttributeCommand,
  DescribeInstanceConnectEndpointsCommand,
  DescribeInstancesCommand,
  DescribeSnapshotsCommand,
  DescribeTransitGatewayVpcAttachmentsCommand,
  DescribeVolumesCommand,
  DescribeVpnConnectionsCommand,
  DescribeVpnGatewaysCommand,
  EC2Client,
  GetEbsEncryptionByDefaultCommand,
  GetImageBlockPublicAccessStateCommand,
  GetInstanceMetadataDefaultsCommand,
  GetSnapshotBlockPublicAccessStateCommand,
} from '@aws-sdk/client-ec2';
import { describe, expect, it } from 'vitest';
import { imagesById } from '../../../checks/ec2/_sources.ts';
import {
  accountSettings,
  clientVpn,
  connectEndpoint,
  image,
  instance,
  snapshot,
  transitAttachment,
  volume,
  vpnConnection,
  vpnGateway,
} from '../../../checks/ec2/collect.ts';
import { caller } from '../../../lib/aws/caller.ts';
import { awsError, collector } from '../../support/collected.ts';

const ARN = 'arn:aws:ec2:eu-west-1:111122223333:';
const association = (PublicIp: string) => ({ Association: { PublicIp } });
const base64 = (text: string) => Buffer.from(text).toString('base64');
const lacks = (field: string) => ({ gap: { reason: 'failed', detail: `the answer lacks ${field}` } });

describe('AWS::EC2::Instance', () => {
  const { aws, collected } = collector(instance);
  const address = { PrivateIpAddress: '10.0.0.5' };
  const network = {
    NetworkInterfaceId: 'eni-1',
    SubnetId: 'subnet-1',
    VpcId: 'vpc-1',
    Groups: [{ GroupId: 'sg-1' }],
    Ipv6Addresses: [],
    PrivateIpAddresses: [address],
  };
  const running = {
    InstanceId: 'i-1',
    State: { Name: 'running' },
    StateTransitionReason: '',
    ImageId: 'ami-1',
    LaunchTime: new Date('2025-01-01T00:00:00Z'),
    RootDeviceName: '/dev/xvda',
    BlockDeviceMappings: [{ DeviceName: '/dev/xvda', Ebs: { AttachTime: new Date('2024-06-01T00:00:00Z') } }],
    MetadataOptions: {
      State: 'applied',
      HttpTokens: 'optional',
      HttpEndpoint: 'enabled',
      HttpPutResponseHopLimit: 2,
    },
    IamInstanceProfile: { Arn: 'arn:aws:iam::111122223333:instance-profile/web' },
    NetworkInterfaces: [network],
    Tags: [{ Key: 'Name', Value: 'web' }],
  };

  function answer(...instances: object[]): void {
    aws()
      .on(DescribeInstancesCommand)
      .resolves({ Reservations: [{ Instances: instances }] });
  }

  it('reads instances of all reservations, a thousand at a time, with those that services manage', async () => {
    const second = { Instances: [{ ...running, InstanceId: 'i-2' }] };
    aws()
      .on(DescribeInstancesCommand)
      .resolves({ Reservations: [{ Instances: [running] }, second] as never });
    const { rows } = await collected([]);
    expect(rows).toMatchObject([
      { identity: { id: 'i-1', arn: `${ARN}instance/i-1`, tags: { Name: 'web' } } },
      { identity: { id: 'i-2' } },
    ]);
    expect(rows[0]!.base).toEqual({
      state: 'running',
      launchTime: '2025-01-01T00:00:00.000Z',
      created: '2024-06-01T00:00:00.000Z',
      stateTransitionReason: '',
      image: 'ami-1',
      keyName: null,
      isWindows: false,
      instanceProfile: 'arn:aws:iam::111122223333:instance-profile/web',
      httpTokens: 'optional',
      httpEndpoint: 'enabled',
      hopLimit: 2,
      metadataOptionsState: 'applied',
      publicIps: [],
      interfaces: [
        { id: 'eni-1', subnet: 'subnet-1', vpc: 'vpc-1', groups: ['sg-1'], publicIps: [], ipv6Addresses: [] },
      ],
    });
    expect(aws().commandCalls(DescribeInstancesCommand)[0]!.args[0].input).toMatchObject({
      MaxResults: 1000,
      IncludeManagedResources: true,
    });
  });

  it('finds public addresses on every interface and every address of it', async () => {
    const addresses = [
      { ...address, ...association('198.51.100.2') },
      { ...address, ...association('198.51.100.3') },
    ];
    const wavelength = { Association: { CarrierIp: '198.51.100.5' } };
    const outpost = { Association: { CustomerOwnedIp: '198.51.100.6' } };
    const interfaces = [
      { ...network, ...association('198.51.100.2'), PrivateIpAddresses: addresses },
      {
        ...network,
        PrivateIpAddresses: [
          { ...address, ...association('198.51.100.4') },
          { ...address, ...wavelength },
          { ...address, ...outpost },
        ],
      },
    ];
    answer({ ...running, PublicIpAddress: '198.51.100.1', NetworkInterfaces: interfaces });
    expect((await collected([])).rows).toMatchObject([
      { base: { publicIps: ['198.51.100.1', '198.51.100.2', '198.51.100.3', '198.51.100.4', '198.51.100.5'] } },
    ]);
  });

  it('counts the prefixes that are delegated to an interface as its addresses', async () => {
    const Ipv6Addresses = [{ Ipv6Address: '2600::1' }];
    answer({
      ...running,
      NetworkInterfaces: [{ ...network, Ipv6Addresses, Ipv6Prefixes: [{ Ipv6Prefix: '2600:0:0:1::/80' }] }],
    });
    expect((await collected([])).rows).toMatchObject([
      { base: { interfaces: [{ ipv6Addresses: ['2600::1', '2600:0:0:1::/80'] }] } },
    ]);
  });

  it('an instance without profile has none, which is no gap', async () => {
    const { IamInstanceProfile: _, ...without } = running;
    answer(without);
    expect((await collected([])).rows).toMatchObject([{ base: { instanceProfile: null } }]);
  });

  it('tells which public addresses an internet gateway serves on which interface', async () => {
    const carrier = { ...address, Association: { CarrierIp: '198.51.100.5' } };
    const addresses = [{ ...address, ...association('198.51.100.2') }, carrier];
    answer({
      ...running,
      NetworkInterfaces: [{ ...network, ...association('198.51.100.2'), PrivateIpAddresses: addresses }],
    });
    expect((await collected([])).rows).toMatchObject([{ base: { interfaces: [{ publicIps: ['198.51.100.2'] }] } }]);
  });

  it.each<[string, object | undefined, string | undefined]>([
    ['that a service manages', { Managed: true, Principal: 'eks.amazonaws.com' }, 'service'],
    ['of which AWS says that none does', { Managed: false }, undefined],
    ['of which AWS says nothing', undefined, undefined],
  ])('knows an instance %s', async (_name, Operator, managedBy) => {
    answer({ ...running, Operator });
    expect((await collected([])).rows[0]!.identity.managedBy).toBe(managedBy);
  });

  const at = (time: string) => new Date(`${time}T00:00:00Z`);
  const disk = (DeviceName: string, time: string) => ({ DeviceName, Ebs: { AttachTime: at(time) } });
  const attached = (DeviceIndex: number, time: string) => ({
    ...network,
    Attachment: { DeviceIndex, AttachTime: at(time) },
  });
  it.each<[string, object, string]>([
    [
      'its root disk',
      { BlockDeviceMappings: [disk('/dev/sdf', '2023-01-01'), disk('/dev/xvda', '2024-01-01')] },
      '2024-01-01',
    ],
    [
      'its first interface',
      { NetworkInterfaces: [attached(1, '2022-01-01'), attached(0, '2023-01-01')] },
      '2023-01-01',
    ],
    ['its last start, for want of better', { BlockDeviceMappings: [] }, '2025-01-01'],
    [
      'its last start, where its parts are newer',
      { BlockDeviceMappings: [disk('/dev/xvda', '2025-02-01')] },
      '2025-01-01',
    ],
  ])('counts its age from %s', async (_name, difference, day) => {
    answer({ ...running, ...difference });
    expect((await collected([])).rows[0]!.base).toMatchObject({ created: `${day}T00:00:00.000Z` });
  });

  it.each<[object, object]>([
    [{ Platform: 'windows' }, { isWindows: true }],
    [{ Platform: '' }, { isWindows: false }],
    [{ KeyName: 'ops' }, { keyName: 'ops' }],
  ])('%o: %o', async (difference, holds) => {
    answer({ ...running, ...difference });
    expect((await collected([])).rows[0]!.base).toMatchObject(holds);
  });

  it.each([
    ['hopLimit', { MetadataOptions: undefined }],
    ['created', { LaunchTime: undefined }],
    ['created', { BlockDeviceMappings: undefined }],
    ['created', { NetworkInterfaces: undefined }],
    ['stateTransitionReason', { StateTransitionReason: undefined }],
    ['image', { ImageId: undefined }],
    ['state', { State: undefined }],
    ['launchTime', { LaunchTime: undefined }],
    ['httpTokens', { MetadataOptions: undefined }],
    ['httpEndpoint', { MetadataOptions: undefined }],
    ['publicIps', { NetworkInterfaces: undefined }],
    ['publicIps', { NetworkInterfaces: [{ ...network, PrivateIpAddresses: undefined }] }],
    ['interfaces', { NetworkInterfaces: undefined }],
    ['interfaces', { NetworkInterfaces: [{ ...network, Ipv6Addresses: undefined }] }],
    ['interfaces', { NetworkInterfaces: [{ ...network, SubnetId: undefined }] }],
    ['interfaces', { NetworkInterfaces: [{ ...network, Ipv6Prefixes: [{}] }] }],
  ])('an answer without %s is a gap: %o', async (field, difference) => {
    answer({ ...running, ...difference });
    expect((await collected([])).rows[0]!.missing).toMatchObject({ [field]: lacks(field).gap });
  });

  const userData = async (UserData: object | undefined) => {
    answer(running);
    aws().on(DescribeInstanceAttributeCommand).resolves({ UserData });
    return (await collected(['userData'])).rows[0]!.facets['userData'];
  };
  it('keeps where secrets are in user data, and nothing of the data', async () => {
    const secret = 'correcthorse';
    expect(await userData({ Value: base64(`#!/bin/sh\nDB_PASSWORD=${secret}\n`) })).toEqual({
      value: { kind: 'text', matches: [{ pattern: 'assigned-secret', line: 2, hash: '6ea09c25a7f1' }] },
    });
    expect(aws().commandCalls(DescribeInstanceAttributeCommand)[0]!.args[0].input).toEqual({
      InstanceId: 'i-1',
      Attribute: 'userData',
    });
    expect(JSON.stringify((await collected(['userData', 'passwordLogins'])).rows)).not.toContain(secret);
  });

  it('keeps where user data lets people in by password, by the same call', async () => {
    answer(running);
    const asked = () => aws().commandCalls(DescribeInstanceAttributeCommand);
    aws()
      .on(DescribeInstanceAttributeCommand)
      .resolves({ UserData: { Value: base64('#!/bin/sh\necho root:Winter2026 | chpasswd\n') } });
    const [row] = (await collected(['userData', 'passwordLogins'])).rows;
    expect(row!.facets['passwordLogins']).toEqual({ value: { kind: 'text', signs: [{ sign: 'chpasswd', line: 2 }] } });
    expect(JSON.stringify(row)).not.toContain('Winter2026');
    expect(asked()).toHaveLength(1);
    aws().on(DescribeInstanceAttributeCommand).resolves({ UserData: {} });
    expect((await collected(['passwordLogins'])).rows).toMatchObject([
      { facets: { passwordLogins: { value: { kind: 'empty', signs: [] } } } },
    ]);
    aws().on(DescribeInstanceAttributeCommand).resolves({});
    expect((await collected(['passwordLogins'])).rows).toMatchObject([
      { facets: { passwordLogins: lacks('passwordLogins') } },
    ]);
  });

  it('knows that an instance has no user data', async () => {
    expect(await userData({})).toEqual({ value: { kind: 'empty', matches: [] } });
  });

  it('an answer without user data element is a gap, not "none"', async () => {
    expect(await userData(undefined)).toMatchObject(lacks('userData'));
  });

  it.each(['terminated', 'shutting-down'])(
    'asks neither for the user data nor for the image of an instance that is %s',
    async (Name) => {
      answer({ ...running, State: { Name } });
      expect((await collected()).rows).toMatchObject([
        { facets: { userData: { value: null }, passwordLogins: { value: null }, imageState: { value: null } } },
      ]);
      expect(aws().commandCalls(DescribeInstanceAttributeCommand)).toHaveLength(0);
      expect(aws().commandCalls(DescribeImagesCommand)).toHaveLength(0);
    },
  );

  it('an instance that is gone between the calls is left out, and one whose user data is denied is not', async () => {
    answer(running, { ...running, InstanceId: 'i-2' });
    aws().on(DescribeInstanceAttributeCommand, { InstanceId: 'i-1' }).rejects(awsError('InvalidInstanceID.NotFound'));
    aws().on(DescribeInstanceAttributeCommand, { InstanceId: 'i-2' }).rejects(awsError('UnauthorizedOperation'));
    const { rows } = await collected(['userData']);
    expect(rows).toMatchObject([
      {
        identity: { id: 'i-2' },
        facets: { userData: { gap: { reason: 'denied', operation: 'ec2:DescribeInstanceAttribute' } } },
      },
    ]);
  });
});

describe('the image of an instance', () => {
  const { aws, collected } = collector(instance);
  const one = (InstanceId: string, ImageId: string) => ({ InstanceId, ImageId, State: { Name: 'running' } });
  const instances = (...all: object[]) =>
    aws()
      .on(DescribeInstancesCommand)
      .resolves({ Reservations: [{ Instances: all }] });
  const asked = () =>
    aws()
      .commandCalls(DescribeImagesCommand)
      .map(({ args }) => args[0].input.Filters![0]!.Values!);

  it('is asked for once, together with others, deprecated and disabled ones as well', async () => {
    instances(one('i-1', 'ami-1'), one('i-2', 'ami-2'), one('i-3', 'ami-1'), one('i-4', 'ami-3'));
    const old = { State: 'available', OwnerId: '137112412989', DeprecationTime: '2024-01-01T00:00:00.000Z' } as const;
    const own = { State: 'disabled', OwnerId: '111122223333' } as const;
    aws()
      .on(DescribeImagesCommand)
      .resolvesOnce({ Images: [{ ImageId: 'ami-1', ...old }], NextToken: 'more' })
      .resolves({ Images: [{ ImageId: 'ami-2', ...own }] });
    const deprecated = { state: 'available', owner: '137112412989', deprecationTime: '2024-01-01T00:00:00.000Z' };
    const disabled = { state: 'disabled', owner: '111122223333', deprecationTime: null };
    const { rows } = await collected(['imageState']);
    expect(rows.map(({ facets }) => facets['imageState'])).toEqual([
      { value: deprecated },
      { value: disabled },
      { value: deprecated },
      { value: null },
    ]);
    expect(asked()).toEqual([
      ['ami-1', 'ami-2', 'ami-3'],
      ['ami-1', 'ami-2', 'ami-3'],
    ]);
    expect(aws().commandCalls(DescribeImagesCommand)[0]!.args[0].input).toMatchObject({
      MaxResults: 1000,
      IncludeDeprecated: true,
      IncludeDisabled: true,
    });
  });

  it('is a gap where it is denied, and where the answer lacks its state', async () => {
    instances(one('i-1', 'ami-1'));
    aws().on(DescribeImagesCommand).rejectsOnce(awsError('UnauthorizedOperation'));
    expect((await collected(['imageState'])).rows).toMatchObject([
      { facets: { imageState: { gap: { reason: 'denied', operation: 'ec2:DescribeImages' } } } },
    ]);
    aws()
      .on(DescribeImagesCommand)
      .resolves({ Images: [{ ImageId: 'ami-1', OwnerId: '1' }] });
    expect((await collected(['imageState'])).rows).toMatchObject([{ facets: { imageState: lacks('state') } }]);
  });

  it('is asked for by no more ids than a filter takes', async () => {
    const read = caller(
      [imagesById],
      { account: '1', region: 'eu-west-1', partition: 'aws' },
      {
        clients: () => new EC2Client({ region: 'eu-west-1', credentials: { accessKeyId: 'x', secretAccessKey: 'x' } }),
        sources: new Map(),
      },
    );
    aws().on(DescribeImagesCommand).resolves({ Images: [] });
    const find = await read.read(imagesById);
    const ids = Array.from({ length: 201 }, (_, index) => `ami-${index}`);
    await Promise.all(ids.map((id) => find(id)));
    expect(asked()).toEqual([ids.slice(0, 200), ids.slice(200)]);
    await find('ami-new');
    expect(asked()).toHaveLength(3);
    expect(asked()[2]).toEqual(['ami-new']);
  });
});

describe('AWS::EC2::Image', () => {
  const { aws, collected } = collector(image);
  it("lists the account's own, deprecated and disabled ones too", async () => {
    aws()
      .on(DescribeImagesCommand)
      .resolves({
        Images: [
          {
            ImageId: 'ami-1',
            Name: 'base',
            State: 'available',
            Public: true,
            DeprecationTime: '2024-01-01T00:00:00.000Z',
          },
          { ImageId: 'ami-2', State: 'disabled' },
        ],
      });
    expect((await collected()).rows).toMatchObject([
      {
        identity: { id: 'ami-1', arn: 'arn:aws:ec2:eu-west-1::image/ami-1' },
        base: { name: 'base', state: 'available', isPublic: true, deprecationTime: '2024-01-01T00:00:00.000Z' },
      },
      { base: { name: null, deprecationTime: null }, missing: { isPublic: lacks('isPublic').gap } },
    ]);
    expect(aws().commandCalls(DescribeImagesCommand)[0]!.args[0].input).toMatchObject({
      Owners: ['self'],
      MaxResults: 1000,
      IncludeDeprecated: true,
      IncludeDisabled: true,
    });
  });
});

describe('AWS::EC2::Volume', () => {
  const { aws, collected } = collector(volume);

  it('reads volumes, a thousand at a time, with those that services manage', async () => {
    aws()
      .on(DescribeVolumesCommand)
      .resolves({
        Volumes: [
          {
            VolumeId: 'vol-1',
            State: 'in-use',
            Encrypted: true,
            KmsKeyId: 'arn:key',
            CreateTime: new Date('2025-01-01T00:00:00Z'),
            Operator: { Managed: true },
          },
          { VolumeId: 'vol-2', State: 'available' },
        ],
      });
    expect((await collected()).rows).toMatchObject([
      {
        identity: { id: 'vol-1', arn: `${ARN}volume/vol-1`, managedBy: 'service' },
        base: { state: 'in-use', created: '2025-01-01T00:00:00.000Z', encrypted: true, kmsKey: 'arn:key' },
      },
      {
        base: { state: 'available', kmsKey: null },
        missing: { encrypted: lacks('encrypted').gap, created: lacks('created').gap },
      },
    ]);
    expect(aws().commandCalls(DescribeVolumesCommand)[0]!.args[0].input).toMatchObject({
      MaxResults: 1000,
      IncludeManagedResources: true,
    });
  });
});

describe('AWS::EC2::Snapshot', () => {
  const { aws, collected } = collector(snapshot);
  const open = { SnapshotId: 'snap-1', State: 'completed' as const, Encrypted: false, StorageTier: 'archive' as const };
  const asked = () =>
    aws()
      .commandCalls(DescribeSnapshotsCommand)
      .map(({ args }) => args[0].input);

  it("asks for the account's own only, and once which of them are public", async () => {
    aws()
      .on(DescribeSnapshotsCommand, { OwnerIds: ['self'], MaxResults: 1000 })
      .resolves({ Snapshots: [open, { ...open, SnapshotId: 'snap-2' }] });
    aws()
      .on(DescribeSnapshotsCommand, { RestorableByUserIds: ['all'] })
      .resolves({ Snapshots: [{ SnapshotId: 'snap-2' }] });
    expect((await collected()).rows).toMatchObject([
      {
        identity: { id: 'snap-1', arn: 'arn:aws:ec2:eu-west-1::snapshot/snap-1' },
        base: { state: 'completed', encrypted: false, storageTier: 'archive' },
        facets: { isShared: { value: false } },
      },
      { identity: { id: 'snap-2' }, facets: { isShared: { value: true } } },
    ]);
    expect(asked()).toEqual([
      { OwnerIds: ['self'], MaxResults: 1000 },
      { OwnerIds: ['self'], MaxResults: 1000, RestorableByUserIds: ['all'] },
    ]);
  });

  it('does not ask which are public when all are encrypted', async () => {
    aws()
      .on(DescribeSnapshotsCommand)
      .resolves({ Snapshots: [{ ...open, Encrypted: true }] });
    expect((await collected()).rows).toMatchObject([{ facets: { isShared: { value: false } } }]);
    expect(asked()).toHaveLength(1);
  });

  it('a snapshot of which it is not known whether it is encrypted is asked about', async () => {
    aws()
      .on(DescribeSnapshotsCommand)
      .resolves({ Snapshots: [{ SnapshotId: 'snap-1', State: 'completed' }] });
    expect((await collected()).rows).toMatchObject([
      { facets: { isShared: { value: true } }, missing: { encrypted: lacks('encrypted').gap } },
    ]);
  });

  it('which are public may be unknown while the list is known', async () => {
    aws()
      .on(DescribeSnapshotsCommand, { OwnerIds: ['self'], MaxResults: 1000 })
      .resolves({ Snapshots: [open] });
    aws()
      .on(DescribeSnapshotsCommand, { RestorableByUserIds: ['all'] })
      .rejects(awsError('UnauthorizedOperation'));
    expect(await collected()).toMatchObject({
      rows: [{ facets: { isShared: { gap: { reason: 'denied' } } } }],
      cell: { rows: 1 },
    });
  });
});

describe('AWS::EC2::AccountSettings', () => {
  const { aws, collected } = collector(accountSettings);

  it('is one resource per region', async () => {
    aws()
      .on(GetInstanceMetadataDefaultsCommand)
      .resolves({
        AccountLevel: {
          HttpTokens: 'required',
          HttpEndpoint: 'enabled',
          HttpTokensEnforced: 'disabled',
          ManagedBy: 'account',
        },
      });
    aws().on(GetEbsEncryptionByDefaultCommand).resolves({ EbsEncryptionByDefault: false });
    aws().on(GetSnapshotBlockPublicAccessStateCommand).resolves({ State: 'unblocked', ManagedBy: 'account' });
    aws()
      .on(GetImageBlockPublicAccessStateCommand)
      .resolves({ ImageBlockPublicAccessState: 'block-new-sharing', ManagedBy: 'declarative-policy' });
    const imdsDefaults = {
      httpTokens: 'required',
      httpEndpoint: 'enabled',
      httpTokensEnforced: 'disabled',
      managedBy: 'account',
    };
    expect((await collected()).rows).toMatchObject([
      {
        identity: { id: 'eu-west-1', region: 'eu-west-1', arn: `${ARN}account-settings` },
        facets: {
          imdsDefaults: { value: imdsDefaults },
          ebsEncryptionByDefault: { value: false },
          snapshotBlockPublicAccess: { value: { state: 'unblocked', managedBy: 'account' } },
          imageBlockPublicAccess: { value: { state: 'block-new-sharing', managedBy: 'declarative-policy' } },
        },
      },
    ]);
  });

  it.each([{}, { AccountLevel: {} }])('defaults that were never set are no preference: %o', async (answer) => {
    aws().on(GetInstanceMetadataDefaultsCommand).resolves(answer);
    expect((await collected(['imdsDefaults'])).rows).toMatchObject([
      {
        facets: {
          imdsDefaults: { value: { httpTokens: null, httpEndpoint: null, httpTokensEnforced: null, managedBy: null } },
        },
      },
    ]);
  });

  it('answers without the setting are gaps', async () => {
    aws().on(GetEbsEncryptionByDefaultCommand).resolves({});
    aws().on(GetSnapshotBlockPublicAccessStateCommand).resolves({});
    aws().on(GetImageBlockPublicAccessStateCommand).resolves({});
    const names = ['ebsEncryptionByDefault', 'snapshotBlockPublicAccess', 'imageBlockPublicAccess'];
    expect((await collected(names)).rows).toMatchObject([
      {
        facets: {
          ebsEncryptionByDefault: lacks('ebsEncryptionByDefault'),
          snapshotBlockPublicAccess: lacks('state'),
          imageBlockPublicAccess: lacks('state'),
        },
      },
    ]);
  });
});

describe('AWS::EC2::InstanceConnectEndpoint', () => {
  const { aws, collected } = collector(connectEndpoint);
  it('is listed fifty at a time', async () => {
    const arn = `${ARN}instance-connect-endpoint/eice-1`;
    const one = { InstanceConnectEndpointId: 'eice-1', InstanceConnectEndpointArn: arn, VpcId: 'vpc-1' };
    aws()
      .on(DescribeInstanceConnectEndpointsCommand)
      .resolves({ InstanceConnectEndpoints: [{ ...one, State: 'create-complete' }] });
    expect((await collected()).rows).toMatchObject([
      { identity: { id: 'eice-1', arn }, base: { vpc: 'vpc-1', state: 'create-complete' } },
    ]);
    expect(aws().commandCalls(DescribeInstanceConnectEndpointsCommand)[0]!.args[0].input).toMatchObject({
      MaxResults: 50,
    });
  });
});

describe('AWS::EC2::VPNGateway', () => {
  const { aws, collected } = collector(vpnGateway);
  const answer = (VpcAttachments: object[]) =>
    aws()
      .on(DescribeVpnGatewaysCommand)
      .resolves({ VpnGateways: [{ VpnGatewayId: 'vgw-1', VpcAttachments }] });
  it('names the VPCs to which it is attached now', async () => {
    answer([
      { VpcId: 'vpc-1', State: 'detached' },
      { VpcId: 'vpc-2', State: 'attached' },
    ]);
    expect((await collected()).rows).toMatchObject([
      { identity: { id: 'vgw-1', arn: `${ARN}vpn-gateway/vgw-1` }, base: { vpcs: ['vpc-2'] } },
    ]);
  });
  it('an attachment to nobody knows what is a gap', async () => {
    answer([{ State: 'attached' }]);
    expect((await collected()).rows).toMatchObject([{ missing: { vpcs: lacks('vpcs').gap } }]);
  });
});

describe('AWS::EC2::VPNConnection', () => {
  const { aws, collected } = collector(vpnConnection);
  const one = { VpnConnectionId: 'vpn-1', State: 'available' as const };
  it('tells its gateway and its tunnels', async () => {
    aws()
      .on(DescribeVpnConnectionsCommand)
      .resolves({
        VpnConnections: [
          { ...one, VpnGatewayId: 'vgw-1', VgwTelemetry: [{ Status: 'UP' }, { Status: 'DOWN' }] },
          { VpnConnectionId: 'vpn-2', State: 'available', TransitGatewayId: 'tgw-1' },
        ],
      });
    expect((await collected()).rows).toMatchObject([
      {
        identity: { id: 'vpn-1', arn: `${ARN}vpn-connection/vpn-1` },
        base: { state: 'available', gateway: 'vgw-1', tunnels: ['UP', 'DOWN'] },
      },
      { base: { gateway: null }, missing: { tunnels: lacks('tunnels').gap } },
    ]);
  });
});

describe('AWS::EC2::ClientVpnEndpoint', () => {
  const { aws, collected } = collector(clientVpn);
  it('is listed a thousand at a time, with its VPC once it has one', async () => {
    aws()
      .on(DescribeClientVpnEndpointsCommand)
      .resolves({
        ClientVpnEndpoints: [
          { ClientVpnEndpointId: 'cvpn-1', VpcId: 'vpc-1', Status: { Code: 'available' } },
          { ClientVpnEndpointId: 'cvpn-2', Status: { Code: 'pending-associate' } },
          { ClientVpnEndpointId: 'cvpn-3' },
        ],
      });
    expect((await collected()).rows).toMatchObject([
      {
        identity: { id: 'cvpn-1', arn: `${ARN}client-vpn-endpoint/cvpn-1` },
        base: { vpc: 'vpc-1', state: 'available' },
      },
      { base: { vpc: null, state: 'pending-associate' } },
      { missing: { state: lacks('state').gap } },
    ]);
    expect(aws().commandCalls(DescribeClientVpnEndpointsCommand)[0]!.args[0].input).toMatchObject({ MaxResults: 1000 });
  });
});

describe('AWS::EC2::TransitGatewayVpcAttachment', () => {
  const { aws, collected } = collector(transitAttachment);
  it('is listed a thousand at a time', async () => {
    aws()
      .on(DescribeTransitGatewayVpcAttachmentsCommand)
      .resolves({
        TransitGatewayVpcAttachments: [
          { TransitGatewayAttachmentId: 'tgw-attach-1', VpcId: 'vpc-1', State: 'available' },
        ],
      });
    expect((await collected()).rows).toMatchObject([
      {
        identity: { id: 'tgw-attach-1', arn: `${ARN}transit-gateway-attachment/tgw-attach-1` },
        base: { vpc: 'vpc-1', state: 'available' },
      },
    ]);
    expect(aws().commandCalls(DescribeTransitGatewayVpcAttachmentsCommand)[0]!.args[0].input).toMatchObject({
      MaxResults: 1000,
    });
  });
});
