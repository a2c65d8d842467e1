import {
  DescribeInstanceAttributeCommand,
  DescribeLaunchTemplateVersionsCommand,
  DescribeVpnConnectionsCommand,
  DescribeVpnGatewaysCommand,
  EC2Client,
  GetEbsEncryptionByDefaultCommand,
  GetImageBlockPublicAccessStateCommand,
  GetSnapshotBlockPublicAccessStateCommand,
  type Instance,
  type InstanceNetworkInterface,
  type LaunchTemplateInstanceNetworkInterfaceSpecification,
  type LaunchTemplateVersion,
  type OperatorResponse,
  paginateDescribeClientVpnEndpoints,
  paginateDescribeInstanceConnectEndpoints,
  paginateDescribeInstances,
  paginateDescribeLaunchTemplateVersions,
  paginateDescribeSnapshots,
  paginateDescribeTransitGatewayVpcAttachments,
  paginateDescribeVolumes,
} from '@aws-sdk/client-ec2';
import { each, whole, listed } from '../../lib/aws/answer.ts';
import { type Aws, service, source } from '../../lib/aws/operations.ts';
import { paged, resource, tagsOf, type TypeOf } from '../../lib/aws/resource.ts';
import { readUserData } from '../../lib/secrets/user-data.ts';
import { autoScalingGroups, type Group, type LaunchTemplateUse } from '../autoscaling/collect.ts';
import type { LaunchVersion } from './_imds.ts';
import { isTerminated } from './_instances.ts';
import { readPasswordLogins } from './_password-login.ts';
import type { LaunchInterface } from './_public-launches.ts';
import { ALL_IMAGES, describeImages, imagesById, imdsDefaults, supportOf, supportSources } from './_sources.ts';

const ec2 = service(EC2Client);
const describeInstances = ec2.pages(paginateDescribeInstances, 'ec2:DescribeInstances');
const describeInstanceAttribute = ec2.call(DescribeInstanceAttributeCommand, 'ec2:DescribeInstanceAttribute', {
  gone: ['InvalidInstanceID.NotFound'],
});
const describeVolumes = ec2.pages(paginateDescribeVolumes, 'ec2:DescribeVolumes');
const describeSnapshots = ec2.pages(paginateDescribeSnapshots, 'ec2:DescribeSnapshots');
const describeTemplates = ec2.pages(paginateDescribeLaunchTemplateVersions, 'ec2:DescribeLaunchTemplateVersions');
const describeTemplateVersion = ec2.call(DescribeLaunchTemplateVersionsCommand, 'ec2:DescribeLaunchTemplateVersions', {
  absent: ['InvalidLaunchTemplateId.VersionNotFound'],
  gone: ['InvalidLaunchTemplateId.NotFound'],
});
const describeAllVersions = ec2.pages(paginateDescribeLaunchTemplateVersions, 'ec2:DescribeLaunchTemplateVersions', {
  gone: ['InvalidLaunchTemplateId.NotFound'],
});
const getEncryptionByDefault = ec2.call(GetEbsEncryptionByDefaultCommand, 'ec2:GetEbsEncryptionByDefault');
const getSnapshotBlock = ec2.call(GetSnapshotBlockPublicAccessStateCommand, 'ec2:GetSnapshotBlockPublicAccessState');
const getImageBlock = ec2.call(GetImageBlockPublicAccessStateCommand, 'ec2:GetImageBlockPublicAccessState');
const describeConnectEndpoints = ec2.pages(
  paginateDescribeInstanceConnectEndpoints,
  'ec2:DescribeInstanceConnectEndpoints',
);
const describeVpnGateways = ec2.call(DescribeVpnGatewaysCommand, 'ec2:DescribeVpnGateways');
const describeVpnConnections = ec2.call(DescribeVpnConnectionsCommand, 'ec2:DescribeVpnConnections');
const describeClientVpns = ec2.pages(paginateDescribeClientVpnEndpoints, 'ec2:DescribeClientVpnEndpoints');
const describeTransitAttachments = ec2.pages(
  paginateDescribeTransitGatewayVpcAttachments,
  'ec2:DescribeTransitGatewayVpcAttachments',
);

