import type { InstanceStateName, NetworkInterface, Volume } from '@aws-sdk/client-ec2';
import { hexId, LONG_AGO, type Described, type Place } from './common.ts';
import { groupNamer, type Ec2 } from './ec2-model.ts';

interface Parts {
  readonly Instances: Ec2['Instances'];
  readonly NetworkInterfaces: Described<NetworkInterface>[];
  readonly Volumes: Described<Volume>[];
}

const STATE_CODES: Record<InstanceStateName, number> = {
  pending: 0,
  running: 16,
  'shutting-down': 32,
  terminated: 48,
  stopping: 64,
  stopped: 80,
};

/** Completes the instances of a Region, and makes the network interfaces and root volumes that go with them. */
export function instanceParts(all: Ec2, place: Place): Parts {
  const parts: Parts = { Instances: [], NetworkInterfaces: [], Volumes: [] };
  const subnets = new Map(all.Subnets.map((subnet) => [subnet.SubnetId, subnet]));
  const groupsOf = groupNamer(all);
  const hosts = new Map<string, number>();
  const attached = Map.groupBy(all.Volumes, (volume) => volume.Attachments?.[0]?.InstanceId);
  for (const given of all.Instances) {
    const subnet = subnets.get(given.SubnetId) ?? all.Subnets[0];
    const instance = defaults(given, place);
    parts.Instances.push(instance);
    if (given.State?.Name === 'terminated') continue;
    instance.SubnetId = subnet?.SubnetId;
    instance.VpcId = subnet?.VpcId;
    instance.Placement ??= { AvailabilityZone: subnet?.AvailabilityZone, Tenancy: 'default', GroupName: '' };
    instance.PrivateIpAddress ??= nextAddress(hosts, subnet?.CidrBlock ?? '10.0.0.0/16');
    instance.SecurityGroups = groupsOf((given.SecurityGroups ?? []).map(({ GroupId }) => GroupId));
    instance.PublicDnsName ??= given.PublicIpAddress
      ? `ec2-${given.PublicIpAddress.replaceAll('.', '-')}.compute.amazonaws.com`
      : '';
    instance.PrivateDnsName ??= `ip-${instance.PrivateIpAddress.replaceAll('.', '-')}.${place.region}.compute.internal`;
    if (!given.NetworkInterfaces) addInterface(instance, parts, place);
    addVolumes(instance, attached.get(given.InstanceId) ?? [], parts);
  }
  return parts;
}

function defaults(given: Ec2['Instances'][number], place: Place): Ec2['Instances'][number] {
  const state = given.State?.Name ?? 'running';
  return {
    ImageId: 'ami-0abcdef1234567890',
    InstanceType: 't3.micro',
    LaunchTime: LONG_AGO,
    Architecture: 'x86_64',
    AmiLaunchIndex: 0,
    Monitoring: { State: 'disabled' },
    ProductCodes: [],
    RootDeviceName: '/dev/xvda',
    RootDeviceType: 'ebs',
    VirtualizationType: 'hvm',
    Hypervisor: 'xen',
    EbsOptimized: false,
    EnaSupport: true,
    SourceDestCheck: true,
    StateTransitionReason: '',
    ClientToken: hexId('token', place.account, given.InstanceId!),
    ...given,
    State: { Code: STATE_CODES[state], Name: state },
    MetadataOptions: {
      State: 'applied',
      HttpTokens: 'optional',
      HttpPutResponseHopLimit: 1,
      HttpEndpoint: 'enabled',
      HttpProtocolIpv6: 'disabled',
      InstanceMetadataTags: 'disabled',
      ...given.MetadataOptions,
    },
  };
}

const FIRST_HOST = 10;

/** Addresses of a subnet in order; AWS keeps the first four. */
function nextAddress(hosts: Map<string, number>, cidr: string): string {
  const host = hosts.get(cidr) ?? FIRST_HOST;
  hosts.set(cidr, host + 1);
  const base =
    cidr
      .split('/')[0]!
      .split('.')
      .reduce((sum, octet) => sum * 256 + Number(octet), 0) + host;
  return [24, 16, 8, 0].map((shift) => Math.floor(base / 2 ** shift) % 256).join('.');
}

function addInterface(instance: Ec2['Instances'][number], { NetworkInterfaces }: Parts, { account }: Place): void {
  const Association = instance.PublicIpAddress
    ? { IpOwnerId: 'amazon', PublicIp: instance.PublicIpAddress, PublicDnsName: instance.PublicDnsName }
    : undefined;
  const common = {
    NetworkInterfaceId: hexId('eni', account, instance.InstanceId!),
    Description: '',
    Groups: instance.SecurityGroups,
    OwnerId: account,
    PrivateDnsName: instance.PrivateDnsName,
    PrivateIpAddress: instance.PrivateIpAddress,
    SubnetId: instance.SubnetId,
    VpcId: instance.VpcId,
    SourceDestCheck: true,
    Status: 'in-use' as const,
    InterfaceType: 'interface' as const,
    ...(Association ? { Association } : {}),
  };
  const addresses = [
    { Primary: true, PrivateIpAddress: common.PrivateIpAddress, ...(Association ? { Association } : {}) },
  ];
  const Attachment = {
    AttachmentId: hexId('eni-attach', account, instance.InstanceId!),
    AttachTime: instance.LaunchTime,
    DeleteOnTermination: true,
    DeviceIndex: 0,
    Status: 'attached' as const,
  };
  instance.NetworkInterfaces = [{ ...common, Ipv6Addresses: [], PrivateIpAddresses: addresses, Attachment }];
  NetworkInterfaces.push({
    ...common,
    PrivateIpAddresses: addresses,
    Attachment: { ...Attachment, InstanceId: instance.InstanceId, InstanceOwnerId: account },
  });
}

function addVolumes(
  instance: Ec2['Instances'][number],
  described: readonly Described<Volume>[],
  { Volumes }: Parts,
): void {
  const place = { AvailabilityZone: instance.Placement?.AvailabilityZone, CreateTime: instance.LaunchTime };
  const attachment = (device: string | undefined, id: string) => ({
    AttachTime: instance.LaunchTime,
    Device: device,
    InstanceId: instance.InstanceId,
    State: 'attached' as const,
    VolumeId: id,
    DeleteOnTermination: true,
  });
  const volumes = [...described];
  if (!described.some(({ Attachments }) => Attachments?.[0]?.Device === instance.RootDeviceName)) {
    const VolumeId = hexId('vol', instance.InstanceId!);
    const root = { VolumeId, Encrypted: true, Attachments: [attachment(instance.RootDeviceName, VolumeId)], ...place };
    Volumes.push(root);
    volumes.unshift(root);
  }
  for (const volume of described) {
    Object.assign(volume, { ...place, ...volume });
    volume.Attachments = [attachment(volume.Attachments?.[0]?.Device ?? '/dev/sdf', volume.VolumeId!)];
  }
  instance.BlockDeviceMappings = volumes.map((volume) => ({
    DeviceName: volume.Attachments?.[0]?.Device,
    Ebs: { AttachTime: instance.LaunchTime, DeleteOnTermination: true, Status: 'attached', VolumeId: volume.VolumeId },
  }));
}
