import {
  DescribeInstanceAttributeCommand,
  DescribeInstancesCommand,
  DescribeSnapshotsCommand,
  DescribeVolumesCommand,
  GetEbsEncryptionByDefaultCommand,
  GetInstanceMetadataDefaultsCommand,
  GetSnapshotBlockPublicAccessStateCommand,
} from '@aws-sdk/client-ec2';
import { describe, expect, it } from 'vitest';
import { accountSettings, instance, snapshot, volume } from '../../../checks/ec2/collect.ts';
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
    LaunchTime: new Date('2025-01-01T00:00:00Z'),
    MetadataOptions: { State: 'applied', HttpTokens: 'optional', HttpEndpoint: 'enabled' },
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
      instanceProfile: 'arn:aws:iam::111122223333:instance-profile/web',
      httpTokens: 'optional',
      httpEndpoint: 'enabled',
      metadataOptionsState: 'applied',
      publicIps: [],
      interfaces: [{ id: 'eni-1', subnet: 'subnet-1', vpc: 'vpc-1', groups: ['sg-1'], ipv6Addresses: [] }],
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

  it.each([
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
    return (await collected()).rows[0]!.facets['userData'];
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
    expect(JSON.stringify((await collected()).rows)).not.toContain(secret);
  });

  it('knows that an instance has no user data', async () => {
    expect(await userData({})).toEqual({ value: { kind: 'empty', matches: [] } });
  });

  it('an answer without user data element is a gap, not "none"', async () => {
    expect(await userData(undefined)).toMatchObject(lacks('userData'));
  });

  it.each(['terminated', 'shutting-down'])('does not ask for the user data of an instance that is %s', async (Name) => {
    answer({ ...running, State: { Name } });
    expect((await collected()).rows).toMatchObject([{ facets: { userData: { value: null } } }]);
    expect(aws().commandCalls(DescribeInstanceAttributeCommand)).toHaveLength(0);
  });

  it('an instance that is gone between the calls is left out, and one whose user data is denied is not', async () => {
    answer(running, { ...running, InstanceId: 'i-2' });
    aws().on(DescribeInstanceAttributeCommand, { InstanceId: 'i-1' }).rejects(awsError('InvalidInstanceID.NotFound'));
    aws().on(DescribeInstanceAttributeCommand, { InstanceId: 'i-2' }).rejects(awsError('UnauthorizedOperation'));
    const { rows } = await collected();
    expect(rows).toMatchObject([
      {
        identity: { id: 'i-2' },
        facets: { userData: { gap: { reason: 'denied', operation: 'ec2:DescribeInstanceAttribute' } } },
      },
    ]);
  });
});

describe('AWS::EC2::Volume', () => {
  const { aws, collected } = collector(volume);

  it('reads volumes, a thousand at a time, with those that services manage', async () => {
    aws()
      .on(DescribeVolumesCommand)
      .resolves({
        Volumes: [
          { VolumeId: 'vol-1', State: 'in-use', Encrypted: true, KmsKeyId: 'arn:key' },
          { VolumeId: 'vol-2', State: 'available' },
        ],
      });
    expect((await collected()).rows).toMatchObject([
      {
        identity: { id: 'vol-1', arn: `${ARN}volume/vol-1` },
        base: { state: 'in-use', encrypted: true, kmsKey: 'arn:key' },
      },
      { base: { state: 'available', kmsKey: null }, missing: { encrypted: lacks('encrypted').gap } },
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
    aws().on(GetSnapshotBlockPublicAccessStateCommand).resolves({ State: 'unblocked' });
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
          snapshotBlockPublicAccess: { value: 'unblocked' },
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
    expect((await collected(['ebsEncryptionByDefault', 'snapshotBlockPublicAccess'])).rows).toMatchObject([
      {
        facets: {
          ebsEncryptionByDefault: lacks('ebsEncryptionByDefault'),
          snapshotBlockPublicAccess: lacks('snapshotBlockPublicAccess'),
        },
      },
    ]);
  });
});