/** An account may hide from its lists what services manage in it; it belongs to it all the same. */
const MANAGED_TOO = { IncludeManagedResources: true } as const;

export const instance = resource(
  'AWS::EC2::Instance',
  {
    scope: 'regional',
    operations: [describeInstances],
    list: paged(describeInstances, { MaxResults: 1000, ...MANAGED_TOO }, (page) =>
      page.Reservations?.flatMap((reservation) => listed(reservation.Instances)),
    ),
    found: (i, aws) => ({
      id: i.InstanceId,
      arn: arnOf(`instance/${i.InstanceId}`, aws),
      tags: tagsOf(i.Tags),
      managedBy: managerOf(i),
      base: {
        state: i.State?.Name,
        launchTime: i.LaunchTime?.toISOString(),
        created: createdOf(i),
        stateTransitionReason: i.StateTransitionReason,
        image: i.ImageId,
        keyName: i.KeyName ?? null,
        // Blank for everything else (EC2 API reference, Instance).
        isWindows: i.Platform?.toLowerCase() === 'windows',
        instanceProfile: i.IamInstanceProfile?.Arn ?? null,
        httpTokens: i.MetadataOptions?.HttpTokens,
        httpEndpoint: i.MetadataOptions?.HttpEndpoint,
        hopLimit: i.MetadataOptions?.HttpPutResponseHopLimit,
        metadataOptionsState: i.MetadataOptions?.State ?? null,
        publicIps: publicIpsOf(i),
        interfaces: each(i.NetworkInterfaces, interfaceOf),
      },
    }),
  },
  (facet) => ({
    /** Never the data: only whether there is any, and where it holds secrets. Null for instances that are gone. */
    userData: facet([describeInstanceAttribute], async (aws, i) => {
      if (isTerminated(i)) return null;
      const answer = await aws.call(describeInstanceAttribute, { InstanceId: i.id, Attribute: 'userData' });
      return answer?.UserData && readUserData(answer.UserData.Value ?? '');
    }),
    /** Where user data lets people in by password. Null for instances that are gone. */
    passwordLogins: facet([describeInstanceAttribute], async (aws, i) => {
      if (isTerminated(i)) return null;
      const answer = await aws.call(describeInstanceAttribute, { InstanceId: i.id, Attribute: 'userData' });
      return answer?.UserData && readPasswordLogins(answer.UserData.Value ?? '');
    }),
    /** The AMI; null where AWS does not show it (any more), and for instances that are gone. */
    imageState: facet([imagesById], async (aws, i) => {
      if (isTerminated(i)) return null;
      const image = await (await aws.read(imagesById))(i.image);
      if (!image) return null;
      const { State: state, OwnerId: owner, DeprecationTime } = image;
      return { state, owner, deprecationTime: DeprecationTime ?? null };
    }),
  }),
);

export const volume = resource('AWS::EC2::Volume', {
  scope: 'regional',
  operations: [describeVolumes],
  list: paged(describeVolumes, { MaxResults: 1000, ...MANAGED_TOO }, (page) => page.Volumes),
  found: (v, aws) => ({
    id: v.VolumeId,
    arn: arnOf(`volume/${v.VolumeId}`, aws),
    tags: tagsOf(v.Tags),
    managedBy: managerOf(v),
    base: {
      state: v.State,
      created: v.CreateTime?.toISOString(),
      encrypted: v.Encrypted,
      kmsKey: v.KmsKeyId ?? null,
    },
  }),
});

const OWN_SNAPSHOTS = { OwnerIds: ['self'], MaxResults: 1000 };

/** Tells of one of the account's snapshots whether everybody may restore it; undefined where the answer lacked an id that may be its. */
const publicSnapshots = source([describeSnapshots], async (aws) => {
  const ids = new Set<string | undefined>();
  for await (const page of aws.pages(describeSnapshots, { ...OWN_SNAPSHOTS, RestorableByUserIds: ['all'] })) {
    for (const { SnapshotId } of listed(page.Snapshots)) ids.add(SnapshotId);
  }
  return (id: string) => ids.has(id) || (ids.has(undefined) ? undefined : false);
});

