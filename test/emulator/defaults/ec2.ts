import type {
  Ec2InstanceConnectEndpoint,
  FlowLog,
  Image,
  LaunchTemplateVersion,
  ManagedPrefixList,
  NetworkInterface,
  Snapshot,
  Subnet,
  Volume,
} from '@aws-sdk/client-ec2';
import { hexId, LONG_AGO, type Described, type Place } from './common.ts';
import { instanceParts } from './instance.ts';
import type { Ec2 } from './ec2-model.ts';
import { blockOf, blockSubnets, endpointOf, exclusionOf, peeringOf } from './vpc-parts.ts';
import { network } from './vpc.ts';

export type Ec2File = Partial<Ec2> & { readonly defaultVpc?: boolean };

/**
 * Completes a Region's EC2: what the description leaves out is as AWS has it, and what belongs together agrees.
 * Changes what it is given.
 */
export function ec2Of(described: Ec2File, place: Place): Ec2 {
  const { defaultVpc = false, ...given } = described;
  const networks = network(given, defaultVpc, place);
  const all: Ec2 = {
    NetworkInterfaces: given.NetworkInterfaces ?? [],
    FlowLogs: (given.FlowLogs ?? []).map((log) => flowLog(log, place)),
    Volumes: given.Volumes ?? [],
    Snapshots: (given.Snapshots ?? []).map((one) => ({ ...snapshotDefaults(place), ...one })),
    Instances: given.Instances ?? [],
    LaunchTemplateVersions: (given.LaunchTemplateVersions ?? []).map((one) => ({ ...templateDefaults(place), ...one })),
    Images: (given.Images ?? []).map((image) => ({ ...imageDefaults(place), ...image })),
    ManagedPrefixLists: [...awsPrefixLists(place), ...(given.ManagedPrefixLists ?? [])].map((list) =>
      prefixList(list, place),
    ),
    VpcPeeringConnections: (given.VpcPeeringConnections ?? []).map(peeringOf),
    VpcEndpoints: (given.VpcEndpoints ?? []).map((one) => endpointOf(one, place)),
    VpcBlockPublicAccess: blockOf(given.VpcBlockPublicAccess, place),
    VpcBlockPublicAccessExclusions: (given.VpcBlockPublicAccessExclusions ?? []).map(exclusionOf),
    InstanceConnectEndpoints: (given.InstanceConnectEndpoints ?? []).map((one) => connectEndpointOf(one, place)),
    VpnGateways: given.VpnGateways ?? [],
    VpnConnections: given.VpnConnections ?? [],
    ClientVpnEndpoints: given.ClientVpnEndpoints ?? [],
    TransitGatewayVpcAttachments: given.TransitGatewayVpcAttachments ?? [],
    EbsEncryptionByDefault: given.EbsEncryptionByDefault ?? false,
    ImageBlockPublicAccess: given.ImageBlockPublicAccess ?? 'unblocked',
    SnapshotBlockPublicAccess: given.SnapshotBlockPublicAccess ?? 'unblocked',
    InstanceMetadataDefaults: given.InstanceMetadataDefaults ?? {},
    ...networks,
  };
  blockSubnets(all);
  const parts = instanceParts(all, place);
  all.Instances = parts.Instances;
  all.NetworkInterfaces.push(...parts.NetworkInterfaces);
  all.Volumes = [...all.Volumes, ...parts.Volumes].map((volume) => volumeDefaults(volume, place));
  const subnets = new Map(all.Subnets.map((subnet) => [subnet.SubnetId, subnet]));
  for (const one of all.NetworkInterfaces) completeInterface(one, subnets.get(one.SubnetId), place);
  return all;
}

function flowLog(log: Described<FlowLog>, { account, region }: Place): Described<FlowLog> {
  return {
    FlowLogId: hexId('fl', account, region, log.ResourceId ?? ''),
    CreationTime: LONG_AGO,
    FlowLogStatus: 'ACTIVE',
    DeliverLogsStatus: 'SUCCESS',
    TrafficType: 'ALL',
    LogDestinationType: 'cloud-watch-logs',
    MaxAggregationInterval: 600,
    LogFormat:
      '${version} ${account-id} ${interface-id} ${srcaddr} ${dstaddr} ${srcport} ${dstport} ${protocol} ${packets} ${bytes} ${start} ${end} ${action} ${log-status}',
    ...log,
  };
}