export const snapshot = resource(
  'AWS::EC2::Snapshot',
  {
    scope: 'regional',
    operations: [describeSnapshots],
    list: paged(describeSnapshots, OWN_SNAPSHOTS, (page) => page.Snapshots),
    found: (s, { partition, region }) => ({
      id: s.SnapshotId,
      // The ARNs of snapshots name no account.
      arn: `arn:${partition}:ec2:${region}::snapshot/${s.SnapshotId}`,
      tags: tagsOf(s.Tags),
      base: { state: s.State, encrypted: s.Encrypted, storageTier: s.StorageTier ?? null },
    }),
  },
  (facet) => ({
    /** May everybody restore it? EC2 refuses that for encrypted snapshots. */
    isShared: facet([publicSnapshots], async (aws, s) => !s.encrypted && (await aws.read(publicSnapshots))(s.id)),
  }),
);

/** The account's own images: deprecated and disabled ones as well, which can still be launched, or be enabled again. */
export const image = resource('AWS::EC2::Image', {
  scope: 'regional',
  operations: [describeImages],
  list: paged(describeImages, { Owners: ['self'], ...ALL_IMAGES }, (page) => page.Images),
  found: (i, { partition, region }) => ({
    id: i.ImageId,
    // The ARNs of images name no account.
    arn: `arn:${partition}:ec2:${region}::image/${i.ImageId}`,
    tags: tagsOf(i.Tags),
    base: { name: i.Name ?? null, state: i.State, isPublic: i.Public, deprecationTime: i.DeprecationTime ?? null },
  }),
});

/** What the account has set for a region. */
export const accountSettings = resource(
  'AWS::EC2::AccountSettings',
  {
    scope: 'regional',
    operations: [],
    async *list(aws) {
      yield aws.region;
    },
    found: (region, aws) => ({ id: region, arn: arnOf('account-settings', aws), base: {} }),
  },
  (facet) => ({
    imdsDefaults: facet([imdsDefaults], (aws) => aws.read(imdsDefaults)),
    ebsEncryptionByDefault: facet([getEncryptionByDefault], async (aws) => {
      return (await aws.call(getEncryptionByDefault, {}))?.EbsEncryptionByDefault;
    }),
    snapshotBlockPublicAccess: facet([getSnapshotBlock], async (aws) => {
      const answer = await aws.call(getSnapshotBlock, {});
      return { state: answer?.State, managedBy: answer?.ManagedBy ?? null };
    }),
    imageBlockPublicAccess: facet([getImageBlock], async (aws) => {
      const answer = await aws.call(getImageBlock, {});
      return { state: answer?.ImageBlockPublicAccessState, managedBy: answer?.ManagedBy ?? null };
    }),
  }),
);

const launchSources = [describeTemplateVersion, ...supportSources] as const;

export const launchTemplate = resource(
  'AWS::EC2::LaunchTemplate',
  {
    scope: 'regional',
    operations: [describeTemplates],
    async *list(aws) {
      const versions = [];
      const ofAllTemplates = { Versions: ['$Latest', '$Default'], MaxResults: 200, ...MANAGED_TOO };
      for await (const page of aws.pages(describeTemplates, ofAllTemplates)) {
        versions.push(...listed(page.LaunchTemplateVersions).map(scanned));
      }
      yield* Map.groupBy(versions, (version) => version.LaunchTemplateId).values();
    },
    found(versions, aws) {
      const [latest] = versions.toSorted((a, b) => b.VersionNumber! - a.VersionNumber!);
      const standard = versions.find((version) => version.DefaultVersion);
      return {
        id: latest?.LaunchTemplateId,
        arn: arnOf(`launch-template/${latest?.LaunchTemplateId}`, aws),
        managedBy: latest && managerOf(latest),
        base: {
          name: latest?.LaunchTemplateName,
          defaultVersion: versionOf(standard),
          latestVersion: versionOf(latest),
          scripts: each(versions, scriptOf),
        },
      };
    },
  },
  (facet) => ({
    /** What the AMIs of both versions say of IMDSv2 where that decides; null where it does not, or is not known. */
    imdsSupport: facet(supportSources, async (aws, { defaultVersion, latestVersion }) => {
      const [ofDefault, ofLatest] = await Promise.all([supportOf(defaultVersion, aws), supportOf(latestVersion, aws)]);
      return { ofDefault, ofLatest };
    }),
    /** The versions that auto scaling groups launch, and what their AMIs say. */
    inUse: facet([autoScalingGroups, ...launchSources], async (aws, template) => {
      const uses = usesOf(template, await aws.read(autoScalingGroups));
      if (!uses) return undefined;
      const launches = Map.groupBy(uses, ({ version, image }) => `${version} ${image}`).values();
      const launched = await Promise.all(launches.map((same) => launchOf(same, template, aws)));
      return each(
        launched.filter((version) => version !== null),
        (version) => version,
      );
    }),
    /** Never the data: where the user data of each version that is stored holds secrets. */
    userData: facet([describeAllVersions], async (aws, template) => {
      const { id, scripts, latestVersion } = template;
      // Versions are numbered from 1 and never again, so there may be none besides those that are known.
      if (scripts.length === latestVersion.number) return scripts;
      const all = [];
      const pages = aws.pages(describeAllVersions, { LaunchTemplateId: id, MaxResults: 200, ...MANAGED_TOO });
      for await (const page of pages) all.push(...listed(page.LaunchTemplateVersions).map(scanned));
      return each(all, scriptOf);
    }),
  }),
);

/** What a facet may ask that declares these and perhaps more. */
type Launches = Pick<Aws<typeof launchSources>, 'call' | 'read'>;

interface Template {
  readonly id: string;
  readonly name: string;
  readonly defaultVersion: LaunchVersion;
  readonly latestVersion: LaunchVersion;
}
interface Use extends LaunchTemplateUse {
  readonly group: string | undefined;
  readonly subnets: readonly string[];
}

/** How groups use the template; undefined when one of them does not say which template it uses. */
function usesOf({ id, name }: Template, groups: readonly Group[]): Use[] | undefined {
  return each(groups, ({ launchTemplates, name: group, subnets }) => {
    const own = launchTemplates?.filter((use) => (use.id === null ? use.name === name : use.id === id));
    return own?.map((use) => ({ ...use, group, subnets }));
  })?.flat();
}

/** What groups launch that name the same version and AMI; null when there is no such version any more. */
async function launchOf(uses: readonly Use[], template: Template, aws: Launches) {
  const { version: label, image } = uses[0]!;
  const version = await versionCalled(label, template, aws);
  if (!version) return version;
  const launched = { ...version, image: image ?? version.image };
  return whole({
    ...launched,
    imdsSupport: await supportOf(launched, aws),
    groups: each(uses, ({ group }) => group),
    subnets: [...new Set(uses.flatMap(({ subnets }) => subnets))],
  });
}

async function versionCalled(label: string, { id, defaultVersion, latestVersion }: Template, aws: Launches) {
  if (label === '$Default' || label === String(defaultVersion.number)) return defaultVersion;
  if (label === '$Latest' || label === String(latestVersion.number)) return latestVersion;
  const answer = await aws.call(describeTemplateVersion, { LaunchTemplateId: id, Versions: [label], ...MANAGED_TOO });
  return answer && versionOf(answer.LaunchTemplateVersions?.map(scanned)[0]);
}

type Scanned = ReturnType<typeof scanned>;

/** User data is searched and let go: it may hold secrets. */
function scanned({ LaunchTemplateData, ...version }: LaunchTemplateVersion) {
  if (!LaunchTemplateData) return { ...version, data: undefined };
  const { MetadataOptions, ImageId, NetworkInterfaces, UserData } = LaunchTemplateData;
  return { ...version, data: { MetadataOptions, ImageId, NetworkInterfaces, script: readUserData(UserData ?? '') } };
}