function snapshotDefaults({ account }: Place): Described<Snapshot> {
  return {
    OwnerId: account,
    State: 'completed',
    Progress: '100%',
    StartTime: LONG_AGO,
    Encrypted: false,
    StorageTier: 'standard',
    VolumeSize: 8,
    Description: '',
  };
}

function templateDefaults({ account }: Place): Described<LaunchTemplateVersion> {
  return {
    VersionNumber: 1,
    CreateTime: LONG_AGO,
    CreatedBy: `arn:aws:iam::${account}:role/deploy`,
    DefaultVersion: true,
    LaunchTemplateData: {},
  };
}

function imageDefaults({ account }: Place): Described<Image> {
  return {
    OwnerId: account,
    State: 'available',
    Public: false,
    ImageType: 'machine',
    Architecture: 'x86_64',
    RootDeviceType: 'ebs',
    RootDeviceName: '/dev/xvda',
    VirtualizationType: 'hvm',
    Hypervisor: 'xen',
    EnaSupport: true,
    CreationDate: LONG_AGO,
    BlockDeviceMappings: [],
  };
}

function volumeDefaults(volume: Described<Volume>, { region }: Place): Described<Volume> {
  return {
    AvailabilityZone: `${region}a`,
    CreateTime: LONG_AGO,
    Encrypted: false,
    Size: 8,
    State: volume.Attachments?.length ? 'in-use' : 'available',
    VolumeType: 'gp3',
    Iops: 3000,
    Throughput: 125,
    MultiAttachEnabled: false,
    SnapshotId: '',
    Attachments: [],
    ...volume,
  };
}

function connectEndpointOf(
  one: Described<Ec2InstanceConnectEndpoint>,
  { account, region }: Place,
): Described<Ec2InstanceConnectEndpoint> {
  const { InstanceConnectEndpointId: id } = one;
  return {
    OwnerId: account,
    InstanceConnectEndpointArn: `arn:aws:ec2:${region}:${account}:instance-connect-endpoint/${id}`,
    State: 'create-complete',
    StateMessage: '',
    CreatedAt: LONG_AGO,
    PreserveClientIp: false,
    NetworkInterfaceIds: [],
    SecurityGroupIds: [],
    Tags: [],
    ...one,
  };
}

function awsPrefixLists({ region }: Place): Described<ManagedPrefixList>[] {
  return ['s3', 'dynamodb'].map((service) => ({
    PrefixListId: `pl-${hexId('pl', region, service).slice(4, 12)}`,
    PrefixListName: `com.amazonaws.${region}.${service}`,
    OwnerId: 'AWS',
  }));
}

type PrefixListFile = Ec2['ManagedPrefixLists'][number];

function prefixList(list: PrefixListFile, place: Place): PrefixListFile {
  const owner = list.OwnerId ?? place.account;
  return {
    OwnerId: owner,
    State: 'create-complete',
    AddressFamily: 'IPv4',
    PrefixListArn: `arn:aws:ec2:${place.region}:${owner === 'AWS' ? 'aws' : owner}:prefix-list/${list.PrefixListId}`,
    ...(owner === 'AWS' ? {} : { Version: 1, MaxEntries: Math.max(10, list.Entries?.length ?? 0), Tags: [] }),
    ...list,
  };
}

function completeInterface(
  one: Described<NetworkInterface>,
  subnet: Described<Subnet> | undefined,
  { account }: Place,
): void {
  one.OwnerId ??= account;
  one.VpcId ??= subnet?.VpcId;
  one.AvailabilityZone ??= subnet?.AvailabilityZone;
  one.Status ??= 'in-use';
  one.InterfaceType ??= 'interface';
  one.RequesterManaged ??= false;
  one.SourceDestCheck ??= true;
  one.Ipv6Addresses ??= [];
  one.PrivateIpAddresses ??= one.PrivateIpAddress
    ? [
        {
          Primary: true,
          PrivateIpAddress: one.PrivateIpAddress,
          ...(one.Association ? { Association: one.Association } : {}),
        },
      ]
    : [];
  one.TagSet ??= [];
}