function versionOf(version: Scanned | undefined): LaunchVersion | undefined {
  const data = version?.data;
  if (!data) return undefined;
  return whole({
    number: version.VersionNumber,
    httpTokens: data.MetadataOptions?.HttpTokens ?? null,
    httpEndpoint: data.MetadataOptions?.HttpEndpoint ?? null,
    image: data.ImageId ?? null,
    interfaces: (data.NetworkInterfaces ?? []).map(launchInterfaceOf),
  });
}

function scriptOf({ VersionNumber, data }: Scanned) {
  return data && whole({ version: VersionNumber, ...data.script });
}

function launchInterfaceOf(one: LaunchTemplateInstanceNetworkInterfaceSpecification): LaunchInterface {
  const counts = [
    one.Ipv6AddressCount ?? 0,
    one.Ipv6PrefixCount ?? 0,
    (one.Ipv6Addresses ?? []).length,
    (one.Ipv6Prefixes ?? []).length,
  ];
  return {
    publicIp: one.AssociatePublicIpAddress ?? null,
    hasIpv6: counts.some((count) => count > 0),
    subnet: one.SubnetId ?? null,
    existing: one.NetworkInterfaceId ?? null,
  };
}

/** EC2 Instance Connect Endpoints: a way to instances without a public address. */
export const connectEndpoint = resource('AWS::EC2::InstanceConnectEndpoint', {
  scope: 'regional',
  operations: [describeConnectEndpoints],
  list: paged(describeConnectEndpoints, { MaxResults: 50 }, (page) => page.InstanceConnectEndpoints),
  found: (e) => ({
    id: e.InstanceConnectEndpointId,
    arn: e.InstanceConnectEndpointArn,
    tags: tagsOf(e.Tags),
    base: { vpc: e.VpcId, state: e.State },
  }),
});

export const vpnGateway = resource('AWS::EC2::VPNGateway', {
  scope: 'regional',
  operations: [describeVpnGateways],
  async *list(aws) {
    yield* listed((await aws.call(describeVpnGateways, {}))?.VpnGateways);
  },
  found: (g, aws) => ({
    id: g.VpnGatewayId,
    arn: arnOf(`vpn-gateway/${g.VpnGatewayId}`, aws),
    tags: tagsOf(g.Tags),
    base: {
      /** Those that it is attached to; one at most at a time. */
      vpcs: each(g.VpcAttachments, ({ VpcId, State }) => (State === 'attached' ? VpcId : null))?.filter(isPresent),
    },
  }),
});

export const vpnConnection = resource('AWS::EC2::VPNConnection', {
  scope: 'regional',
  operations: [describeVpnConnections],
  async *list(aws) {
    yield* listed((await aws.call(describeVpnConnections, {}))?.VpnConnections);
  },
  found: (c, aws) => ({
    id: c.VpnConnectionId,
    arn: arnOf(`vpn-connection/${c.VpnConnectionId}`, aws),
    tags: tagsOf(c.Tags),
    base: {
      state: c.State,
      /** Null where it ends at a transit gateway. */
      gateway: c.VpnGatewayId ?? null,
      tunnels: each(c.VgwTelemetry, ({ Status }) => Status),
    },
  }),
});

export const clientVpn = resource('AWS::EC2::ClientVpnEndpoint', {
  scope: 'regional',
  operations: [describeClientVpns],
  list: paged(describeClientVpns, { MaxResults: 1000 }, (page) => page.ClientVpnEndpoints),
  found: (e, aws) => ({
    id: e.ClientVpnEndpointId,
    arn: arnOf(`client-vpn-endpoint/${e.ClientVpnEndpointId}`, aws),
    tags: tagsOf(e.Tags),
    // Until it is associated with a subnet it belongs to no VPC, and its state is pending-associate.
    base: { vpc: e.VpcId ?? null, state: e.Status?.Code },
  }),
});

export const transitAttachment = resource('AWS::EC2::TransitGatewayVpcAttachment', {
  scope: 'regional',
  operations: [describeTransitAttachments],
  list: paged(describeTransitAttachments, { MaxResults: 1000 }, (page) => page.TransitGatewayVpcAttachments),
  found: (a, aws) => ({
    id: a.TransitGatewayAttachmentId,
    arn: arnOf(`transit-gateway-attachment/${a.TransitGatewayAttachmentId}`, aws),
    tags: tagsOf(a.Tags),
    base: { vpc: a.VpcId, state: a.State },
  }),
});

/** A service that manages an item of EC2 keeps the customer from changing it. */
function managerOf({ Operator }: { readonly Operator?: OperatorResponse | undefined }): 'service' | undefined {
  return Operator?.Managed ? 'service' : undefined;
}

/**
 * Since when there is the instance: AWS tells only when it was last started, and when its disk and its interface were attached,
 * of which the earliest comes nearest.
 */
function createdOf({ LaunchTime, RootDeviceName, BlockDeviceMappings, NetworkInterfaces }: Instance) {
  if (!LaunchTime || !BlockDeviceMappings || !NetworkInterfaces) return undefined;
  const root = BlockDeviceMappings.find(({ DeviceName }) => DeviceName === RootDeviceName)?.Ebs;
  const primary = NetworkInterfaces.find(({ Attachment }) => Attachment?.DeviceIndex === 0)?.Attachment;
  const times = [LaunchTime, root?.AttachTime, primary?.AttachTime].filter((time) => time !== undefined);
  return new Date(Math.min(...times.map(Number))).toISOString();
}

function isPresent<T>(value: T | null): value is T {
  return value !== null;
}

/** Elastic and assigned addresses of all interfaces, and those of carriers (Wavelength), which are public as well. */
function publicIpsOf({ PublicIpAddress, NetworkInterfaces }: Instance): string[] | undefined {
  const holders = each(NetworkInterfaces, (one) => one.PrivateIpAddresses && [one, ...one.PrivateIpAddresses])?.flat();
  const addresses = holders?.flatMap(({ Association }) => [Association?.PublicIp, Association?.CarrierIp]);
  return addresses && [...new Set([PublicIpAddress, ...addresses].filter((address) => address !== undefined))];
}

function interfaceOf(one: InstanceNetworkInterface) {
  const addresses = each(one.Ipv6Addresses, ({ Ipv6Address }) => Ipv6Address);
  // The addresses of a delegated prefix are reached like the interface's own.
  const prefixes = each(one.Ipv6Prefixes ?? [], ({ Ipv6Prefix }) => Ipv6Prefix);
  const holders = one.PrivateIpAddresses && [one, ...one.PrivateIpAddresses];
  return whole({
    id: one.NetworkInterfaceId,
    subnet: one.SubnetId,
    vpc: one.VpcId,
    groups: each(one.Groups, ({ GroupId }) => GroupId),
    // Addresses of carriers (Wavelength) are not reached through an internet gateway.
    publicIps: holders && [...new Set(holders.flatMap(({ Association }) => Association?.PublicIp ?? []))],
    ipv6Addresses: addresses && prefixes && [...addresses, ...prefixes],
  });
}

function arnOf(
  name: string,
  { account, region, partition }: Pick<Aws<[]>, 'account' | 'region' | 'partition'>,
): string {
  return `arn:${partition}:ec2:${region}:${account}:${name}`;
}

declare module '../../lib/core/model.ts' {
  interface ResourceTypes {
    'AWS::EC2::Instance': TypeOf<typeof instance>;
    'AWS::EC2::Volume': TypeOf<typeof volume>;
    'AWS::EC2::Snapshot': TypeOf<typeof snapshot>;
    'AWS::EC2::Image': TypeOf<typeof image>;
    'AWS::EC2::AccountSettings': TypeOf<typeof accountSettings>;
    'AWS::EC2::LaunchTemplate': TypeOf<typeof launchTemplate>;
    'AWS::EC2::InstanceConnectEndpoint': TypeOf<typeof connectEndpoint>;
    'AWS::EC2::VPNGateway': TypeOf<typeof vpnGateway>;
    'AWS::EC2::VPNConnection': TypeOf<typeof vpnConnection>;
    'AWS::EC2::ClientVpnEndpoint': TypeOf<typeof clientVpn>;
    'AWS::EC2::TransitGatewayVpcAttachment': TypeOf<typeof transitAttachment>;
  }
}
